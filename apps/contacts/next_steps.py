from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, QuerySet, Value, When
from django.db.models.functions import Greatest

from apps.contacts.models import Contact
from apps.contacts.prompts import QUICK_START
from apps.students.calendar import start_of_day_of_student
from apps.students.models import Campaign
from apps.students.next_steps import StepKind, Students, enrolled, last_minute_of, shape

BEGUN_WITHIN = timedelta(days=7)
"""A week from the first day is enough for a sentence and five names."""
PURPOSE, PEOPLE = "purpose", "people"


def next_steps(students: Students, now: datetime) -> list[QuerySet[Any, Any]]:
    """Return who has still to say what they want to learn, or whom they could ask first.

    The detail says which of the two is next: the purpose, then the people.
    """
    purpose = Campaign.objects.filter(student=OuterRef("student")).exclude(purpose="")
    people = Contact.objects.filter(student=OuterRef("student")).order_by()
    beginning = (
        enrolled(students, now)
        .annotate(
            missing=Case(
                When(~Exists(purpose), then=Value(PURPOSE)),
                When(~Exists(people[QUICK_START - 1 : QUICK_START]), then=Value(PEOPLE)),
                default=Value(""),
                output_field=CharField(),
            ),
            begins_on=Greatest("enrolled_on", "cohort__term__starts_on"),
        )
        .exclude(missing="")
    )
    return [
        shape(
            beginning,
            StepKind.SET_UP_CAMPAIGN,
            happened_at=start_of_day_of_student(F("begins_on")),
            due_at=last_minute_of(F("begins_on") + Value(BEGUN_WITHIN)),
            detail="missing",
            contact=None,
        )
    ]
