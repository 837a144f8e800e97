"""Who is behind the pace of the term by a whole week or more, judged once a week.

The plan rises evenly from the term's first day to its last, as `Cohort.planned_by` counts it.
"""

from datetime import datetime

from django.conf import settings
from django.db.models import (
    DateField,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Greatest

from apps.meetings.models import Meeting
from apps.students.calendar import days_between, start_of_day_in
from apps.students.models import Enrolment
from apps.students.next_steps import Students, enrolled

WEEK = Value(7)


def behind_pace(students: Students, now: datetime) -> QuerySet[Enrolment]:
    """Return the places of those who had fallen behind when this week of the term began.

    Annotated: the day on which that was (`week_begins_on`), and how many conversations fewer than
    planned by then they have held by now (`missing`): no fewer than the plan asks for in a week,
    and so one at least. Nobody is asked in a first week, the term's or their own, nor once the
    term is over.
    """
    goal = Cast("cohort__goal", IntegerField())
    begins_on, ends_on = F("cohort__term__starts_on"), F("cohort__term__ends_on")
    days = days_between(begins_on, ends_on)
    return (
        enrolled(students, now)
        .annotate(
            own_days=days_between(Greatest("enrolled_on", begins_on), F("today")),
            weeks=days_between(begins_on, F("today")) / WEEK,
        )
        .filter(own_days__gte=WEEK, cohort__term__ends_on__gte=F("today"))
        .annotate(
            week_begins_on=_date(begins_on + F("weeks") * WEEK),
            missing=goal * F("weeks") * WEEK / days - _held(now),
        )
        .filter(missing__gte=(goal * WEEK + days - Value(1)) / days)  # rounded up
    )


def _held(now: datetime) -> Subquery:
    """Count the conversations of the term; PostgreSQL's zero where there is none."""
    zone = Value(settings.INSTITUTION_TIME_ZONE)
    begins_at = start_of_day_in(zone, OuterRef("cohort__term__starts_on"))
    held = Meeting.objects.held().filter(
        student=OuterRef("student"), starts_at__gte=begins_at, starts_at__lte=now
    )
    number = Func(F("pk"), template="count(*)", output_field=IntegerField())
    return Subquery(held.order_by().annotate(number=number).values("number"))


def _date(day: Combinable) -> ExpressionWrapper:
    return ExpressionWrapper(day, output_field=DateField())
