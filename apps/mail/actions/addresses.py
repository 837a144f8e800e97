"""Which addresses take no mail."""

from datetime import timedelta

import structlog
from django.db.models.functions import Now

from apps.mail.models import StopReason, Suppression, lower

log = structlog.get_logger(__name__)


def suppress(*, address: str, reason: StopReason, period: timedelta | None = None) -> Suppression:
    """Send nothing but essential mail to the address, for so long or until somebody lifts it.

    What holds for good is not shortened by what holds for a while.
    """
    until = Now() + period if period else None
    row, is_new = Suppression.objects.get_or_create(
        address=lower(address), defaults={"reason": reason, "until": until}
    )
    if not is_new and row.until is not None:
        Suppression.objects.filter(pk=row.pk).update(reason=reason, since=Now(), until=until)
    log.info("mail.address_suppressed", suppression=row.pk, reason=reason.value)
    return row


def lift(*, suppression: Suppression) -> None:
    """Write to the address again, from the next mail on."""
    pk = suppression.pk
    suppression.delete()
    log.info("mail.address_lifted", suppression=pk)
