from django.db import models
from django.db.models import F, Q

from apps.common.models import Row
from apps.contacts.models.contact import Contact
from apps.students.models import Student


class NotDuplicate(Row):
    """The student's word that two contacts are two people, however alike they look.

    The older contact comes first, so that each pair has one row.
    """

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="not_duplicates")
    first = models.ForeignKey(
        Contact,
        on_delete=models.CASCADE,
        related_name="not_duplicates_as_first",
        db_constraint=False,  # the composite key (first, student) stands in its place
    )
    second = models.ForeignKey(
        Contact,
        on_delete=models.CASCADE,
        related_name="not_duplicates_as_second",
        db_constraint=False,  # likewise
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="contacts_notduplicate_once"),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="contacts_notduplicate_older_first"
            ),
        ]

    def __str__(self) -> str:
        return f"two people {self.pk}"
