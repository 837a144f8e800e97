"""The one list of what is open, which the Today page, the mail and the class board all show."""

from datetime import datetime

from django.db.models import QuerySet

from apps.meetings.next_steps import next_steps as of_meetings
from apps.outreach.next_steps import next_steps as of_outreach
from apps.students.models import Student
from apps.students.next_steps import NextStep


def next_steps(students: QuerySet[Student], now: datetime) -> list[NextStep]:
    """Return every step of these students in one query, what has been due longest first."""
    first, *others = [*of_meetings(students, now), *of_outreach(students, now)]
    rows = first.union(*others, all=True).order_by("step_due_at", "pk")
    return [NextStep(*row) for row in rows]
