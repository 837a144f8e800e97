"""Time that passes without waiting. Senders look at the database's clock, so rows are moved."""

from datetime import timedelta

from django.db.models.functions import Now

from apps.mail.models import OutgoingEmail


def let_time_pass(email: OutgoingEmail) -> None:
    """Let the wait of a pending mail, or the lease of a claimed one, be over."""
    row = OutgoingEmail.objects.filter(pk=email.pk)
    row.pending().update(next_try_at=Now())
    row.sending().update(lease_until=Now() - timedelta(seconds=1))
