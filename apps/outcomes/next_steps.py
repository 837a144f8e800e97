from datetime import datetime, timedelta
from typing import Any

from django.db.models import DateField, ExpressionWrapper, F, QuerySet, Value
from django.db.models.functions import Coalesce

from apps.outcomes.close_out import unanswered
from apps.outcomes.models import Offer, Status
from apps.students.calendar import start_of_day_of_student, today_of_student
from apps.students.next_steps import StepKind, Students, last_minute_of, shape

ASKED_EVERY = 14
"""Days that an offer stays open without a question: from its arrival, and from each answer."""
ANSWERED_WITHIN = timedelta(days=7)
FORGOTTEN_AFTER = 180
"""Half a year later the question comes too late to be of use to anybody."""


def next_steps(students: Students, now: datetime) -> list[QuerySet[Any, Any]]:
    """Return the offers of which nobody has said for two weeks how they ended.

    And the terms that have ended without a word on whether they brought an offer.
    """
    said_on = Coalesce("still_open_on", "received_on")
    waiting = (
        Offer.objects.filter(student__in=students, status=Status.OPEN)
        .annotate(
            today=today_of_student(now),
            ask_on=ExpressionWrapper(said_on + Value(ASKED_EVERY), output_field=DateField()),
        )
        .filter(
            ask_on__lte=F("today"),
            received_on__gte=ExpressionWrapper(
                F("today") - Value(FORGOTTEN_AFTER), output_field=DateField()
            ),
        )
    )
    return [
        shape(
            waiting,
            StepKind.CONFIRM_OFFER,
            happened_at=start_of_day_of_student(F("received_on")),
            due_at=last_minute_of(F("ask_on") + Value(ANSWERED_WITHIN)),
            contact=None,
            organization="organization",
        ),
        shape(
            unanswered(students, now),
            StepKind.CLOSE_OUT,
            happened_at=start_of_day_of_student(F("cohort__term__ends_on")),
            due_at=last_minute_of(F("cohort__term__closes_on")),
            detail="cohort__term__name",
            contact=None,
        ),
    ]
