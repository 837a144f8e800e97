from django.http import Http404

from apps.accounts.models import User
from apps.contacts.models import Contact
from apps.outreach.models import Attempt, ContactAnswer, ContactLink, Touch


def get_attempt_for_edit(user: User, pk: int) -> Attempt:
    """Return the attempt if it is the user's own. Raises Http404 for anybody else's."""
    attempt = Attempt.objects.select_related("student", "contact").filter(pk=pk).first()
    if attempt is None or attempt.student.user_id != user.pk:
        raise Http404("No such note.")
    return attempt


def get_touch_for_edit(user: User, pk: int) -> Touch:
    """Return what passed with a contact of the user's, while the contact still has details.

    Raises Http404.
    """
    touch = Touch.objects.select_related("student__user", "contact").filter(pk=pk).first()
    if touch is None or touch.student.user_id != user.pk or touch.contact.is_erased:
        raise Http404("No such touch.")
    return touch


def get_contact_in_care(user: User, pk: int) -> Contact:
    """Return a contact of a student whom the user looks after, never one of their own.

    Raises Http404.
    """
    contact = Contact.objects.visible_to(user).select_related("student").filter(pk=pk).first()
    if contact is None or contact.student.user_id == user.pk:
        raise Http404("No such contact.")
    return contact


def get_link_for_edit(user: User, pk: int) -> ContactLink:
    """Return the link if the user made it. Raises Http404 for anybody else's."""
    link = ContactLink.objects.select_related("student", "contact").filter(pk=pk).first()
    if link is None or link.student.user_id != user.pk:
        raise Http404("No such link.")
    return link


def get_answer_for_edit(user: User, pk: int) -> ContactAnswer:
    """Return what a contact of the user's answered, while the contact still has details.

    Raises Http404.
    """
    answers = ContactAnswer.objects.select_related("link__student__user", "link__contact")
    answer = answers.filter(pk=pk).first()
    if answer is None or answer.link.student.user_id != user.pk or answer.link.contact.is_erased:
        raise Http404("No such answer.")
    return answer
