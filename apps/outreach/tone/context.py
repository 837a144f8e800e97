"""Is a wording meant as it stands? It may be denied, invited, or said of somebody else."""

import re

from apps.outreach.tone.draft import Draft, Sentence
from apps.outreach.tone.negation import clause_of, is_denied

_ABOUT_RESUMES = {"pushes_resume", "attaches_resume", "wants_resume_forwarded", "carries_resumes"}
_ASKED_FOR = re.compile(
    r"\byou (?:\w+ )?(?:asked|requested|wanted|suggested|offered|invited|wished)\b"
    r"|\bas (?:you )?(?:asked|requested|promised|discussed|agreed|suggested)\b|\b(?:at|per|on)"
    r" your (?:request|suggestion)\b|\b(?:if|unless|when|once|should|until|whenever) you (?:\w+"
    r" )?(?:ask|want|like|need|wish|request|prefer|would (?:like|want|prefer))\b(?! what\b)"
    r"|\b(?:asking|asked|request) (?:me )?(?:for|to (?:see|send)) (?:my|it|the)\b|\byour request\b"
)
_ASKED_FOR_IT = re.compile(
    r"\byou (?:\w+ )?(?:asked|requested|wanted) (?:me )?(?:for|to (?:see|send|bring|share|email"
    r"|have)) (?:it|one|my (?:\w+ )?resume|a copy|the resume|that)\b|\bas you asked\b|\byour"
    r" request\b"
)
_OFFERED = re.compile(
    r"\b(?:offer(?:ed)? to|offering to|volunteered to|of you to"
    r"|you (?:also )?(?:offered|mentioned that|said that|told me that))\b"
)
_SAID_OF_OTHERS = re.compile(
    r"\b(?:people|students|others|everybody|everyone|friends?|roommates?|classmates?|those|anyone"
    r"|many|candidates|applicants|graduates|emails?|mails|messages"
    r"|notes|letters|requests) (?:(?!i\b|you\b)\w+ ){0,4}$"
)
_HOW = re.compile(r"\bhow (?:do|does|can|should|would|did|to) (?:\w+ ){0,2}$")
_OF_ONESELF = {"would_do_anything", "longs_to_be_hired", "begs", "says_looking_for_job"}
_SOMEBODY_ELSE = re.compile(r"\b(?:he|she|they|my (?!dream|wish|goal|heart|hope|only)\w+) $")
_HEDGED = re.compile(
    r"\b(?:wonder|wondering|find out|know|see|learn|decide|sure|understand|figure out|tell|judge"
    r"|check|question) (?:if|whether|how much) $|\bwhether $|\bif $"
)


def is_meant(draft: Draft, sentence: Sentence, rule: str, found: re.Match[str]) -> bool:
    """Say whether what was found counts against the draft."""
    if is_invited(draft, sentence, rule):
        return False
    clause = clause_of(draft.text, found.start(), sentence.start, sentence.end)
    before = draft.text[clause[0] : found.start()]
    if _OFFERED.search(before) or _SAID_OF_OTHERS.search(before):
        return False
    if rule in _OF_ONESELF and _SOMEBODY_ELSE.search(before):
        return False
    if rule == "longs_to_be_hired" and _HEDGED.search(before):
        return False
    if rule == "asks_for_job" and _HOW.search(before):  # how others do it: their story
        return False
    return not is_denied(draft.text, found.start(), found.end(), clause)


def is_invited(draft: Draft, sentence: Sentence, rule: str) -> bool:
    """Say whether it is about a résumé that the reader asked for."""
    if rule not in _ABOUT_RESUMES:
        return False
    at = draft.sentences.index(sentence)
    beside = draft.sentences[max(0, at - 1) : at] + draft.sentences[at + 1 : at + 2]
    return bool(_ASKED_FOR.search(sentence.text)) or any(
        _ASKED_FOR_IT.search(one.text) for one in beside
    )
