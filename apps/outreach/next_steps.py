from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value

from apps.meetings.models import Meeting
from apps.outreach.models import Attempt
from apps.students.next_steps import StepKind, Students, shape

WAIT = timedelta(days=7)
ASKED_FOR = timedelta(days=60)
"""A note that is two months old is a new beginning, not a follow-up."""


def next_steps(students: Students, now: datetime) -> list[QuerySet[Any, Any]]:
    """Return the latest note to each contact that a week has left without reply or meeting."""
    of_contact = Attempt.objects.filter(contact=OuterRef("contact"))
    later = of_contact.filter(
        Q(sent_at__gt=OuterRef("sent_at"))
        | Q(sent_at=OuterRef("sent_at"), pk__gt=OuterRef("pk"))  # two channels at one moment
    )
    replied = of_contact.filter(replied_at__isnull=False)
    met_since = Meeting.objects.filter(
        contact=OuterRef("contact"), starts_at__gte=OuterRef("sent_at")
    )
    waiting = Attempt.objects.unanswered().filter(
        ~Exists(later),
        ~Exists(replied.filter(replied_at__gte=OuterRef("sent_at"))),
        ~Exists(met_since),
        student__in=students,
        contact__erased_at__isnull=True,
        sent_at__lte=now - WAIT,
        sent_at__gte=now - ASKED_FOR,
    )
    return [
        shape(waiting, StepKind.FOLLOW_UP, happened_at="sent_at", due_at=F("sent_at") + Value(WAIT))
    ]
