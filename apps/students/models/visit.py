from datetime import datetime, timedelta
from typing import Self

from django.db import models

from apps.accounts.models import User
from apps.common.models import Row, one_of
from apps.students.models.student import Student


class Reason(models.TextChoices):
    """Why somebody looks at a student's record: the legitimate educational interest of FERPA."""

    CLASS = "class", "Looking after the class"
    REPORT = "report", "Checking the report"
    SUPPORT = "support", "Helping with a question"


LASTS = timedelta(hours=8)
"""How long a record stays open to whoever gave a reason: a working day."""


class RecordVisitQuerySet(models.QuerySet["RecordVisit"]):
    def open(self, now: datetime) -> Self:
        return self.filter(visited_at__gt=now - LASTS, visited_at__lte=now)


class RecordVisit(Row):
    """Somebody looked at a student's record. The student can read who, when and why."""

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="record_visits")
    viewer = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="record_visits"
    )
    reason = models.CharField(max_length=20, choices=Reason)
    visited_at = models.DateTimeField()

    objects = RecordVisitQuerySet.as_manager()

    class Meta:
        constraints = [one_of("reason", Reason, table="students_recordvisit")]

    def __str__(self) -> str:
        return f"visit {self.pk}"
