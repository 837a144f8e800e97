"""Asking the people of a class in, by mail."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.db import transaction

from apps.accounts.actions import make_invitation
from apps.accounts.models import Invitation, User
from apps.accounts.roles import Role
from apps.common.localtime import local_date
from apps.students import messages
from apps.students.models import Cohort, Enrolment, Student, institution_zone

log = structlog.get_logger(__name__)

AGAIN_AFTER = timedelta(minutes=10)
"""So soon after an invitation another one is the button pressed twice."""

MOST_AT_ONCE = 500
"""More than that nobody waits for; who is left is asked in by the next press."""


@dataclass
class Invited:
    """How many were invited, and why others were not."""

    sent: int = 0
    waiting: int = 0  # invited before, and it still works
    in_already: int = 0
    without_address: int = 0
    taken: int = 0  # the address is another student's account


@transaction.atomic
def invite_students(
    *, cohort: Cohort, only: Collection[int] | None, by: User, now: datetime
) -> Invited:
    """Invite whoever has not come in yet and has no invitation that works.

    With `only` (keys of enrollments) just these, who get a new one all the same. An account is
    made for whoever has none. Who has withdrawn, and whose account is closed, hears nothing.
    """
    today = local_date(now, institution_zone())
    enrolments = Enrolment.objects.invitable(today).filter(cohort=cohort).order_by("pk")
    if only is not None:
        enrolments = enrolments.filter(pk__in=only)
    Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)  # two presses wait in turn
    rows = list(enrolments.select_related("student__user"))
    waiting = _waiting([row.student.user_id for row in rows], now, is_again=only is not None)
    invited = Invited()
    for row in rows:
        if invited.sent >= MOST_AT_ONCE:
            break
        _invite(row.student, cohort, waiting, invited, by=by, now=now)
    log.info("students invited", cohort=cohort.pk, by=by.pk, sent=invited.sent)
    return invited


def _waiting(users: Collection[int | None], now: datetime, *, is_again: bool) -> set[int]:
    """Return who needs no other invitation."""
    usable = Invitation.objects.usable(now).filter(user__in=[pk for pk in users if pk])
    if is_again:
        usable = usable.filter(made_at__gt=now - AGAIN_AFTER)
    return set(usable.values_list("user_id", flat=True))


def _invite(
    student: Student,
    cohort: Cohort,
    waiting: Collection[int],
    invited: Invited,
    *,
    by: User,
    now: datetime,
) -> None:
    if student.user is None and not student.email:
        invited.without_address += 1
        return
    user = student.user or _account_for(student)
    if user is None:
        invited.taken += 1
    elif user.last_login is not None:
        invited.in_already += 1
    elif user.pk in waiting:
        invited.waiting += 1
    elif user.is_active:
        invitation, token = make_invitation(user=user, by=by, now=now)
        messages.invitation(invitation, token, cohort, now=now)
        invited.sent += 1


def _account_for(student: Student) -> User | None:
    """Return the account by the student's address, made if there is none, or None if taken."""
    address = student.email.lower()
    user = User.objects.select_for_update(no_key=True).filter(email=address).first()
    if user is None:
        user = User.objects.create_user(
            address, given_name=student.given_name, family_name=student.family_name
        )
    elif Student.objects.filter(user=user).exists():
        return None
    if Role.STUDENT not in user.roles:
        user.roles = [*user.roles, Role.STUDENT.value]
        user.save(update_fields=["roles"])
    student.user = user
    student.save(update_fields=["user"])
    return user
