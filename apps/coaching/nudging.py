"""A nudge: what it says to each student of a selection, and who gets none, with the reason."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet

from apps.accounts.models import User
from apps.coaching.kinds import NUDGE
from apps.coaching.models import Nudge
from apps.common.localtime import local_date, local_moment
from apps.mail.models import Refusal, unreachable
from apps.mail.weekly_cap import without_room
from apps.students.models import Cohort, Enrolment, Student, institution_zone

FIELDS = {
    "first_name": "the student’s first name",
    "counselor": "your name",
    "class": "the class",
    "next_step": "what is open first on their list, without anybody’s name",
}
NOTHING_OPEN = "write to one person you are curious about"
DAY_BEGINS, DAY_ENDS = time(8), time(20)
"""A counselor works late; the mail comes by day, on the student's own clock."""

_FIELD = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Letter:
    """What one student would read. `hindrance` says why none goes to them; empty if one does."""

    student: Student
    subject: str
    body: str
    hindrance: str


def unknown_fields(text: str) -> list[str]:
    """Return what stands in {curly brackets} and is no field."""
    return [name for name in re.findall(r"\{([^{}]*)\}", text) if name not in FIELDS]


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put the values into the text once: what a value looks like is never filled again."""
    return _FIELD.sub(lambda found: values.get(found[1], found[0]), text)


def letters(
    cohort: Cohort,
    students: Collection[Student],
    *,
    subject: str,
    body: str,
    steps: Mapping[int, str],
    by: User,
    now: datetime,
) -> list[Letter]:
    """Return what each would read, in the order given; the number of queries does not grow.

    `steps` are `first_steps` of the students.
    """
    hindrances = _hindrances(cohort, students, now)
    found = []
    for student in students:
        values = {
            "first_name": student.given_name or student.name,
            "counselor": by.name,
            "class": cohort.name,
            "next_step": steps.get(student.pk, NOTHING_OPEN),
        }
        words = fill(subject, values), fill(body, values)
        found.append(Letter(student, *words, hindrances.get(student.pk, "")))
    return found


def key_of(user: User, now: datetime) -> str:
    """Return the key of a nudge: one for a student and a day of theirs, whoever sends it."""
    return f"{NUDGE}:{user.pk}:{local_date(now, user.zone)}"


def by_day(user: User, now: datetime) -> datetime:
    """Return the first moment from now on at which it is day where the student is."""
    today = local_date(now, user.zone)
    begins, ends = (local_moment(today, hour, user.zone) for hour in (DAY_BEGINS, DAY_ENDS))
    if now < ends:
        return max(now, begins)
    return local_moment(today + timedelta(days=1), DAY_BEGINS, user.zone)


def _hindrances(cohort: Cohort, students: Collection[Student], now: datetime) -> dict[int, str]:
    """Return why some get none; the reason that lasts longest, where there are several."""
    here = Enrolment.objects.filter(cohort=cohort).current(local_date(now, institution_zone()))
    enrolled = set(here.values_list("student", flat=True).order_by())
    users = {student.pk: student.user for student in students if student.user}
    refusing = _users(Refusal.objects.filter(user__in=users.values(), kind=NUDGE), "user")
    cut_off = _users(unreachable(User.objects.filter(pk__in=[u.pk for u in users.values()])), "pk")
    keys = {key_of(user, now): user.pk for user in users.values()}
    nudged = Nudge.objects.filter(mail__occurrence_key__in=keys).order_by()
    today = {keys[key] for key in nudged.values_list("mail__occurrence_key", flat=True)}
    full = without_room(users.values(), now)
    found = {}
    for student in students:
        user = student.user
        if student.pk not in enrolled:
            found[student.pk] = "Is not in the class at present."
        elif user is None or not user.is_active:
            found[student.pk] = "Has no account to which mail goes."
        elif user.pk in cut_off:
            found[student.pk] = "Mail to their address has come back."
        elif user.pk in refusing:
            found[student.pk] = "Does not want mail of this kind."
        elif user.pk in today:
            found[student.pk] = "Has a nudge today already."
        elif user.pk in full:
            found[student.pk] = "Has as many mails this week as they want."
    return found


def _users(rows: QuerySet[Any], column: str) -> set[int]:
    return set(rows.values_list(column, flat=True).order_by())
