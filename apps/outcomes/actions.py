from datetime import date, datetime

import structlog
from django.db import transaction

from apps.accounts.models import User
from apps.outcomes.models import Offer, Status, StatusChange

log = structlog.get_logger(__name__)


@transaction.atomic
def say_how_offer_ended(
    *, offer: Offer, status: Status, accepted_on: date | None, by: User, now: datetime
) -> Offer:
    """Write down what became of an offer; `accepted_on` is there for an accepted one only.

    One that is still open is asked about again, counted from the student's own day.
    """
    today = offer.student.today(now)
    locked = Offer.objects.select_for_update().get(pk=offer.pk)
    if (locked.status, locked.accepted_on) != (status, accepted_on):
        StatusChange.objects.create(
            offer=locked, status=status, changed_on=accepted_on or today, said_by=by, said_at=now
        )
    locked.status = status
    locked.accepted_on = accepted_on
    if status == Status.OPEN:
        locked.still_open_on = max(today, locked.received_on)
    locked.save(update_fields=["status", "accepted_on", "still_open_on"])
    log.info("offer told", offer=locked.pk, status=status)
    return locked
