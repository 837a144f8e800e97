from django.http import Http404

from apps.accounts.models import User
from apps.contacts.models import Contact
from apps.outreach.models import Attempt


def get_attempt_for_edit(user: User, pk: int) -> Attempt:
    """Return the attempt if it is the user's own. Raises Http404 for anybody else's."""
    attempt = Attempt.objects.select_related("student", "contact").filter(pk=pk).first()
    if attempt is None or attempt.student.user_id != user.pk:
        raise Http404("No such note.")
    return attempt


def get_contact_in_care(user: User, pk: int) -> Contact:
    """Return a contact of a student whom the user looks after, never one of their own.

    Raises Http404.
    """
    contact = Contact.objects.visible_to(user).select_related("student").filter(pk=pk).first()
    if contact is None or contact.student.user_id == user.pk:
        raise Http404("No such contact.")
    return contact
