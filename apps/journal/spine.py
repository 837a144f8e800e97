"""The six steps of the method as one student stands in them: counted from the rows, never ticked.

Every contact passes through the steps from 2 to 6, so those are never over.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Func, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils import dateformat, timezone

from apps.common.prepared import Prepared, Statement
from apps.common.templatetags.components import page_url
from apps.contacts.models import Contact
from apps.journal.stages import Stage
from apps.meetings.models import Debrief, Meeting, Status
from apps.outreach.follow_up import number_waiting
from apps.outreach.models import Attempt
from apps.students.models import Campaign, Student
from apps.students.next_steps import StepKind

AFTERWARDS = {
    StepKind.THANK,
    StepKind.SAY_HOW_IT_WENT,
    StepKind.DEBRIEF,
    StepKind.KEEP_PROMISE,
    StepKind.ASK_ABOUT_PROMISE,
}
AGREEING = {StepKind.TAKE_A_TIME, StepKind.AGREE_ON_A_TIME}
WRITING = {
    StepKind.WRITE_TO_REFERRAL,
    StepKind.FOLLOW_UP,
    StepKind.ASK_AGAIN,
    StepKind.TRY_ELSEWHERE,
    StepKind.KEEP_IN_TOUCH,
}


class Stands(Protocol):
    """What it takes to say which of the six steps a student is at."""

    @property
    def purpose(self) -> object: ...
    @property
    def people(self) -> int: ...
    @property
    def to_prepare(self) -> int: ...
    @property
    def upcoming(self) -> int: ...
    @property
    def proposed(self) -> int: ...


class Standing(NamedTuple):
    """What the rows of a student say, in the order of the columns of `_standing`.

    `to_prepare` counts the conversations ahead that are not ready; `next_to_prepare` is the key of
    the first of them. `held_at` is when those began that were held, practice left out. The change
    is what the student noted last to do differently, after talking with `change_after`.
    """

    purpose: str | None
    targets: int | None
    people: int
    written_to: int
    waiting: int
    proposed: int
    upcoming: int
    to_prepare: int
    next_to_prepare: int | None
    next_to_prepare_at: datetime | None
    held_at: list[datetime]
    practice: int
    change: str | None
    change_after: str | None

    @property
    def held(self) -> int:
        return len(self.held_at)


@dataclass(frozen=True)
class SpineStep:
    """One of the six; `state` is done, todo (nothing yet) or empty, and one step is `is_now`."""

    name: str
    words: str
    url: str
    state: str = ""
    is_now: bool = False


def standing(student: Student, now: datetime) -> Standing:
    """Return where a student stands, in one query."""
    (row,) = _standing_of.rows(student.pk, now)
    return Standing(*row)


def spine(
    at: Standing, *, goal: int | None, kinds: Collection[str], now: datetime
) -> list[SpineStep]:
    """Return the six steps. `goal` is how many talks the term asks for; `kinds` what is due."""
    prepare_url = (
        reverse("meeting_prepare", args=[at.next_to_prepare])
        if at.next_to_prepare
        else page_url("meeting_list")
    )
    contacts_url = page_url("contact_list")
    rows = [
        ("Purpose", _purpose(at), page_url("campaign"), _state(at.purpose, bool(at.purpose))),
        ("List", _people(at), contacts_url, _state(at.people, at.people >= (goal or 1))),
        (
            "Contact",
            _contact(at),
            f"{contacts_url}?stage={Stage.REACHED_OUT}",
            _state(at.written_to),
        ),
        (
            "Appointment",
            _appointment(at),
            page_url("meeting_list"),
            _state(at.proposed + at.upcoming + at.held + at.practice),
        ),
        ("Prepare", _prepare(at, now), prepare_url, _state(at.upcoming + at.held + at.practice)),
        ("Conduct", _conduct(at), page_url("progress"), _state(at.held + at.practice)),
    ]
    current = current_step(at, kinds)
    return [
        SpineStep(name, words, url, state, is_now=name == current)
        for name, words, url, state in rows
    ]


def current_step(at: Stands, kinds: Collection[str]) -> str:
    """Return the step where something is to be done next: what has a time goes first."""
    due = set(kinds)
    order = [
        (not at.purpose, "Purpose"),
        (not at.people, "List"),
        (StepKind.PREPARE in due, "Prepare"),
        (due & AFTERWARDS, "Conduct"),
        (bool(AGREEING & due), "Appointment"),
        (due & WRITING, "Contact"),
        (at.to_prepare, "Prepare"),
        (at.upcoming, "Conduct"),
        (at.proposed, "Appointment"),
    ]
    return next((name for is_it, name in order if is_it), "Contact")


def _state(begun: object, is_done: bool = False) -> str:
    return "done" if is_done else "" if begun else "todo"


def _purpose(at: Standing) -> str:
    if not at.purpose:
        return "What do you want to learn?"
    return f"Set, {_number(at.targets, 'target')}" if at.targets else "Set"


def _people(at: Standing) -> str:
    if not at.people:
        return "Nobody yet"
    return "1 person" if at.people == 1 else f"{at.people} people"


def _contact(at: Standing) -> str:
    if at.waiting:
        return f"{at.waiting} waiting for a reply"
    return f"{at.written_to} written to" if at.written_to else "Nobody written to yet"


def _appointment(at: Standing) -> str:
    parts = [f"{at.upcoming} in the calendar"] if at.upcoming else []
    parts += [f"{at.proposed} proposed"] if at.proposed else []
    return ", ".join(parts) or "Nothing in the calendar"


def _prepare(at: Standing, now: datetime) -> str:
    if at.next_to_prepare_at:
        return f"{at.to_prepare} open, for {_day(at.next_to_prepare_at, now)}"
    return "All prepared" if at.upcoming else "Nothing coming up"


def _conduct(at: Standing) -> str:
    parts = [f"{at.held} held"] if at.held or not at.practice else []
    parts += [f"{at.practice} for practice"] if at.practice else []
    return ", ".join(parts) if at.held + at.practice else "None held yet"


def _number(count: int | None, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _day(moment: datetime, now: datetime) -> str:
    local, today = timezone.localtime(moment), timezone.localdate(now)
    days = (local.date() - today).days
    known = {0: "today", 1: "tomorrow"}
    return known.get(days) or dateformat.format(local, "D, M j")


def _standing(key: int, now: datetime) -> QuerySet[Any, Any]:
    student = Student.objects.filter(pk=key)
    campaign = Campaign.objects.filter(student=OuterRef("pk"))
    people = Contact.objects.active().filter(student=key)
    meetings = Meeting.objects.filter(student=key)
    ahead = meetings.scheduled().filter(starts_at__gt=now)
    to_prepare = ahead.filter(is_ready=False, contact__erased_at__isnull=True)
    changes = (
        Debrief.objects.filter(meeting__student=key, meeting__contact__erased_at__isnull=True)
        .exclude(change_next_time="")
        .order_by("-meeting__starts_at", "-pk")
    )
    columns = [
        Subquery(campaign.values("purpose")),
        Subquery(
            campaign.annotate(
                targets=F("target_roles__len")
                + F("target_organizations__len")
                + F("target_people__len")
            ).values("targets")
        ),
        # All less the erased, so that both are counted from an index.
        _count(people) - _count(people.filter(erased_at__isnull=False)),
        _count(Attempt.objects.filter(student=key), "DISTINCT contact_id"),
        _answer(number_waiting([key], now)),
        _count(meetings.proposed()),
        _count(ahead),
        _count(to_prepare),
        Subquery(to_prepare.order_by("starts_at", "pk").values("pk")[:1]),
        Subquery(to_prepare.order_by("starts_at", "pk").values("starts_at")[:1]),
        ArraySubquery(meetings.held().order_by("starts_at").values("starts_at")),
        _count(meetings.filter(status=Status.HELD, is_practice=True)),
        Subquery(changes.values("change_next_time")[:1]),
        Subquery(changes.values("meeting__contact__name")[:1]),
    ]
    names = {f"at_{name}": column for name, column in zip(Standing._fields, columns, strict=True)}
    return student.annotate(**names).values_list(*names)


def _count(rows: QuerySet[Any], what: str = "*") -> Subquery:
    """Count in a subquery; a Count of Django's would group its rows."""
    number = Func(F("pk"), template=f"count({what})", output_field=IntegerField())
    return Subquery(rows.order_by().annotate(number=number).values("number"))


def _answer(number: Statement) -> RawSQL:
    return RawSQL(number.text, number.values, output_field=IntegerField())


_standing_of = Prepared(_standing)
