from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Greatest

from apps.contacts.models import Contact
from apps.meetings.models import Meeting, Status
from apps.outreach.models import Attempt
from apps.students.next_steps import StepKind, Students, last_minute_of, shape

WAIT = timedelta(days=7)
ASKED_FOR = timedelta(days=60)
"""A note that is two months old is a new beginning, not a follow-up."""
FIRST_NOTE_WITHIN = timedelta(days=7)
"""An introduction is fresh for a week: whoever gave the name may still speak of it."""


def next_steps(students: Students, now: datetime) -> list[QuerySet[Any, Any]]:
    """Return the introductions not taken up yet, and the notes that a week left unanswered."""
    unanswered = waiting_for_reply(students, now).filter(sent_at__lte=now - WAIT)
    due_at = F("sent_at") + Value(WAIT)
    return [
        _to_write_to(students, now),
        shape(unanswered, StepKind.FOLLOW_UP, happened_at="sent_at", due_at=due_at),
    ]


def waiting_for_reply(students: Students, now: datetime) -> QuerySet[Attempt]:
    """Return the latest note to each contact that no reply or meeting has followed."""
    of_contact = Attempt.objects.filter(contact=OuterRef("contact"))
    later = of_contact.filter(
        Q(sent_at__gt=OuterRef("sent_at"))
        | Q(sent_at=OuterRef("sent_at"), pk__gt=OuterRef("pk"))  # two channels at one moment
    )
    replied = of_contact.filter(replied_at__isnull=False)
    # Times that were proposed are one more thing that waits for an answer.
    met_since = Meeting.objects.filter(
        contact=OuterRef("contact"), starts_at__gte=OuterRef("sent_at")
    ).exclude(status=Status.PROPOSED)
    return Attempt.objects.unanswered().filter(
        ~Exists(later),
        ~Exists(replied.filter(replied_at__gte=OuterRef("sent_at"))),
        ~Exists(met_since),
        student__in=students,
        contact__erased_at__isnull=True,
        sent_at__gte=now - ASKED_FOR,
    )


def _to_write_to(students: Students, now: datetime) -> QuerySet[Any, Any]:
    """Return the people whom somebody named, and with whom nothing has begun yet."""
    of_contact = {"contact": OuterRef("pk")}
    named = (
        Contact.objects.active()
        .filter(
            ~Exists(Attempt.objects.filter(**of_contact)),
            ~Exists(Meeting.objects.filter(**of_contact)),
            student__in=students,
            introduced_by__isnull=False,
            erased_at__isnull=True,
        )
        .annotate(named_at=last_minute_of(Greatest("introduced_on", "listed_on")))
        .filter(named_at__gte=now - ASKED_FOR)
    )
    return shape(
        named,
        StepKind.WRITE_TO_REFERRAL,
        happened_at="named_at",
        due_at=F("named_at") + Value(FIRST_NOTE_WITHIN),
        detail="introduced_by__name",
        contact="",
    )
