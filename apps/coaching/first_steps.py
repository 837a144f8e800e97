"""What is open first for each of some students, in words that name nobody whom they know."""

from collections.abc import Collection
from datetime import datetime

from apps.coaching.next_steps import next_steps as of_coaching
from apps.common.localtime import local_date
from apps.meetings.next_steps import next_steps as of_meetings
from apps.outreach.next_steps import next_steps as of_outreach
from apps.outreach.next_steps import without_silenced
from apps.students.models import Student, institution_zone
from apps.students.next_steps import NextStep, StepKind


def first_steps(students: Collection[Student], now: datetime) -> dict[int, str]:
    """Return the words by student, "send a thank-you"; whoever has nothing open is left out."""
    keys = [student.pk for student in students]
    parts = [*of_meetings(keys, now), *of_outreach(keys, now), *of_coaching(keys, now)]
    steps = [NextStep(*row) for row in parts[0].union(*parts[1:], all=True)]
    steps = without_silenced(steps, local_date(now, institution_zone()))
    order: list[str] = [*StepKind]
    found: dict[int, str] = {}
    for step in sorted(steps, key=lambda step: (order.index(step.kind), step.due_at)):
        label = str(StepKind(step.kind).label)
        found.setdefault(step.student, label[0].lower() + label[1:])
    return found
