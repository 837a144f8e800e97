from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, QuerySet, Value

from apps.coaching.models import Question, Submission
from apps.students.next_steps import StepKind, Students, shape

READ_WITHIN = timedelta(days=3)
"""Feedback helps while the work is fresh."""
ASKED_FOR = timedelta(days=30)


def next_steps(students: Students, now: datetime) -> list[QuerySet[Any, Any]]:
    """Return what came back from a counselor and has not been seen yet."""
    returned = Submission.objects.filter(
        student__in=students, seen_at__isnull=True, returned_at__gte=now - ASKED_FOR
    )
    answered = Question.objects.filter(
        student__in=students, seen_at__isnull=True, answered_at__gte=now - ASKED_FOR
    )
    return [
        shape(
            returned,
            StepKind.READ_FEEDBACK,
            happened_at="returned_at",
            due_at=F("returned_at") + Value(READ_WITHIN),
            detail="piece",
            contact=None,
        ),
        shape(
            answered,
            StepKind.READ_ANSWER,
            happened_at="answered_at",
            due_at=F("answered_at") + Value(READ_WITHIN),
            contact=None,
        ),
    ]
