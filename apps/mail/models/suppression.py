from datetime import timedelta
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower, Now

from apps.accounts.models import User
from apps.common.models import Row, one_of
from apps.mail.models.outgoing import OutgoingEmail

# So many passing failures within so long, and the address is left alone for as long.
SOFT_BOUNCES = 3
SOFT_PERIOD = timedelta(days=14)


def lower(address: str) -> str:
    """Return the address as the tables about addresses keep it."""
    return address.strip().lower()


class StopReason(models.TextChoices):
    """Why an address takes no mail, in words for whoever looks after it."""

    REFUSED = "refused", "The mail server knows no such mailbox"
    BOUNCED = "bounced", "A mail came back for good"
    SOFT = "soft", "Several mails came back within two weeks"
    COMPLAINT = "complaint", "Its reader called our mail spam"
    BY_HAND = "by hand", "Entered by hand"


class SuppressionQuerySet(models.QuerySet["Suppression"]):
    def in_force(self) -> Self:
        return self.filter(Q(until=None) | Q(until__gt=Now()))


class Suppression(Row):
    """An address that takes no mail. Only essential mails are still tried.

    It belongs to the address and not to the person, so a corrected address starts afresh.
    """

    address = models.EmailField(max_length=254, unique=True)
    reason = models.CharField(max_length=20, choices=StopReason)
    since = models.DateTimeField(db_default=Now())
    until = models.DateTimeField(null=True, blank=True)

    objects = SuppressionQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("reason", StopReason, table="mail_suppression"),
            models.CheckConstraint(
                condition=Q(address=Lower("address")), name="mail_suppression_address_lower_case"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=models.F("since")),
                name="mail_suppression_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"suppression {self.pk}"


class Severity(models.TextChoices):
    HARD = "hard", "For good"
    SOFT = "soft", "For now"


class Bounce(Row):
    """A report that one of our mails did not arrive. The same report twice is one row."""

    email = models.ForeignKey(
        OutgoingEmail, on_delete=models.SET_NULL, null=True, blank=True, related_name="bounces"
    )
    address = models.EmailField(max_length=254)
    severity = models.CharField(max_length=10, choices=Severity)
    status = models.CharField(
        max_length=12, blank=True, help_text="The report's own, like 5.1.1 (RFC 3463)."
    )
    digest = models.CharField(
        max_length=64, unique=True, help_text="Of the report's Message-ID, or of all its bytes."
    )

    class Meta:
        indexes = [models.Index(fields=["address", "created_at"], name="mail_bounce_by_address")]
        constraints = [
            one_of("severity", Severity, table="mail_bounce"),
            models.CheckConstraint(
                condition=Q(address=Lower("address")), name="mail_bounce_address_lower_case"
            ),
        ]

    def __str__(self) -> str:
        return f"bounce {self.pk}"


def unreachable(users: models.QuerySet[User]) -> models.QuerySet[User]:
    """Return those of the people whose address takes no mail at present."""
    of_address = Suppression.objects.in_force().filter(address=OuterRef("email"))
    return users.filter(Exists(of_address))
