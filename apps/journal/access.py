from django.http import Http404

from apps.accounts.models import User
from apps.contacts.models import Contact


def get_contact_for_view(user: User, pk: int) -> Contact:
    """Return the contact with its student and account if it is the user's own, erased or not.

    Raises Http404 for anybody else's.
    """
    contact = Contact.objects.select_related("student__user").filter(pk=pk).first()
    if contact is None or contact.student.user_id != user.pk:
        raise Http404("No such contact.")
    return contact
