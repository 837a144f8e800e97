"""A draft as a whole: an ask, a duration, a closed question at the end; length, loudness."""

import re
from collections.abc import Iterator

from apps.outreach.tone.draft import Draft, Sentence
from apps.outreach.tone.rule import Kind

MOST_WORDS = 200
MOST_WORDS_OF_A_FOLLOW_UP = 150
# The question may be followed by a courtesy or two.
_LAST_PART = 4

_TALK = (
    r"(?:talk|talking|speak|speaking|chat|chatting|call|calls|meet|meeting|conversation|coffee"
    r"|tea|lunch|minutes?|minute|hour|question|questions|phone|zoom|video|view|perspective|advice"
    r"|insights?|opinion|hear|hearing|ask|asking|learn|learning|tell me|share|sharing|show me"
    r"|visit|time|catch up|catching up|connect|thoughts|experience|stop by|discuss|listen|story"
    r"|walk|impressions?|introduce|15|20|10|30|words)"
)
_REQUEST = (
    r"(?:(?:can|could|may|might|would|will|shall|should) (?:i|we|you|it|there|that|this|a|an|any"
    r"|\d+|next|\w+)\b|(?:are|is|do|does|would|have) (?:you|there|it|any|your|that|this)\b|let me"
    r" know|(?:i|we) (?:\w+ ){0,4}?(?:love|like|glad|grateful|happy|appreciate|welcome|enjoy|hope"
    r"|hoping|wonder|wondering|wanted to ask|want to ask|ask|asking|propose|suggest|value|curious"
    r"|delighted|thankful|pleased)\b|please|how about|what about|any chance|any way|when|which"
    r"|what (?:day|time)|may be possible|possible|open to|willing to)"
)
_ASK = re.compile(
    rf"\b{_REQUEST}(?=.*\b{_TALK}\b)|\b{_TALK}\b.*\b(?:possible|let me know|would work"
    r"|would help|be welcome)\b",
    re.DOTALL,
)
_NUMBER = (
    r"(?:\d{1,3}|five|ten|fifteen|twenty|thirty|forty|forty-five|twenty-five|a few|a couple of"
    r"|couple of|several|half a dozen)"
)
DURATION = re.compile(
    rf"\b{_NUMBER}(?: ?(?:-|–|to|or) ?{_NUMBER})?[ -]?(?:\w+ )?(?:minutes?|min\b|minute|'(?!\w))"
    r"|\bhalf (?:an|a)[ -]hour\b|\bquarter of an hour\b|\bhalf-hour\b|\ban hour\b|\bone hour\b"
    r"|\bquarter-hour\b|\b(?:by|until|till) \d{1,2}:\d\d\b"
)
_WISHED = re.compile(
    r"\b(?:would|could|need|please|possible|enough|love|appreciate|hope|can|plenty|like|may|want"
    r"|is all)\b"
)
# A question that one word cannot answer; one about the time of a talk is as good as closed.
_OPEN = re.compile(
    r"(?:^|[,;:–-] |\b(?:and|so|but|then|or) )(?:what|how|why|who|whom|whose|tell me)\b"
    r"(?! (?:time|times|day|days|about|does (?:your|that|this|tuesday|wednesday|thursday|friday"
    r"|monday|next|\w+day)|do you feel|would (?:tuesday|monday|\w+day|next|that|be|suit)|works|is"
    r" (?:a good|the best|your)|would work|sounds?|soon|date|dates|week|are (?:some|a few|the)"
    r" (?:good )?(?:times|days)|is best|is easiest|suits|say you|if|day and time|would you say"
    r"|fits|slot|could be))"
)
_CHOICE = re.compile(
    r"\b(?:let me know|tell me|say|reply|a (?:simple |short |one-word |quick )?(?:yes|no)|yes or"
    r" no|just (?:reply|answer|say|pick|name)|pick|choose)\b.{0,60}\b(?:if|whether|when|which"
    r"|what|yes|no|time|day|works?|suits?|either|word)\b",
    re.DOTALL,
)


def has_ask(draft: Draft) -> bool:
    return any(map(asks_by_length, draft.sentences)) or any(
        _ASK.search(one.text) for one in draft.sentences
    )


def asks_by_length(sentence: Sentence) -> bool:
    """ "15 minutes on Saturday?", "I need only 15 minutes." """
    return DURATION.search(sentence.text) is not None and (
        sentence.is_question or _WISHED.search(sentence.text) is not None
    )


def has_duration(draft: Draft) -> bool:
    """Say how long it takes, be it in the words of the reader ("20 minutes," you wrote)."""
    return DURATION.search(draft.plain.text) is not None


def has_closing_question(draft: Draft) -> bool:
    return any(_is_closing(one) for one in _last_part(draft))


def _is_closing(sentence: Sentence) -> bool:
    if sentence.is_question:
        last = sentence.text.rsplit("? ", 1)[-1]
        return _OPEN.search(last) is None
    return _CHOICE.search(sentence.text) is not None


_COURTESY = re.compile(
    r"(?:thank|thanks|many thanks|i look|looking forward|i am looking forward|have a|best|any"
    r" (?:time|day)|no pressure|either way|if not|all the best|wish|hope|i hope|happy to|i am"
    r" happy|i can|it is|of course|no hurry|no rush|whatever|i will|and if|if (?:it|you|that"
    r"|this)|a no|no is|i know|it would|i would|your|enjoy|take care|please do not|i am)"
)


def _last_part(draft: Draft) -> list[Sentence]:
    kept: list[Sentence] = []
    weighty = 0
    for sentence in reversed(draft.body):
        kept.append(sentence)
        weighty += not _COURTESY.match(sentence.text)
        if weighty == _LAST_PART:
            break
    return kept


_MUCH = re.compile(
    r"\b(?:shadow(?:ing)?\b|(?:be|become|being) (?:a |my )mentor|mentor (?:me|for)|mentorship"
    r"|(?<!half )(?<!half-)(?<!quarter of )(?<!at )(?:an|one|two|three|2|3|1|a full|1\.5|couple of"
    r"|few|a half)[ -]hours?\b(?! (?:ago|away|from|drive|north|south|east|west|later|before|after"
    r"|of sleep|train|flight|of your choosing|or so (?:from|away)))"
    r"|(?:whole|entire|full|half a) (?:day|afternoon|morning|week|evening|shift|night)"
    r"|(?:a|one|two|three|few|several) (?:day|days|week|weeks|afternoon|shift|shifts)"
    r" (?:at|in|with) (?:you|your)|day at your|for a (?:day|week)\b|spend \w+day with you"
    r"|(?<!those )(?<!these )(?:two|three|2|3) (?:or \w+ )?(?:full )?days"
    r"|(?:forty-five|45|50|60|75|90|120|sixty|ninety)[ -]minutes?"
    r"|(?:every|each|once a|twice a) (?:week|month|day|semester|\w+day)"
    r"|(?:weekly|monthly|regular|biweekly) (?:\w+ )?(?:calls?|meetings?|sessions?|chats?"
    r"|check-ins?|lessons)|(?:ongoing|long|longer|series of) (?:talks?|conversations?|calls?"
    r"|meetings?|mentor\w*)|teach me (?:everything|all|how to \w+)|walk me through (?:everything"
    r"|all|your (?:whole|entire))|follow you (?:around )?(?:for|all)|ride along"
    r"|(?:spend|sit) (?:a|the|one|two|an|some) (?:\w+ )?(?:days?|week|afternoon|morning|shift)"
    r"|(?<!about )(?:all|entire|rest of the) (?:semester|year|summer)|whole (?:life|career) story"
    r"|(?:twenty|thirty|forty|fifty|[2-9]\d) (?:\w+ )?questions"
    r"|(?:sunrise|dawn|morning|breakfast|lunch)(?: \w+)? (?:to|until|till)"
    r" (?:sunset|dusk|evening|night|lunch|dinner|closing))\b"
)
_WANTS = re.compile(
    r"\b(?:could|would|may|might|will|shall|can (?:we|you)|let us|i need|i (?:would|will)"
    r" (?:\w+ )?(?:like|love|need|be)|please|hop(?:e|ing)|possible|want|willing|wonder|allow"
    r"|how about|what about|kept|blocked|prepared|suggest|have in mind)\b"
)


def large_asks(draft: Draft) -> Iterator[tuple[int, int]]:
    for sentence in draft.sentences:
        if found := _MUCH.search(sentence.text):
            before = sentence.text[: found.start()]
            if _WANTS.search(before) or (sentence.is_question and not before):
                yield sentence.start + found.start(), sentence.start + found.end()


_OTHER_ASK = re.compile(
    r"\b(?<!not )(?:(?:review|look over|look at|proofread|feedback on|check|edit|sign|read|reading"
    r"|reviewing|correct) (?:my|over my|at my|a draft of my|this|the draft)|introduce me"
    r"|(?<!the )introductions? to|put me in (?:touch|contact)|connect me|connect (?:with me )?on"
    r" linkedin|add me on|(?:send|share|forward|lend|give|email|sharing|sending|get|show) (?:me "
    r"|us |along )?(?:your|the|a|an|some|any|two|three|copies|all|more) (?:\w+ ){0,2}?(?:slides?"
    r"|templates?|materials?|lists?|notes|samples?|books?|readings?|articles?|contacts?|names"
    r"|files?|data|portfolio|reports?|feedback|tour|links? to|plans?|examples?|people|colleagues"
    r"|handouts?|recordings?|syllabus|tips)|recommend (?:me )?(?:\w+ ){0,2}(?:books?|courses?"
    r"|people|companies|conferences?|programs?)|(?:get|have|take|see|give me|want|like) (?:a|the)"
    r" (?:\w+ )?(?:tour|list|copy|letter)|tour of|shadow|mentor|write me|guest speaker|speak"
    r" (?:at|to) (?:our|my)|(?:join|judge|sponsor) our|fill(?:ing)? (?:in|out)|sit in (?:on )?"
    r"|(?:some|your|any) feedback|let me know about|recommendation letter|names of"
    r"|meet your|also (?:meet|talk to|speak (?:with|to)) (?:your|the|a)|sign my|(?:add|invite) me"
    r" to)\b"
)
_ASKING = re.compile(
    r"\b(?:could|can|would|will|may|might) (?:you|i|we)\b|\byou (?:could|can|might)\b|\bplease\b"
    r"|\bi would (?:like|love|also|appreciate|be grateful)\b|\bif you could\b|\bi (?:also"
    r" )?(?:need|want|hope)\b"
)


# Favors in a list: "feedback on my portfolio, a look at your style guide, and an invite".
_FAVOR = (
    r"(?:(?:review|check|look (?:at|over|through|into)|read|proofread|send|share|introduce|visit"
    r"|see your|receive|get me|write|come|join|sign|lend|donate|recommend|connect|invite|let me"
    r" (?:use|join|sit|borrow)|tell me which|ask your|fill (?:in|out)|put me)\b|(?:[\w'-]+ ){0,2}?"
    r"(?:tours?|visits?|seat|look (?:at|into|over)|glance|feedback|comments|donations?|invites?"
    r"|invitations?|introductions?|intros?|lectures?|lists?|cop(?:y|ies)|references?"
    r"|recommendations?|slides|names|contacts|guidelines|templates?|samples?|syllabus|materials"
    r"|(?:thoughts|opinion) (?:on|about) (?:the|my))\b)"
)
_LISTED_FAVOR = re.compile(
    r"(?:[,;:]|\band|\bfor|\bto) (?:(?:and|also|then|maybe|perhaps|could you|can you|please|to|an?"
    r"|your|some|any|the|two|three|quick|short|brief|few|or) ){0,4}" + _FAVOR
)
_LISTS = re.compile(r"\b(?:wishes|favors|requests|a few things|three things|two things|asks)\b")


def further_asks(draft: Draft) -> list[tuple[int, int]]:
    """Return the places of what is asked for besides a conversation."""
    found = []
    for sentence in draft.sentences:
        if asked := _ASKING.search(sentence.text) or _LISTS.search(sentence.text):
            start = sentence.start + asked.start()
            found += [one.span() for one in _OTHER_ASK.finditer(draft.text, start, sentence.end)]
            listed = [one.span() for one in _LISTED_FAVOR.finditer(draft.text, start, sentence.end)]
            if len(listed) > 1:
                found += listed
    return found


def word_limit(kind: Kind) -> int:
    return MOST_WORDS_OF_A_FOLLOW_UP if kind is Kind.FOLLOW_UP else MOST_WORDS


_CAPITALS = re.compile(r"\b[A-Z]{2,}[A-Z']*\b(?:[^\w\n.?!]+\b(?:[A-Z]{2,}[A-Z']*|I|A)\b)+")
_MARKS = re.compile(r"(?:[!?]\s?){2,}(?<=!|\?)")


def loud_places(draft: Draft) -> list[tuple[int, int]]:
    """Return where capitals or rows of marks shout, as places in the original."""
    loud = []
    for part in draft.parts:
        for one in _CAPITALS.finditer(draft.original, *part):
            if sum(char.isupper() for char in one[0]) >= 9:
                loud.append(one.span())
        for one in _MARKS.finditer(draft.original, *part):
            if sum(char in "!?" for char in one[0]) > 2:
                loud.append(one.span())
    return loud


def exclamations(draft: Draft) -> list[int]:
    return [one.start() for one in re.finditer("!", draft.text)]
