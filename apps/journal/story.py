"""One contact's whole story: what passed between the two in order, and what to recall of it.

All of it follows from the rows as they are now, in twelve queries at most, whatever there is.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Self
from urllib.parse import quote

from django.db.models.expressions import RawSQL

from apps.common.localtime import local_date
from apps.contacts.models import Contact
from apps.journal.recall import Recall
from apps.journal.stages import Stage, stage_of
from apps.meetings.models import Meeting
from apps.meetings.models import Status as MeetingStatus
from apps.outcomes.models import Offer
from apps.outreach.models import Attempt, Touch
from apps.reminders.next_steps import next_steps_of
from apps.students.next_steps import NextStep, StepKind

LONGEST_CHAIN = 8  # names in a row of introductions; the page says if there are more

ABOVE = """
WITH RECURSIVE above AS (
  SELECT id, introduced_by_id, 1 AS place FROM contacts_contact WHERE id = %s
  UNION ALL
  SELECT contact.id, contact.introduced_by_id, place + 1
  FROM contacts_contact AS contact JOIN above ON contact.id = above.introduced_by_id
  WHERE place < %s
)
SELECT contact.id, contact.name, contact.introduced_by_id
FROM contacts_contact AS contact JOIN above USING (id) ORDER BY place DESC
"""
BELOW = """
WITH RECURSIVE below AS (
  SELECT %s::bigint AS id
  UNION ALL
  SELECT contact.id
  FROM contacts_contact AS contact JOIN below ON contact.introduced_by_id = below.id
)
SELECT id FROM below
"""
_PROMISES = (StepKind.KEEP_PROMISE, StepKind.ASK_ABOUT_PROMISE)
_DIALED = re.compile(r"\+?[\d\s().\-/]{3,}")


class Kind(StrEnum):
    """What an event is; of one day, in this order, but for those that have an hour."""

    LISTED = "listed"
    INTRODUCED = "introduced"
    ASKED = "asked"
    REPLIED = "replied"
    MEETING = "meeting"
    THANKED = "thanked"
    TOUCHED = "touched"
    LED_ON = "led_on"
    OFFER = "offer"


_TURNS = {Kind.LISTED: 0, Kind.INTRODUCED: 1, Kind.LED_ON: 3, Kind.OFFER: 4}
_HOURLY = 2


@dataclass(frozen=True)
class Event:
    """Something that happened or is agreed, on the student's clock.

    `row` is what it is about: the contact for the first two kinds, for LED_ON the one they
    introduced. `days_after` counts from the last talk with whoever introduced, if there was one.
    """

    kind: Kind
    on: date
    row: Any
    at: datetime | None = None
    is_planned: bool = False
    is_day_known: bool = True
    days_after: int | None = None

    @property
    def turn(self) -> tuple[date, int, float]:
        return self.on, _TURNS.get(self.kind, _HOURLY), self.at.timestamp() if self.at else 0


@dataclass(frozen=True)
class Way:
    """A way to reach somebody; `url` is empty where there is nothing to follow."""

    words: str
    url: str = ""


@dataclass(frozen=True)
class Story:
    """`chain` are the people from the first introduction that is shown down to the contact.

    `events` are in order, the newest first.
    """

    contact: Contact
    now: datetime
    stage: Stage
    chain: list[Contact]
    introduced_days_after: int | None
    attempts: list[Attempt]
    meetings: list[Meeting]
    led_to: list[Contact]
    offers: list[Offer]
    steps: list[NextStep]
    recall: Recall
    events: list[Event]

    @classmethod
    def of(cls, contact: Contact, *, now: datetime) -> Self:
        """Gather the story of a contact that came with its student and account."""
        introducer = contact.introduced_by_id
        talks = Meeting.objects.filter(contact__in=[contact.pk, introducer]).order_by("starts_at")
        meetings = [talk for talk in talks if talk.contact_id == contact.pk]
        for meeting in meetings:  # whose clocks they are shown on
            meeting.contact, meeting.student = contact, contact.student
        others = [talk for talk in talks if talk.contact_id == introducer]
        attempts = list(Attempt.objects.filter(contact=contact).order_by("sent_at", "pk"))
        led_to = list(
            Contact.objects.filter(introduced_by=contact).order_by("introduced_on", "listed_on")
        )
        offers = list(
            Offer.objects.filter(contact__in=RawSQL(BELOW, [contact.pk]))
            .select_related("contact")
            .order_by("received_on", "pk")
        )
        events = [
            *_listed(contact, others),
            *_asked(attempts, contact),
            *_met(meetings, contact, now),
            *_touched(contact),
            *_led_on(led_to, meetings, contact),
            *(Event(Kind.OFFER, offer.received_on, offer) for offer in offers),
        ]
        return cls(
            contact=contact,
            now=now,
            stage=stage_of(contact, now),
            chain=list(Contact.objects.raw(ABOVE, [contact.pk, LONGEST_CHAIN])),
            introduced_days_after=_days_after(contact.introduced_on, others, contact),
            attempts=attempts,
            meetings=meetings,
            led_to=led_to,
            offers=offers,
            steps=[
                step for step in next_steps_of(contact.student, now) if step.contact == contact.pk
            ],
            recall=Recall.of(contact, now=now),
            events=sorted(events, key=lambda event: event.turn)[::-1],
        )

    @property
    def is_chain_longer(self) -> bool:
        """Whether more introductions lead to where the chain begins."""
        return self.chain[0].introduced_by_id is not None

    @property
    def introducer(self) -> Contact | None:
        return self.chain[-2] if len(self.chain) > 1 else None

    @property
    def waiting(self) -> list[tuple[str, NextStep]]:
        """What waits for the student, in words, the longest due first; promises stand apart."""
        return [
            (StepKind(step.kind).label, step) for step in self.steps if step.kind not in _PROMISES
        ]

    @property
    def last_talk(self) -> Meeting | None:
        return next((meeting for meeting in reversed(self.meetings) if _is_held(meeting)), None)

    @property
    def last_word(self) -> Attempt | None:
        """The note that they answered last."""
        replied = [(row.replied_at, row.pk, row) for row in self.attempts if row.replied_at]
        return max(replied)[-1] if replied else None

    @property
    def unanswered(self) -> Attempt | None:
        """The latest note, if nothing has come back since and they have not met."""
        if not self.attempts:
            return None
        latest, word, talk = self.attempts[-1], self.last_word, self.last_talk
        has_answered = bool(word and word.replied_at and word.replied_at >= latest.sent_at)
        has_met = bool(talk and talk.starts_at >= latest.sent_at)
        return None if has_answered or has_met else latest

    @property
    def agreed(self) -> list[Meeting]:
        """Conversations that lie ahead."""
        return [meeting for meeting in self.meetings if _is_ahead(meeting, self.now)]

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing yet to recall."""
        return not (self.last_talk or self.last_word or self.led_to or self.agreed or self.steps)

    @property
    def ways(self) -> list[Way]:
        """How to reach the person; only what is safe to follow is a link."""
        contact = self.contact
        return [
            *(Way(address, f"mailto:{quote(address, safe='@+')}") for address in contact.emails),
            *(Way(phone, _dial(phone)) for phone in contact.phones),
            *(Way(_short(link), _web(link)) for link in contact.links),
        ]


def _listed(contact: Contact, talks: Iterable[Meeting]) -> Iterable[Event]:
    yield Event(Kind.LISTED, contact.listed_on, contact)
    if contact.introduced_by_id is not None:
        yield Event(
            Kind.INTRODUCED,
            contact.introduced_on or contact.listed_on,
            contact,
            is_day_known=contact.introduced_on is not None,
            days_after=_days_after(contact.introduced_on, talks, contact),
        )


def _asked(attempts: Iterable[Attempt], contact: Contact) -> Iterable[Event]:
    for attempt in attempts:
        yield _hourly(Kind.ASKED, attempt.sent_at, attempt, contact)
        if attempt.replied_at:
            yield _hourly(Kind.REPLIED, attempt.replied_at, attempt, contact)


def _met(meetings: Iterable[Meeting], contact: Contact, now: datetime) -> Iterable[Event]:
    for meeting in meetings:
        is_planned = _is_ahead(meeting, now) or meeting.status == MeetingStatus.PROPOSED
        yield _hourly(Kind.MEETING, meeting.starts_at, meeting, contact, is_planned=is_planned)
        if meeting.thank_you_sent_at:
            yield _hourly(Kind.THANKED, meeting.thank_you_sent_at, meeting, contact)


def _touched(contact: Contact) -> Iterable[Event]:
    for touch in Touch.objects.filter(contact=contact).order_by("happened_at", "pk"):
        yield _hourly(Kind.TOUCHED, touch.happened_at, touch, contact)


def _led_on(
    led_to: Iterable[Contact], talks: Iterable[Meeting], contact: Contact
) -> Iterable[Event]:
    for other in led_to:
        yield Event(
            Kind.LED_ON,
            other.introduced_on or other.listed_on,
            other,
            is_day_known=other.introduced_on is not None,
            days_after=_days_after(other.introduced_on, talks, contact),
        )


def _hourly(kind: Kind, at: datetime, row: Any, contact: Contact, **more: bool) -> Event:
    return Event(kind, local_date(at, contact.student.zone), row, at, **more)


def _days_after(day: date | None, talks: Iterable[Meeting], contact: Contact) -> int | None:
    """Return how long after the last of these talks a day was; None if there was none before."""
    zone = contact.student.zone
    held_on = [local_date(talk.starts_at, zone) for talk in talks if _is_held(talk)]
    before = [held for held in held_on if day and held <= day]
    return (day - max(before)).days if day and before else None


def _is_held(meeting: Meeting) -> bool:
    return meeting.status == MeetingStatus.HELD


def _is_ahead(meeting: Meeting, now: datetime) -> bool:
    return meeting.status == MeetingStatus.SCHEDULED and meeting.starts_at > now


def _dial(phone: str) -> str:
    return f"tel:{re.sub(r'[^+0-9]', '', phone)}" if _DIALED.fullmatch(phone.strip()) else ""


def _web(link: str) -> str:
    return link if re.match(r"https?://", link, re.IGNORECASE) else ""


def _short(link: str) -> str:
    return re.sub(r"^https?://(www\.)?", "", link, flags=re.IGNORECASE).rstrip("/")
