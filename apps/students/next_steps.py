"""The shape in which every app says what its rows ask of a student. Nothing here is stored.

A step is derived from the rows as they are now; it is gone the moment the work is done.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F, QuerySet, Value

from apps.students.models import Student

Students = QuerySet[Student] | list[int]
"""Whose steps are asked for: a query, or keys. PostgreSQL plans in half the time for a key."""


class StepKind(models.TextChoices):
    SAY_HOW_IT_WENT = "say_how_it_went", "Say how the conversation went"
    THANK = "thank", "Send a thank-you"
    FOLLOW_UP = "follow_up", "Follow up"


@dataclass(frozen=True)
class NextStep:
    """One thing to do: what (`kind`), about which row (`subject`), with whom, since when, by when.

    `happened_at` is the moment that gave rise to the step: the meeting's start, the note's date.
    """

    kind: str
    student: int
    subject: int
    contact: int
    contact_name: str
    organization: str
    happened_at: datetime
    due_at: datetime

    def is_overdue(self, now: datetime) -> bool:
        return self.due_at < now


def shape(
    rows: QuerySet[Any],
    kind: StepKind,
    *,
    happened_at: str,
    due_at: models.expressions.Combinable,
) -> QuerySet[Any, Any]:
    """Return `rows` (which have a student and a contact) as tuples in the order of NextStep."""
    return rows.annotate(
        step_kind=Value(kind.value, output_field=models.CharField()),
        step_happened_at=F(happened_at),
        step_due_at=due_at,
    ).values_list(
        "step_kind",
        "student_id",
        "pk",
        "contact_id",
        "contact__name",
        "contact__organization",
        "step_happened_at",
        "step_due_at",
    )
