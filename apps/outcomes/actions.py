from datetime import date

import structlog
from django.db import transaction

from apps.outcomes.models import Offer, Status

log = structlog.get_logger(__name__)


@transaction.atomic
def say_how_offer_ended(
    *, offer: Offer, status: Status, accepted_on: date | None, today: date
) -> Offer:
    """Write down what became of an offer; `accepted_on` is there for an accepted one only.

    One that is still open is asked about again, counted from `today`, the student's own.
    """
    locked = Offer.objects.select_for_update().get(pk=offer.pk)
    locked.status = status
    locked.accepted_on = accepted_on
    if status == Status.OPEN:
        locked.still_open_on = max(today, locked.received_on)
    locked.save(update_fields=["status", "accepted_on", "still_open_on"])
    log.info("offer told", offer=locked.pk, status=status)
    return locked
