from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from apps.common.models import Row
from apps.students.models.student import Student


def short_lines() -> ArrayField:
    """Return a field for a short list of one-line texts, in the student's own order."""
    return ArrayField(models.CharField(max_length=200), default=list, blank=True)


class Campaign(Row):
    """What a student wants to learn, and from whom: first the roles, then where, then who.

    It asks for direction only. Nothing on it is ever scored, and all of it may stay empty.
    """

    student = models.OneToOneField(Student, on_delete=models.CASCADE, related_name="campaign")
    purpose = models.TextField(blank=True, max_length=2000)
    target_roles = short_lines()
    target_organizations = short_lines()
    target_people = short_lines()
    saved_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"campaign {self.pk}"

    @property
    def is_set(self) -> bool:
        return bool(self.purpose)
