"""The student's own weeks: conversations held, beside jobs applied for if they count these."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from apps.common.localtime import local_date, start_of_day
from apps.meetings.models import Meeting, Status
from apps.students.models import EffortWeek, Student

WEEKS = 8


@dataclass(frozen=True)
class Effort:
    """One week from its Monday on. `applied_for` is None where the student did not count."""

    week_of: date
    held: int
    applied_for: int | None


def effort_of(student: Student, today: date) -> list[Effort]:
    """Return the last weeks, the running one first; days are the student's, practice is left out.

    Empty weeks before the first in which anything happened are left out.
    """
    monday = today - timedelta(days=today.weekday())
    first = monday - timedelta(weeks=WEEKS - 1)
    held: Counter[date] = Counter()
    meetings = Meeting.objects.filter(
        student=student,
        status=Status.HELD,
        is_practice=False,
        starts_at__gte=start_of_day(first, student.zone),
    ).order_by()
    for starts_at in meetings.values_list("starts_at", flat=True):
        day = local_date(starts_at, student.zone)
        held[day - timedelta(days=day.weekday())] += 1
    counted = EffortWeek.objects.filter(student=student, week_of__gte=first).order_by()
    applied_for = dict(counted.values_list("week_of", "applied_for"))
    weeks = [monday - timedelta(weeks=number) for number in range(WEEKS)]
    begun = min([*held, *applied_for, monday])
    return [Effort(week, held[week], applied_for.get(week)) for week in weeks if week >= begun]
