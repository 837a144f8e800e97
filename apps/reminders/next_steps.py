"""The one list of what is open, which the Today page, the mail and the class board all show."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db.models.expressions import RawSQL

from apps.coaching.next_steps import next_steps as of_coaching
from apps.common.localtime import local_date
from apps.common.prepared import Prepared, Statement
from apps.contacts.next_steps import next_steps as of_contacts
from apps.meetings.next_steps import next_steps as of_meetings
from apps.outcomes.next_steps import next_steps as of_outcomes
from apps.outreach.next_steps import next_steps as of_outreach
from apps.outreach.next_steps import with_keys, without_silenced
from apps.students.models import Cohort, Student, institution_zone
from apps.students.next_steps import NextStep, StepKind, Students

ORDER = [*StepKind]
"""Thanks come before everything else: somebody gave their time and waits for a word. Then what
has just been and what is about to be, then one's word and whoever offers a time; a beginning comes
before going on, and last what can wait a day longer."""

_PLACES = {kind.value: place for place, kind in enumerate(ORDER)}


def next_steps(students: Students, now: datetime) -> list[NextStep]:
    """Return every step of these students: by kind, the longest due first.

    One query while nobody in the programme wants to be left alone, else two.
    """
    return _in_order(_united(students, now), now)


def next_steps_of(student: Student, now: datetime) -> list[NextStep]:
    """Return the same for one student, quickly enough for the pages they turn to all the time."""
    return _in_order(_of_one.rows(student.pk, now), now)


def next_steps_with_people(student: Student, now: datetime) -> list[NextStep]:
    """Return those of one student's steps that are about a contact."""
    return _in_order(_with_people.rows(student.pk, now), now)


def next_steps_of_many(students: Collection[int], now: datetime) -> list[NextStep]:
    """Return the same for students by their keys, as the mails of many people ask for it."""
    return _in_order(_of_many.rows([*students], now), now)


def next_steps_of_class(cohort: Cohort, now: datetime) -> list[NextStep]:
    """Return the same for all students of a class, who left it included."""
    return _in_order(_of_class.rows(cohort.pk, now), now)


def _in_order(rows: Iterable[tuple[Any, ...]], now: datetime) -> list[NextStep]:
    steps = without_silenced(rows, local_date(now, institution_zone()))
    return sorted(steps, key=lambda step: (_PLACES[step.kind], step.due_at, step.subject))


def _united(students: Students, now: datetime, where: str = "TRUE") -> Statement:
    asked = (of_meetings, of_contacts, of_outreach, of_outcomes, of_coaching)
    return with_keys(
        Statement.union(part for of_app in asked for part in of_app(students, now)), now, where
    )


_of_one = Prepared(lambda key, now: _united([key], now))
# PostgreSQL sees which parts never name a contact, and leaves these out when it plans.
_with_people = Prepared(lambda key, now: _united([key], now, "contact IS NOT NULL"))
_of_many = Prepared(
    lambda keys, now: _united(
        Student.objects.filter(pk__in=RawSQL("SELECT unnest(%s::bigint[])", [keys])), now
    )
)
_of_class = Prepared(lambda key, now: _united(Student.objects.filter(enrolments__cohort=key), now))
