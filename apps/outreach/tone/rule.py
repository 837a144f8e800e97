"""What a rule is, and what it finds."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    FIRST_NOTE = "first_note"
    FOLLOW_UP = "follow_up"
    THANK_YOU = "thank_you"
    KEEP_IN_TOUCH = "keep_in_touch"
    REFERRAL_INTRO = "referral_intro"
    MEETING_REQUEST = "meeting_request"


class Weight(StrEnum):
    """What one finding makes of a draft."""

    STRONG = "desperate"
    MILD = "needs_look"


EVERY_KIND = frozenset(Kind)
# The others ask for a conversation.
ASKING = EVERY_KIND - {Kind.THANK_YOU, Kind.KEEP_IN_TOUCH}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One row of the table in rules.py."""

    id: str
    weight: Weight
    source: str
    """The row of the programme's practice that it stands on, such as E12."""
    why: str
    example: str
    """A draft's sentence that it finds; empty where it finds something missing."""
    advice: str
    """A sentence to use instead."""
    kinds: frozenset[Kind] = EVERY_KIND
    is_for_questions: bool = False
    """It also holds for one interview question."""


@dataclass(frozen=True, slots=True)
class Finding:
    """`text` is the original from `start` to `end`; empty where something is missing."""

    rule: str
    start: int
    end: int
    text: str
    advice: str
    why: str
    weight: Weight
