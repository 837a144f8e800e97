"""What may happen to a meeting, as one table to read. Whatever is not in it is refused."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from apps.meetings.models import Meeting, Status


class Move(StrEnum):
    PROPOSE = "propose"
    ACCEPT = "accept"
    RESCHEDULE = "reschedule"
    EDIT = "edit"
    CANCEL = "cancel"
    HOLD = "hold"
    MISS = "miss"
    THANK = "thank"


@dataclass(frozen=True)
class Rule:
    """From which states a move starts and where it ends; `to` is empty if the state stays.

    `has_begun` tells that the agreed time must have come. `otherwise` is said of every other
    state.
    """

    since: tuple[Status, ...]
    to: Status | None
    otherwise: str
    has_begun: bool = False


TABLE: dict[Move, Rule] = {
    Move.PROPOSE: Rule(
        (Status.PROPOSED,),
        None,
        "A time is agreed or the conversation is over; move it instead.",
    ),
    Move.ACCEPT: Rule(
        (Status.PROPOSED,),
        Status.SCHEDULED,
        "There is no proposal left to accept.",
    ),
    Move.RESCHEDULE: Rule(
        (Status.SCHEDULED, Status.NO_SHOW),
        Status.SCHEDULED,
        "Only what is agreed, or did not take place, can be moved to another time.",
    ),
    Move.EDIT: Rule(
        (Status.PROPOSED, Status.SCHEDULED, Status.HELD, Status.NO_SHOW),
        None,
        "What was called off stays as it was.",
    ),
    Move.CANCEL: Rule(
        (Status.PROPOSED, Status.SCHEDULED),
        Status.CANCELLED,
        "Only what lies ahead can be called off.",
    ),
    Move.HOLD: Rule(
        (Status.SCHEDULED, Status.NO_SHOW),
        Status.HELD,
        "Only a conversation with an agreed time can have taken place.",
        has_begun=True,
    ),
    Move.MISS: Rule(
        (Status.SCHEDULED, Status.HELD),
        Status.NO_SHOW,
        "Only a conversation with an agreed time can have been missed.",
        has_begun=True,
    ),
    Move.THANK: Rule(
        (Status.HELD,),
        None,
        "Thank people for a conversation once it was held.",
        has_begun=True,
    ),
}


class NotPossible(Exception):
    """The meeting is not in a state, or not at a time, for this move; the words say why."""


def refusal(move: Move, meeting: Meeting, *, now: datetime) -> str:
    """Say why the move is not possible; nothing if it is."""
    rule = TABLE[move]
    if meeting.status not in rule.since:
        return rule.otherwise
    if rule.has_begun and meeting.starts_at > now:
        return "This conversation has not begun yet."
    return ""


def can(move: Move, meeting: Meeting, *, now: datetime) -> bool:
    """Say whether the move is possible, for the pages that offer it."""
    return not refusal(move, meeting, now=now)


def make(move: Move, meeting: Meeting, *, now: datetime) -> None:
    """Put the meeting into the state the move leads to, unsaved. Raises NotPossible."""
    if words := refusal(move, meeting, now=now):
        raise NotPossible(words)
    meeting.status = TABLE[move].to or meeting.status
