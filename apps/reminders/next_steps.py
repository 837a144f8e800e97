"""The one list of what is open, which the Today page, the mail and the class board all show."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from apps.common.localtime import local_date
from apps.common.prepared import Prepared, Statement
from apps.meetings.next_steps import next_steps as of_meetings
from apps.outreach.next_steps import next_steps as of_outreach
from apps.outreach.next_steps import with_keys, without_silenced
from apps.students.models import Student, institution_zone
from apps.students.next_steps import NextStep, StepKind, Students

ORDER = [*StepKind]
"""Thanks come before everything else: somebody gave their time and waits for a word. Then what
has just been and what is about to be, then one's word, and last what can wait a day longer."""

_PLACES = {kind.value: place for place, kind in enumerate(ORDER)}


def next_steps(students: Students, now: datetime) -> list[NextStep]:
    """Return every step of these students: by kind, the longest due first.

    One query while nobody in the programme wants to be left alone, else two.
    """
    return _in_order(_united(students, now), now)


def next_steps_of(student: Student, now: datetime) -> list[NextStep]:
    """Return the same for one student, quickly enough for the pages they turn to all the time."""
    return _in_order(_of_one.rows(student.pk, now), now)


def _in_order(rows: Iterable[tuple[Any, ...]], now: datetime) -> list[NextStep]:
    steps = without_silenced(rows, local_date(now, institution_zone()))
    return sorted(steps, key=lambda step: (_PLACES[step.kind], step.due_at, step.subject))


def _united(students: Students, now: datetime) -> Statement:
    parts = [*of_meetings(students, now), *of_outreach(students, now)]
    return with_keys(Statement.union(parts), now)


_of_one = Prepared(lambda key, now: _united([key], now))
