"""Does a clause deny what it says? "I am not looking for a job" is the opposite of a wish.

Scope is one clause: a comma with a new subject, "but", a dash or a semicolon ends it.
"""

import re

_SUBJECT = (
    r"(?:i|you|we|please|kindly|could|can|would|he|she|they|it|this|that|my|just|only|if|do|are|is"
    r"|have|what|let|then|there|nevertheless|though|in fact|instead|rather i|hire|give|help"
    r"|forward|pass|send|take|get|put|pick|choose|consider|introduce|connect|hook|recommend|keep"
    r"|call|answer|reply|tell|ask)"
)
_CLAUSE_END = re.compile(
    r"[;:()]|[.?!]+\s|\n| -+ |(?<!\d)–|–(?!\d)"
    r"|,? \b(?:but(?! (?:for|to|about)\b)|however|although|because|whereas|while|except)\b"
    rf"|,? (?:and|so|or|then|plus|yet) (?=(?:{_SUBJECT})\b)"
    rf"|, (?=(?:{_SUBJECT})\b)"
)
_NEGATOR = re.compile(
    r"\b(?:not|never|no|without|nor|neither|nobody|none|nothing|hardly|rather than|instead of"
    r"|as opposed to|far from|least of all|other than|anything but|free of|no longer|too early to"
    r"|too soon to|wrong to|unfair to|rude to|know better than to|avoid(?:ing)?|refuse to"
    r"|refrain(?:ing)? from|stopped|stay away from|opposite of|against|hate to|last thing"
    r"|used to|spare you|spare me|zero|before (?:i|we|you)|done with|tired of|past the point of"
    r"|resist)\b"
)
# They hold a "not" and deny nothing.
_AFFIRMING = re.compile(
    r"\b(?:fool|crazy|mad|foolish|mistake|stupid|sorry|sin|shame) not to\b|\bif you do not\b|\bno"
    r" later than\b|\bnot (?:only|just|merely|simply|to mention)\b|\b(?:can|could) not (?:even"
    r" )?(?:wait|help|stop|emphasize|stress|express|believe|imagine|tell you|wish|hope|think of"
    r" (?:anything|anyone|any place|a better)|be more|describe|afford)\b|\bnot (?:quite |really "
    r"|yet |exactly |entirely )?(?:know|sure|certain|aware|tell) (?:if|whether|how|who|what|where"
    r"|of)\b|\bnot (?:you )?(?:mind|hesitate|forget|care|be afraid|afraid|ashamed|embarrassed|shy"
    r"|picky|fussy|proud|too proud|above|going to (?:lie|pretend|hide|deny)|asking (?:for )?much"
    r"|want to (?:be rude|be pushy|sound|bother|seem|come across|hide|wait)|to be (?:rude|pushy)"
    r"|give up|stop|rest|let you|leave|lie|pretend|hide|deny|sleep|take no)\b|\bno (?:matter"
    r"|doubt|question|wonder|idea|one (?:wants|would|will|is)|better|secret|greater|other"
    r" (?:company|place|choice|option|way)|company|place)\b|\bwhy (?:do |would |can |could"
    r" )?not\b|\b(?:do|does|are|is|can|could|would|will|have|has|did|should) not (?:you|there|i"
    r"|we|your)\b|\bnothing (?:more|else|better|greater|would|in the world|i (?:want|would)"
    r"|makes?|excites)\b|\bnever (?:stop|give up|tire|wanted|been more|leave|say no|turn down"
    r"|forget)\b|\bnot (?:have|got|found|find|getting|get) (?:a |any |another )?(?:jobs?|work"
    r"|money|offers?|experience|income|internship|position|choice|luck|place)\b|\bwithout (?:a"
    r" (?:job|doubt|question|single)|work|income|doubt|delay|further|hesitation|pay|money|salary"
    r"|any (?:pay|money|salary|doubt|income|success|luck))\b|\bno (?:work|job|jobs|money|income"
    r"|luck|experience|offers?|success|pay|salary)(?: yet| left| so far| at the moment)?(?=,|"
    r" and\b| so\b| anymore\b| now\b)|\bhave (?:no|not any) (?:job|work|money|income|luck"
    r"|experience|other)\b|\bnot want to (?:ask|beg|push|pressure|impose|be)\b(?=[^,]*, but\b)"
)
_DENIED_AFTERWARDS = re.compile(
    r"(?: (?!(?:i|you|we|they|he|she)\b)\w+){0,5} (?:is|are|was|were|would be|will be|has been) "
    r"(?:really |certainly |definitely |honestly )?"
    r"(?:not|never|the last thing|out of the question|off the table|nothing)\b"
    r"(?! (?:only|just|enough))"
    r"|(?: \w+){0,3} (?:at home|to myself|in (?:the|a|my) drawer|out of (?:it|this)|off the"
    r" table)\b|(?: \w+){0,2} (?:is |are |would be )?(?:not necessary|not needed|unnecessary|not"
    r" expected)\b"
)


def clause_of(text: str, start: int, sentence_start: int, sentence_end: int) -> tuple[int, int]:
    """Return the bounds of the clause around `start`."""
    first, last = sentence_start, sentence_end
    for boundary in _CLAUSE_END.finditer(text, sentence_start, sentence_end):
        if boundary.end() <= start:
            first = boundary.end()
        elif boundary.start() > start:
            last = boundary.start()
            break
    return first, last


def is_denied(text: str, start: int, end: int, clause: tuple[int, int]) -> bool:
    """Say whether the clause denies `text[start:end]`, before it or right after it."""
    affirmed = _AFFIRMING.sub(lambda words: " " * len(words[0]), text[clause[0] : end])
    before = affirmed[: start - clause[0]]
    return bool(_NEGATOR.search(before) or _DENIED_AFTERWARDS.match(text, end))
