"""What speaks against a mail besides its kind's own condition: the person's no, or the address."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower

from apps.accounts.models import User
from apps.mail.kinds import is_essential
from apps.mail.models import OutgoingEmailQuerySet, Reason, Refusal, State, Suppression, lower


def objection_to(kind: str, to: User) -> dict[str, Any] | None:
    """Return the end of a mail that had better not be queued, or None."""
    if is_essential(kind):
        return None
    if Refusal.objects.filter(user=to, kind=kind).exists():
        return {"state": State.CANCELLED, "reason": Reason.REFUSED}
    if Suppression.objects.in_force().filter(address=lower(to.email)).exists():
        return {"state": State.SUPPRESSED}
    return None


def with_objections(emails: OutgoingEmailQuerySet) -> Any:
    """Let each mail know `is_refused` and `is_suppressed`, in the query that fetches it."""
    no = Refusal.objects.filter(user=OuterRef("recipient"), kind=OuterRef("kind"))
    stop = Suppression.objects.in_force().filter(address=Lower(OuterRef("to_address")))
    return emails.annotate(is_refused=Exists(no), is_suppressed=Exists(stop))
