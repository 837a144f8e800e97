from datetime import date

import structlog
from django.db import transaction

from apps.accounts.models import User
from apps.contacts.fingerprints import fingerprint
from apps.contacts.models import Wish

log = structlog.get_logger(__name__)


@transaction.atomic
def record_wish(
    *,
    key: str,
    is_never: bool = False,
    paused_until: date | None = None,
    most_per_term: int | None = None,
    by: User | None,
) -> Wish:
    """Write down what the owner of an address or profile link asked for; it replaces the last word.

    An erasure stays, whatever they wish besides. `by` is None where they said so themselves.
    """
    wish, _ = Wish.objects.update_or_create(
        fingerprint=fingerprint(key),
        defaults={
            "is_never": is_never,
            "paused_until": paused_until,
            "most_per_term": most_per_term,
        },
    )
    log.info("wish recorded", wish=wish.pk, by=by and by.pk)
    return wish
