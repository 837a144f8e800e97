"""What makes the question at a term's end still wanted, asked again just before it leaves.

This is an edge: the moment is read here.
"""

from collections.abc import Sequence

from django.utils import timezone

from apps.mail.conditions import all_still_wanted
from apps.mail.models import OutgoingEmail
from apps.outcomes.close_out import unanswered
from apps.outcomes.kinds import CLOSE_OUT


@all_still_wanted(CLOSE_OUT)
def are_still_unanswered(emails: Sequence[OutgoingEmail]) -> list[bool]:
    """Return for each whether nobody has said what the term brought, and it is worth asking."""
    keys = [int(email.subject_ref.partition(":")[2]) for email in emails]
    places = unanswered(None, timezone.now()).filter(pk__in=keys).order_by()
    open_still = set(places.values_list("pk", flat=True))
    return [key in open_still for key in keys]
