"""The one list of what is open, which the Today page, the mail and the class board all show."""

from datetime import datetime

from django.db.models import QuerySet

from apps.meetings.next_steps import next_steps as of_meetings
from apps.outreach.next_steps import next_steps as of_outreach
from apps.students.models import Student
from apps.students.next_steps import NextStep, StepKind

ORDER = [StepKind.THANK, StepKind.SAY_HOW_IT_WENT, StepKind.FOLLOW_UP]
"""Thanks come before everything else: somebody gave their time and waits for a word."""


def next_steps(students: QuerySet[Student], now: datetime) -> list[NextStep]:
    """Return every step of these students in one query: by kind, the longest due first."""
    first, *others = [*of_meetings(students, now), *of_outreach(students, now)]
    steps = [NextStep(*row) for row in first.union(*others, all=True).order_by("pk")]
    return sorted(steps, key=lambda step: (ORDER.index(StepKind(step.kind)), step.due_at))
