"""How it stands with the latest note to somebody, in one of a few explicit states.

Silence is a state like any other, and it ends the asking. Nothing is stored: the state follows
from the notes, replies, meetings and wishes as they are now.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from apps.common.localtime import local_date
from apps.contacts.models import Contact
from apps.outreach import follow_up
from apps.outreach.models import Attempt
from apps.outreach.protection import silenced
from apps.students.models import institution_zone

MOST_COLLEAGUES = 3


class Kind(StrEnum):
    NOT_ASKED = "not_asked"
    WAITING = "waiting"
    FOLLOW_UP = "follow_up"
    QUIET = "quiet"
    SILENCED = "silenced"  # by the wish of the person
    ANSWERED = "answered"
    MOVED_ON = "moved_on"  # they met, or the note lies too far back to be followed up


@dataclass(frozen=True)
class State:
    """`attempt` is the note it is about: the latest, or the one that was answered last.

    `note` of `most` notes in a row have been sent without an answer; `again_on` is the day for the
    next one, or the day from which silence is the answer. `colleagues` are people on the student's
    list at the same organization, named once it is time to try one of them as well.
    """

    kind: Kind
    attempt: Attempt | None = None
    note: int = 0
    most: int = 0
    again_on: date | None = None
    elsewhere: bool = False
    colleagues: tuple[Contact, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether the student waits for an answer."""
        return self.kind in (Kind.WAITING, Kind.FOLLOW_UP)

    @property
    def next_note(self) -> int:
        return self.note + 1

    @property
    def is_last(self) -> bool:
        return self.note >= self.most


def state_of(contact: Contact, now: datetime) -> State:
    """Return the state, in six queries at most."""
    sent = Attempt.objects.filter(contact=contact, sent_at__lte=now)
    latest = sent.order_by("-sent_at", "-pk").first()
    if latest is None:
        return State(Kind.NOT_ASKED)
    rows = follow_up.unanswered(
        [contact.student_id], now, "unanswered.contact_id = %(key)s", key=contact.pk
    )
    for waiting in rows:
        return _waiting(contact, waiting, now)
    answered = sent.filter(replied_at__isnull=False).order_by("-replied_at", "-pk").first()
    if answered and answered.replied_at and answered.replied_at >= latest.sent_at:
        return State(Kind.ANSWERED, answered)
    return State(Kind.MOVED_ON, latest)


def _waiting(contact: Contact, row: Any, now: datetime) -> State:
    if silenced([contact.pk], local_date(now, institution_zone())):
        return State(Kind.SILENCED, row)
    kind = Kind.WAITING
    if row.opens_at <= now:
        kind = Kind.FOLLOW_UP if row.notes < row.most_notes else Kind.QUIET
    is_time = row.elsewhere_at is not None and row.elsewhere_at <= now
    elsewhere = bool(contact.organization) and (is_time or kind == Kind.QUIET)
    return State(
        kind,
        row,
        note=row.notes,
        most=row.most_notes,
        again_on=row.follow_up_on,
        elsewhere=elsewhere,
        colleagues=_colleagues(contact) if elsewhere else (),
    )


def _colleagues(contact: Contact) -> tuple[Contact, ...]:
    others = Contact.objects.active().filter(
        student=contact.student_id,
        organization__iexact=contact.organization,
        erased_at__isnull=True,
    )
    return tuple(others.exclude(pk=contact.pk).order_by("name", "pk")[:MOST_COLLEAGUES])
