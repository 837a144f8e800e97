"""What speaks against a mail besides its kind's own condition: the person's no, or the address."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower

from apps.accounts.models import User
from apps.mail.kinds import is_essential
from apps.mail.models import OutgoingEmailQuerySet, Reason, Refusal, State, Suppression, lower


def objections_to(mails: Sequence[tuple[str, User]]) -> list[dict[str, Any] | None]:
    """Return for each mail (its kind and reader) the end it had better be queued in, or None."""
    users = {user.pk for _, user in mails}
    refused = set(Refusal.objects.filter(user__in=users).order_by().values_list("user", "kind"))
    addresses = {lower(user.email) for _, user in mails}
    stopped = set(
        Suppression.objects.in_force()
        .filter(address__in=addresses)
        .order_by()
        .values_list("address", flat=True)
    )

    def objection_to(kind: str, user: User) -> dict[str, Any] | None:
        if is_essential(kind):
            return None
        if (user.pk, kind) in refused:
            return {"state": State.CANCELLED, "reason": Reason.REFUSED}
        return {"state": State.SUPPRESSED} if lower(user.email) in stopped else None

    return [objection_to(kind, user) for kind, user in mails]


def with_objections(emails: OutgoingEmailQuerySet) -> Any:
    """Let each mail know `is_refused` and `is_suppressed`, in the query that fetches it."""
    no = Refusal.objects.filter(user=OuterRef("recipient"), kind=OuterRef("kind"))
    stop = Suppression.objects.in_force().filter(address=Lower(OuterRef("to_address")))
    return emails.annotate(is_refused=Exists(no), is_suppressed=Exists(stop))
