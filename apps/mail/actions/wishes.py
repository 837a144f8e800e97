"""What a person says about a kind of mail."""

from django.db import transaction

from apps.accounts.models import User
from apps.mail.kinds import is_essential
from apps.mail.models import OutgoingEmail, Reason, Refusal, State


@transaction.atomic
def refuse(*, user: User, kind: str) -> None:
    """Send the person no more mails of this kind; what waits for them is cancelled.

    Raises ValueError for a kind that nobody can refuse.
    """
    if is_essential(kind):
        raise ValueError(f"Mails of kind {kind} are essential.")
    Refusal.objects.get_or_create(user=user, kind=kind)
    waiting = OutgoingEmail.objects.unmarked().filter(recipient=user, kind=kind)
    waiting.end(State.CANCELLED, reason=Reason.REFUSED)


def accept(*, user: User, kind: str) -> None:
    """Send the person mails of this kind again, from the next one on."""
    Refusal.objects.filter(user=user, kind=kind).delete()
