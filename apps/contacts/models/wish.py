from django.db import models
from django.db.models import Q

from apps.common.models import Row


class Wish(Row):
    """What a person who is asked wants, whichever students have them on their lists.

    `fingerprint` is a keyed digest of an address or a profile link, so that the table names nobody
    and an erased person stays erased when a file brings them again. A person with several
    addresses has several rows.
    """

    fingerprint = models.CharField(max_length=64, unique=True)
    is_never = models.BooleanField(default=False, help_text="Does not want to be asked any more.")
    paused_until = models.DateField(null=True, blank=True)
    most_per_term = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="At most so many students may ask in a term."
    )
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(most_per_term__isnull=True) | Q(most_per_term__gte=1),
                name="contacts_wish_cap_is_positive",
            ),
        ]

    def __str__(self) -> str:
        return f"wish {self.pk}"
