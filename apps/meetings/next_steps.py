from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import F, QuerySet, Value

from apps.meetings.models import ENDS_AT, Meeting
from apps.students.next_steps import StepKind, Students, shape

ASKED_FOR = timedelta(days=30)
"""How long a conversation stays on the list. After a month a late note does more harm than good."""


def next_steps(students: Students, now: datetime) -> list[QuerySet[Any, Any]]:
    """Return the conversations whose end has passed unrecorded, and the thank-yous still open."""
    recent = (
        Meeting.objects.filter(student__in=students)
        .annotate(ends_at=ENDS_AT)
        .filter(ends_at__lte=now, ends_at__gte=now - ASKED_FOR)
    )
    return [
        shape(
            recent.scheduled(),
            StepKind.SAY_HOW_IT_WENT,
            happened_at="starts_at",
            due_at=F("ends_at"),
        ),
        shape(
            recent.unthanked().filter(contact__erased_at__isnull=True),
            StepKind.THANK,
            happened_at="starts_at",
            due_at=F("ends_at") + Value(timedelta(hours=settings.THANK_YOU_HOURS)),
        ),
    ]
