from django.http import Http404

from apps.accounts.models import User
from apps.outcomes.models import Offer


def get_offer_for_edit(user: User, pk: int) -> Offer:
    """Return the offer if it is the user's own. Raises Http404 for anybody else's."""
    offer = Offer.objects.select_related("student__user").filter(pk=pk).first()
    if offer is None or offer.student.user_id != user.pk:
        raise Http404("No such offer.")
    return offer
