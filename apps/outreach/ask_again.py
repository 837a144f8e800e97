"""When to ask somebody again who answered "later": on the day that they or the student named."""

from datetime import datetime
from typing import Any

from django.db.models import DateField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Value

from apps.meetings.models import Meeting, Status
from apps.outreach.follow_up import FORGOTTEN_AFTER
from apps.outreach.models import Attempt, Reply
from apps.students import calendar
from apps.students.next_steps import Students


def due(students: Students, now: datetime) -> QuerySet[Any, Any]:
    """Return the notes that were answered with a day which has come, and nothing else since.

    Annotated with the moments at which that day begins and ends for the student (`opens_at`,
    `closes_at`). A note sent since, a conversation, proposed times or a later answer end it.
    """
    others = Attempt.objects.filter(contact=OuterRef("contact"))
    since = others.filter(
        Q(sent_at__gt=OuterRef("replied_at")) | Q(replied_at__gt=OuterRef("replied_at"))
    )
    meetings = Meeting.objects.filter(contact=OuterRef("contact"))
    talks = meetings.filter(
        Q(status__in=[Status.SCHEDULED, Status.HELD], starts_at__gte=OuterRef("replied_at"))
        | Q(status=Status.PROPOSED, created_at__gte=OuterRef("replied_at"))
    )
    day_after = ExpressionWrapper(F("ask_again_on") + Value(1), output_field=DateField())
    return (
        Attempt.objects.filter(
            ~Exists(since),
            ~Exists(talks),
            student__in=students,
            reply=Reply.LATER,
            ask_again_on__isnull=False,
            replied_at__lte=now,
            contact__erased_at__isnull=True,
            contact__archived_at__isnull=True,
        )
        .annotate(
            opens_at=calendar.start_of_day_of_student(F("ask_again_on")),
            closes_at=calendar.start_of_day_of_student(day_after),
        )
        .filter(opens_at__lte=now, opens_at__gte=now - FORGOTTEN_AFTER)
    )
