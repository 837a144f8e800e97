from datetime import datetime

from django.db import transaction

from apps.outreach.models import Attempt, Reply


@transaction.atomic
def record_reply(*, attempt: Attempt, reply: Reply, now: datetime) -> Attempt:
    """Write down what the contact answered. A second word on it corrects the first."""
    attempt = Attempt.objects.select_for_update().get(pk=attempt.pk)
    attempt.reply = reply
    attempt.replied_at = attempt.replied_at or now
    attempt.save(update_fields=["reply", "replied_at"])
    return attempt
