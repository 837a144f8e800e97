from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Self

from apps.accounts.models import User
from apps.common.localtime import start_of_day
from apps.mail import actions as mail
from apps.mail.models import OutgoingEmail
from apps.meetings.models import Meeting
from apps.reminders.kinds import (
    CLASS_DIGEST,
    MEETING_IN_TWO_HOURS,
    MEETING_TOMORROW,
    STUDENT_DIGEST,
    URGENT_TODAY,
)
from apps.reminders.rhythm import DAY, Rhythm

LISTED = 10
"""More than this nobody reads in a mail; the rest stands on the page."""

TEMPLATES = {
    MEETING_TOMORROW: "reminders/emails/meeting_tomorrow",
    MEETING_IN_TWO_HOURS: "reminders/emails/meeting_in_two_hours",
    STUDENT_DIGEST: "reminders/emails/student_digest",
    URGENT_TODAY: "reminders/emails/urgent_today",
    CLASS_DIGEST: "reminders/emails/class_digest",
}


def about_meeting(
    kind: str, meeting: Meeting, rhythm: Rhythm, *, now: datetime
) -> OutgoingEmail | None:
    """Queue "your conversation at …"; of no use once that begins, nor in the quiet hours."""
    user = meeting.student.user
    assert user is not None
    return mail.queue(
        kind=kind,
        to=user,
        template=TEMPLATES[kind],
        context={"meeting": meeting, "now": now},
        occurrence_key=meeting_key(kind, meeting),
        due_at=now,
        expires_at=min(meeting.starts_at, rhythm.quiet_begins(now)),
        subject_ref=f"meeting:{meeting.pk}",
    )


def meeting_key(kind: str, meeting: Meeting) -> str:
    """Return the key of a reminder: one for a person, a meeting and the moment it is set for.

    A meeting that moves gets a new reminder, and the old one is no longer wanted.
    """
    return f"{kind}:{meeting.student.user_id}:{meeting.pk}:{meeting.starts_at.timestamp():.0f}"


@dataclass(frozen=True)
class Turn:
    """Which of a day's lists a mail is: one a person, kind and day, and then those that follow it.

    What changes between queueing and sending is written anew: the list of that turn is taken back
    and the next one queued in its place.
    """

    kind: str
    user: int
    day: date
    revision: int = 0

    @classmethod
    def of(cls, email: OutgoingEmail) -> Self:
        kind, user, day, revision = email.occurrence_key.split(":")
        return cls(kind, int(user), date.fromisoformat(day), int(revision))

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.user}:{self.day}:{self.revision}"

    @property
    def next(self) -> Self:
        return type(self)(self.kind, self.user, self.day, self.revision + 1)


def list_of_the_day(
    turn: Turn,
    user: User,
    items: Sequence[Any],
    identity: Iterable[Hashable],
    rhythm: Rhythm,
    *,
    now: datetime,
) -> mail.Draft | None:
    """Write a list; of no use once the quiet hours or the next day begin.

    `identity` says what the list is about, so that it can be told whether that has changed.
    """
    expires_at = min(rhythm.quiet_begins(now), start_of_day(turn.day + DAY, rhythm.zone))
    if expires_at <= now:
        return None
    return mail.draft(
        kind=turn.kind,
        to=user,
        template=TEMPLATES[turn.kind],
        context={
            "items": items[:LISTED],
            "count": len(items),
            "more": max(len(items) - LISTED, 0),
            "now": now,
        },
        occurrence_key=turn.key,
        due_at=now,
        expires_at=expires_at,
        subject_ref=reference(identity),
    )


def reference(identity: Iterable[Hashable]) -> str:
    """Return what a list is about as the `subject_ref` of its mail, whatever its order."""
    words = "\n".join(sorted(str(thing) for thing in identity))
    return f"list:{sha256(words.encode()).hexdigest()[:40]}"
