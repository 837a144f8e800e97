"""One text of the library, offered where it helps."""

from django import template

from apps.coaching.models import Place, Resource
from apps.meetings.models import Meeting, Status
from apps.outreach.models import Attempt
from apps.students.models import Student

register = template.Library()


@register.inclusion_tag("coaching/_resource_offer.html")
def resource_for_empty_list() -> dict[str, object]:
    """Offer what helps to think of people."""
    return {"offered": _offered(Place.EMPTY_LIST), "words": "New to this?"}


@register.inclusion_tag("coaching/_resource_offer.html")
def resource_for_first_note(student: Student) -> dict[str, object]:
    """Offer what helps with a first note, until one has been sent."""
    has_begun = Attempt.objects.filter(student=student).exists()
    offered = None if has_begun else _offered(Place.FIRST_DRAFT)
    return {"offered": offered, "words": "Your first note?"}


@register.inclusion_tag("coaching/_resource_offer.html")
def resource_for_first_talk(student: Student) -> dict[str, object]:
    """Offer what helps before the first conversation, until one has been held."""
    has_begun = Meeting.objects.filter(student=student, status=Status.HELD).exists()
    offered = None if has_begun else _offered(Place.FIRST_CONVERSATION)
    return {"offered": offered, "words": "Your first conversation?"}


def _offered(place: Place) -> Resource | None:
    """Return the newest of that place: counselors add what suits their class better."""
    return Resource.objects.filter(place=place, is_retired=False).order_by("-pk").first()
