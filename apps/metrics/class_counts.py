"""Totals of classes: what may be seen of them without a look at any one student."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncDate
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual

from apps.common.localtime import local_date
from apps.meetings.models import Status
from apps.students.models import Cohort, institution_zone


@dataclass(frozen=True)
class ClassCount:
    """A class with how many students are in it and what they held together in its term."""

    cohort: Cohort
    students: int
    held: int
    planned: int

    @property
    def goal(self) -> int:
        return self.cohort.goal * self.students


def class_counts(cohorts: QuerySet[Cohort], now: datetime) -> Iterator[ClassCount]:
    """Yield the totals of each class, the latest term first; those who withdrew are left out."""
    zone = institution_zone()
    today = local_date(now, zone)
    here = Q(enrolments__withdrawn_on__isnull=True) | Q(enrolments__withdrawn_on__gt=today)
    meetings = "enrolments__student__meetings"
    day = TruncDate(f"{meetings}__starts_at", tzinfo=zone)
    held = Q(
        here,
        Q(**{f"{meetings}__status": Status.HELD, f"{meetings}__is_practice": False}),
        GreaterThanOrEqual(day, F("term__starts_on")),
        LessThanOrEqual(day, F("term__closes_on")),
    )
    counted = (
        cohorts.select_related("term")
        .annotate(
            student_count=Count("enrolments", filter=here, distinct=True),
            held_count=Count(meetings, filter=held, distinct=True),
        )
        .order_by("-term__starts_on", "name")
    )
    for cohort in counted:
        students = cohort.student_count
        yield ClassCount(cohort, students, cohort.held_count, cohort.planned_by(today) * students)
