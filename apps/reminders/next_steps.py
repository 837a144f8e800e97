"""The one list of what is open, which the Today page, the mail and the class board all show."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from apps.coaching.next_steps import next_steps as of_coaching
from apps.common.localtime import local_date
from apps.common.prepared import Prepared
from apps.contacts.next_steps import next_steps as of_contacts
from apps.meetings.next_steps import next_steps as of_meetings
from apps.outcomes.next_steps import next_steps as of_outcomes
from apps.outreach.next_steps import next_steps as of_outreach
from apps.outreach.next_steps import without_silenced
from apps.students.models import Cohort, Student, institution_zone
from apps.students.next_steps import NextStep, StepKind, Students

ORDER = [*StepKind]
"""Thanks come before everything else: somebody gave their time and waits for a word. Then what
has just been and what is about to be, then one's word and whoever offers a time; a beginning comes
before going on, and last what can wait a day longer."""


def next_steps(students: Students, now: datetime) -> list[NextStep]:
    """Return every step of these students in two queries: by kind, the longest due first."""
    return _in_order(_united(students, now), now)


def next_steps_of(student: Student, now: datetime) -> list[NextStep]:
    """Return the same for one student, quickly enough for the pages they turn to all the time."""
    return _in_order(_of_one.rows(student.pk, now), now)


def next_steps_of_class(cohort: Cohort, now: datetime) -> list[NextStep]:
    """Return the same for all students of a class, who left it included."""
    return _in_order(_of_class.rows(cohort.pk, now), now)


def _in_order(rows: Iterable[tuple[Any, ...]], now: datetime) -> list[NextStep]:
    steps = [NextStep(*row) for row in rows]
    steps = without_silenced(steps, local_date(now, institution_zone()))
    return sorted(steps, key=lambda step: (ORDER.index(StepKind(step.kind)), step.due_at))


def _united(students: Students, now: datetime) -> QuerySet[Any, Any]:
    asked = (of_meetings, of_contacts, of_outreach, of_outcomes, of_coaching)
    parts = [part for of_app in asked for part in of_app(students, now)]
    return parts[0].union(*parts[1:], all=True).order_by("pk")


_of_one = Prepared(lambda key, now: _united([key], now))
_of_class = Prepared(lambda key, now: _united(Student.objects.filter(enrolments__cohort=key), now))
