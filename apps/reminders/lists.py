"""What a list says on a day: derived from the rows as they are, when queued and when sent."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.common.localtime import local_date
from apps.reminders.audience import gone
from apps.reminders.kinds import CLASS_DIGEST, STUDENT_DIGEST, URGENT_TODAY
from apps.reminders.models import Digest, Preference
from apps.reminders.next_steps import next_steps, next_steps_of_many
from apps.reminders.rhythm import Rhythm
from apps.students.models import Cohort, Enrolment, Student, institution_zone
from apps.students.next_steps import NextStep, StepKind

URGENT = {StepKind.THANK, StepKind.KEEP_PROMISE}
"""What loses its worth when the day has passed, and so does not wait for the weekly list."""


@dataclass(frozen=True)
class Overdue:
    """A student for whom something has been waiting longer than it should: the exception."""

    student: int
    name: str
    count: int
    oldest: datetime


@dataclass(frozen=True)
class ClassInList:
    cohort: Cohort
    students: list[Overdue]
    on_track: int


def urgent(steps: Iterable[NextStep], rhythm: Rhythm, day: date) -> list[NextStep]:
    """Return what falls due between the look of this day and the next one.

    So each is named once, and in time: what is due on a Sunday is named on Friday.
    """
    begin, end = rhythm.look_on(day), rhythm.look_on(rhythm.next_day(day))
    return [step for step in steps if step.kind in URGENT and begin <= step.due_at < end]


def class_list(user: User, now: datetime) -> list[ClassInList]:
    """Return the classes of the counselor in which somebody is late, with those who are."""
    today = local_date(now, institution_zone())
    cohorts = Cohort.objects.filter(
        counselors=user, term__starts_on__lte=today, term__closes_on__gte=today
    ).select_related("term")
    return [entry for cohort in cohorts if (entry := _in_class(cohort, now)).students]


def _in_class(cohort: Cohort, now: datetime) -> ClassInList:
    today = local_date(now, institution_zone())
    here = Enrolment.objects.filter(cohort=cohort, enrolled_on__lte=today).exclude(
        withdrawn_on__lte=today
    )
    students = Student.objects.filter(pk__in=here.values("student"))
    late = defaultdict(list)
    for step in next_steps(students, now):
        if step.is_overdue(now):
            late[step.student].append(step.due_at)
    return ClassInList(
        cohort,
        [
            Overdue(student.pk, student.name, len(late[student.pk]), min(late[student.pk]))
            for student in students.by_name().filter(pk__in=late)
        ],
        on_track=students.count() - len(late),
    )


def identity(kind: str, items: Sequence[Any]) -> list[Hashable]:
    """Return what the list is about, without the words that change by themselves."""
    if kind == CLASS_DIGEST:
        return [(row.student, row.count) for entry in items for row in entry.students]
    return [(step.kind, step.subject, step.detail) for step in items]


def steps_of(users: Iterable[int], now: datetime) -> dict[int, list[NextStep]]:
    """Return the next steps of each of these people who is a student and here, by their user."""
    rows = Student.objects.filter(~gone(now), user__in=users).order_by()
    students = dict(rows.values_list("pk", "user_id"))
    steps = defaultdict(list)
    for step in next_steps_of_many(students, now) if students else []:
        steps[students[step.student]].append(step)
    return dict(steps)


def list_now(
    kind: str, preference: Preference, day: date, steps: list[NextStep], now: datetime
) -> Sequence[Any]:
    """Return what the person's list of that day would say by now; empty if there is nothing to say.

    `steps` are those of the person.
    """
    user = preference.user
    if preference.is_paused_on(day) or not user.is_active:
        return []
    if kind == CLASS_DIGEST:
        return class_list(user, now) if user.has_role(Role.COUNSELOR) else []
    if kind == STUDENT_DIGEST and preference.digest == Digest.NONE:
        return []
    return urgent(steps, preference.rhythm, day) if kind == URGENT_TODAY else steps
