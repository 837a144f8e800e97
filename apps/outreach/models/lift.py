from django.db import models

from apps.accounts.models import User
from apps.common.models import Row
from apps.contacts.models import Contact
from apps.students.models import Student


class CooldownLift(Row):
    """A counselor's word that a student may ask a contact, whoever wrote to that person before.

    It covers what had been sent when it was given; a later note of somebody else counts again.
    """

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="cooldown_lifts")
    contact = models.ForeignKey(
        Contact,
        on_delete=models.CASCADE,
        related_name="cooldown_lifts",
        db_constraint=False,  # the composite key (contact, student) stands in its place
    )
    lifted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="lifted_cooldowns")
    lifted_at = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"lift of a cooldown {self.pk}"
