"""Mail that is due, and time that passes without waiting.

Senders look at the database's clock, which no test can freeze, so rows are moved instead.
"""

from datetime import timedelta
from itertools import count
from typing import Any

from django.db.models.functions import Now
from django.utils import timezone

from apps.accounts.models import User
from apps.mail.models import OutgoingEmail
from tests.mail.factories import OutgoingEmailFactory

numbers = count(1)


def due_mail(to: User | None, **fields: Any) -> OutgoingEmail:
    """Queue a mail that has been due for about a minute; each is due a little later."""
    number = next(numbers)
    words = {"subject": f"Mail {number}", "text_body": f"Text of mail {number}\n.\n..and dots\n"}
    due_at = timezone.now() - timedelta(minutes=1) + timedelta(milliseconds=number)
    return OutgoingEmailFactory.create(
        recipient=to, **{"kind": "trial", "due_at": due_at, **words, **fields}
    )


def let_time_pass(email: OutgoingEmail) -> None:
    """Let the wait of a pending mail, or the lease of a claimed one, be over."""
    row = OutgoingEmail.objects.filter(pk=email.pk)
    row.pending().update(next_try_at=Now())
    row.sending().update(lease_until=Now() - timedelta(seconds=1))
