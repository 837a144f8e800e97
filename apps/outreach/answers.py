"""What contacts have answered on their own pages, for the student who asked."""

from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, QuerySet

from apps.contacts.models import Contact
from apps.meetings.models import Meeting, Status
from apps.outreach.models import Answer, ContactAnswer
from apps.students.next_steps import Students

ASKED_FOR = timedelta(days=60)
"""After two months nobody remembers what was suggested; then it is a new beginning."""


def answers_of(contact: Contact) -> QuerySet[ContactAnswer]:
    """Return what this contact has answered, the latest first; see `outreach/_answers.html`."""
    return (
        ContactAnswer.objects.filter(link__contact=contact)
        .select_related("link")
        .order_by("-answered_at", "-pk")
    )


def answers_waiting(students: Students, now: datetime) -> QuerySet[ContactAnswer]:
    """Return the suggestions of other times to which the student has not said anything yet.

    That is: no time was agreed with the contact since, and they have answered nothing else. They
    come with `student_id` and `contact_id`, the longest waiting first.
    """
    contact = OuterRef("link__contact")
    agreed = Meeting.objects.filter(
        contact=contact,
        status__in=[Status.SCHEDULED, Status.HELD],
        starts_at__gt=OuterRef("answered_at"),
    )
    later = ContactAnswer.objects.filter(
        link__contact=contact, answered_at__gt=OuterRef("answered_at")
    )
    return (
        ContactAnswer.objects.filter(
            ~Exists(agreed),
            ~Exists(later),
            link__student__in=students,
            link__contact__erased_at__isnull=True,
            answer=Answer.OTHER_TIMES,
            answered_at__gte=now - ASKED_FOR,
        )
        .annotate(student_id=F("link__student_id"), contact_id=F("link__contact_id"))
        .select_related("link__contact")
        .order_by("answered_at", "pk")
    )
