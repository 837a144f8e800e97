"""With whom a student keeps in touch: when something passed last, how often, and when again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.core.paginator import Page, Paginator
from django.db import models
from django.db.models import Count, Exists, F, Func, OuterRef, QuerySet, TextField

from apps.common.localtime import local_date
from apps.contacts.models import Contact
from apps.outreach import keep_in_touch
from apps.outreach.keep_in_touch import DEFAULT_DAYS, TOO_SOON
from apps.outreach.models import Cadence
from apps.outreach.protection import silenced
from apps.students.models import Enrolment, Student, institution_zone

PER_PAGE = 50
SOON = timedelta(days=14)


class Show(models.TextChoices):
    """Whom the page lists."""

    DUE = "due", "Due now"
    SOON = "soon", "In two weeks"
    EVERYONE = "everyone", "Everyone"
    NEVER = "never", "Never"


class Rhythm(NamedTuple):
    """Every so many days, never where there are none; by whose word (own, tag, usual)."""

    days: int | None
    whose: str
    tag: str = ""


@dataclass(frozen=True)
class InTouch:
    """`write_on` is None for whom nothing is due, today or later.

    `wait_until` is the day up to which more news may be too much; None if it would not be.
    """

    contact: Contact
    rhythm: Rhythm
    today: date
    last_touch_at: datetime | None = None
    write_on: date | None = None
    wait_until: date | None = None
    is_meeting_ahead: bool = False
    is_silenced: bool = False

    @property
    def is_due(self) -> bool:
        is_free = not (self.is_meeting_ahead or self.is_silenced)
        return is_free and self.write_on is not None and self.write_on <= self.today


class TagRhythm(NamedTuple):
    """A tag of the student's, how many people carry it, and the days of its cadence if any."""

    tag: str
    people: int
    days: int | None


class InTouchList:
    """The people on the page, in the order in which to write, with as many queries as for one."""

    def __init__(self, *, student: Student, show: Show, now: datetime) -> None:
        self.student = student
        self.show = show
        self.now = now
        self.tags = _tag_days(student)
        self.usual_days = usual_days(student)
        rows = list(keep_in_touch.in_touch([student.pk], now))
        self.found = {row.pk: row for row in rows}
        self.silenced = silenced(self.found, _institution_day(now))
        free = [row for row in rows if not row.is_ahead and row.pk not in self.silenced]
        never = _never(student).order_by("name", "pk").values_list("pk", flat=True)
        self.keys = {
            Show.DUE: [row.pk for row in free if row.opens_at <= now],
            Show.SOON: [row.pk for row in free if now < row.opens_at <= now + SOON],
            Show.EVERYONE: [*self.found],
            Show.NEVER: list(never),
        }

    @property
    def counts(self) -> list[tuple[Show, int]]:
        return [(show, len(keys)) for show, keys in self.keys.items()]

    def page(self, number: str) -> Page[int]:
        """Return which contacts one page has; a number that makes no sense is the nearest."""
        return Paginator(self.keys[self.show], PER_PAGE).get_page(number)

    def rows(self, page: Page[int]) -> list[InTouch]:
        keys = list(page)
        if self.show == Show.NEVER:
            found = Contact.objects.in_bulk(keys)
            touched = keep_in_touch.last_touches(keys, [self.student.pk], self.now)
            return [self._never(found[pk], touched.get(pk)) for pk in keys]
        return [self._row(self.found[pk]) for pk in keys]

    def tag_rhythms(self) -> list[TagRhythm]:
        """Return the student's tags, and those that have a cadence though nobody carries them."""
        tag = Func(F("tags"), function="unnest", output_field=TextField())
        carried = (
            Contact.objects.active()
            .filter(student=self.student)
            .annotate(tag=tag)
            .values("tag")
            .annotate(people=Count("pk"))
            .values_list("tag", "people")
        )
        people = dict(carried)
        return [
            TagRhythm(tag, people.get(tag, 0), self.tags.get(tag))
            for tag in sorted({*people, *self.tags}, key=str.casefold)
        ]

    def _row(self, row: Any) -> InTouch:
        return _in_touch(row, self.student, self.tags, row.pk in self.silenced, self.now)

    def _never(self, contact: Contact, touched_at: datetime | None) -> InTouch:
        today = self.student.today(self.now)
        return InTouch(contact, Rhythm(None, "own"), today, last_touch_at=touched_at)


def in_touch_of(contact: Contact, now: datetime) -> InTouch:
    """Return how it stands with one contact, also if nothing is due with them."""
    student = contact.student
    if rows := list(
        keep_in_touch.in_touch([student.pk], now, "contact_id = %(key)s", key=contact.pk)
    ):
        is_silenced = bool(silenced([contact.pk], _institution_day(now)))
        return _in_touch(rows[0], student, _tag_days(student), is_silenced, now)
    last = keep_in_touch.last_touches([contact.pk], [student.pk], now)
    own = Cadence.objects.filter(contact=contact).first()
    rhythm = Rhythm(own.days, "own") if own else usual_rhythm(contact)
    return InTouch(contact, rhythm, student.today(now), last_touch_at=last.get(contact.pk))


def usual_rhythm(contact: Contact) -> Rhythm:
    """Return the cadence that holds as long as the contact has none of their own."""
    by_tag = _by_tags(contact.tags, _tag_days(contact.student))
    return by_tag or Rhythm(usual_days(contact.student), "usual")


def usual_days(student: Student) -> int:
    """Return the days that the student's latest cohort suggests."""
    latest = Enrolment.objects.filter(student=student).order_by("-cohort__term__starts_on", "-pk")
    return latest.values_list("cohort__keep_in_touch_days", flat=True).first() or DEFAULT_DAYS


def _in_touch(
    row: Any, student: Student, tags: Mapping[str, int], is_silenced: bool, now: datetime
) -> InTouch:
    usual = _by_tags(row.tags, tags) or Rhythm(row.cadence_days, "usual")
    return InTouch(
        row,
        Rhythm(row.own_days, "own") if row.own_days else usual,
        student.today(now),
        last_touch_at=row.last_touch_at,
        write_on=row.write_on,
        wait_until=_wait_until(row.last_own_note_at, row.last_word_at, student, now),
        is_meeting_ahead=row.is_ahead,
        is_silenced=is_silenced,
    )


def _wait_until(
    own_note_at: datetime | None, word_at: datetime | None, student: Student, now: datetime
) -> date | None:
    if own_note_at is None or own_note_at + TOO_SOON <= now:
        return None
    if word_at is not None and word_at > own_note_at:
        return None
    return local_date(own_note_at + TOO_SOON, student.zone)


def _by_tags(tags: Iterable[str], days: Mapping[str, int]) -> Rhythm | None:
    known = [(days[tag], tag) for tag in tags if tag in days]
    if not known:
        return None
    shortest, tag = min(known)
    return Rhythm(shortest, "tag", tag)


def _tag_days(student: Student) -> dict[str, int]:
    rows = Cadence.objects.filter(student=student, contact__isnull=True)
    return {tag: days for tag, days in rows.values_list("tag", "days") if days}


def _never(student: Student) -> QuerySet[Contact]:
    never = Cadence.objects.filter(contact=OuterRef("pk"), days__isnull=True)
    return Contact.objects.active().filter(Exists(never), student=student, erased_at__isnull=True)


def _institution_day(now: datetime) -> date:
    return local_date(now, institution_zone())
