from django.http import Http404

from apps.accounts.models import User
from apps.outreach.models import Attempt


def get_attempt_for_edit(user: User, pk: int) -> Attempt:
    """Return the attempt if it is the user's own. Raises Http404 for anybody else's."""
    attempt = Attempt.objects.select_related("student", "contact").filter(pk=pk).first()
    if attempt is None or attempt.student.user_id != user.pk:
        raise Http404("No such note.")
    return attempt
