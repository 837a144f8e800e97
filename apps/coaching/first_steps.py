"""What is open first for each of some students, in words that name nobody whom they know."""

from collections.abc import Collection
from datetime import datetime

from apps.coaching.next_steps import next_steps as of_coaching
from apps.common.localtime import local_date
from apps.common.prepared import Statement
from apps.contacts.next_steps import next_steps as of_contacts
from apps.meetings.next_steps import next_steps as of_meetings
from apps.outcomes.next_steps import next_steps as of_outcomes
from apps.outreach.next_steps import next_steps as of_outreach
from apps.outreach.next_steps import with_keys, without_silenced
from apps.students.models import Student, institution_zone
from apps.students.next_steps import StepKind


def first_steps(students: Collection[Student], now: datetime) -> dict[int, str]:
    """Return the words by student, "send a thank-you"; whoever has nothing open is left out."""
    keys = [student.pk for student in students]
    asked = (of_meetings, of_contacts, of_outreach, of_outcomes, of_coaching)
    united = Statement.union(part for of_app in asked for part in of_app(keys, now))
    steps = without_silenced(with_keys(united, now), local_date(now, institution_zone()))
    order: list[str] = [*StepKind]
    found: dict[int, str] = {}
    for step in sorted(steps, key=lambda step: (order.index(step.kind), step.due_at)):
        label = str(StepKind(step.kind).label)
        found.setdefault(step.student, label[0].lower() + label[1:])
    return found
