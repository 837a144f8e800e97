"""What a draft does well (row E13), each with its place."""

import re
from dataclasses import dataclass

from apps.outreach.tone.draft import Draft
from apps.outreach.tone.shape import DURATION, MOST_WORDS
from apps.outreach.tone.slots import pattern


@dataclass(frozen=True, slots=True)
class Strength:
    """`text` is the original from `start` to `end`, the words that do it."""

    id: str
    says: str
    start: int
    end: int
    text: str


_STRENGTHS = {
    "is_curious": (
        "Is curious about their work",
        (
            r"\b(?:curious|wondered|wondering how|interested in (?:how|what|why)|like to (?:learn"
            r"|understand|hear|know)|love to (?:learn|understand|hear|know)|want to understand"
            r"|intrigued)\b",
        ),
    ),
    "wants_inside_view": (
        "Asks for an insider's view",
        (
            r"\binsider(?:'s)?\b|\binside (?:view|perspective|look|story)\b|\byour (?:\w+"
            r" )?(?:view|perspective|take|experience|impressions?|opinion|thoughts|story)\b"
            r"|\bfrom the inside\b|\bwhat (?:it is|a \w+ is) (?:really |actually )?like\b",
        ),
    ),
    "hedges_fit": (
        "Leaves open whether it fits",
        (
            r"\bnot (?:yet )?(?:sure|know|certain|decided)(?: yet)? (?:if|whether|what|which"
            r"|that)\b|\b(?:whether|if) (?:it|this|that|the work|\w+ work) (?:is|would|could"
            r"|might) (?:\w+ ){0,3}(?:fit|suit|me|right)\b|\bwhether i would\b|\bfigur(?:e|ing)"
            r" out\b|\bstill (?:deciding|exploring|finding out)\b",
        ),
    ),
    "frees_from_pressure": (
        "Leaves them free to say no",
        (
            r"\bno (?:pressure|hurry|rush|obligation|problem at all|worries|expectations?)\b"
            r"|\b(?:completely|perfectly|totally|entirely) (?:fine|okay|ok|understand)\b|\bif"
            r" (?:not|it does not|you can not|now is not)\b|\bfeel free to (?:say no|ignore"
            r"|decline)\b|\ba no is\b|\bno need to\b",
        ),
    ),
    "is_flexible": (
        "Adapts to their time",
        (
            r"\b(?:fit|around|work around|adapt to|suits?|works? (?:best )?for) (?:your|you)\b"
            r"|\bany (?:time|day)\b|\bflexible\b|\bwhenever\b|\bat your convenience\b|\byour"
            r" schedule\b|\bwhatever (?:time|suits|works)\b",
        ),
    ),
    "gives_back": (
        "Gives something back",
        (
            r"\bcatch(?:ing)? up\b|\bhappy to (?:share|return|help|send|tell)\b|\bin return\b"
            r"|\breturn the favor\b|\bif i can (?:ever )?(?:help|be)|\buseful to you\b|\bgood to"
            r" (?:see|hear)\b|\bgreat to (?:see|hear|catch)\b|\bhear (?:how|what) you\b",
        ),
    ),
    "disclaims_job": (
        "Says that no job is asked for",
        (
            r"\bnot (?:\w+ ){0,4}(?:job|jobs|position|internship|hire|hiring|referral)\b|\bno"
            r" (?:job|strings|referral|agenda)\b|\bwithout (?:asking|any) (?:\w+ ){0,3}(?:job"
            r"|strings|referral)\b",
        ),
    ),
    "names_connection": (
        "Says why this person",
        (
            r"\b(?:suggested|recommended|introduced|gave me your name|mentioned you|we met|we"
            r" talked|we spoke|you spoke|your talk|your article|your post|your lecture|you worked"
            r"|you work|your work|came to mind|thought of you|i remember|i remembered|your path|i"
            r" saw|i read|i heard)\b",
        ),
    ),
}
_PATTERNS = {key: (says, pattern(wordings)) for key, (says, wordings) in _STRENGTHS.items()}


def strengths_of(draft: Draft) -> list[Strength]:
    """Return the first place of every strength, in the order of the text."""
    text = draft.text
    found = [_strength(draft, "names_length", "Says how long it takes", DURATION.search(text))]
    for key, (says, wording) in _PATTERNS.items():
        found.append(_strength(draft, key, says, wording.search(text)))
    if draft.word_count <= MOST_WORDS:
        start, end = draft.plain.original_span(draft.sentences[0].start, draft.sentences[0].start)
        found.append(Strength("is_short", "Is short enough to be read at once", start, end, ""))
    return sorted(filter(None, found), key=lambda one: (one.start, one.end))


def _strength(draft: Draft, key: str, says: str, match: re.Match[str] | None) -> Strength | None:
    if not match:
        return None
    start, end = draft.plain.original_span(*match.span())
    return Strength(key, says, start, end, draft.original[start:end])
