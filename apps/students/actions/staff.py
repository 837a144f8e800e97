"""Who looks after a class. Each step is logged with who took it."""

from collections.abc import Collection
from datetime import date

import structlog
from django.db import transaction

from apps.accounts.models import User
from apps.students.models import Cohort, Substitution

log = structlog.get_logger(__name__)


def add_counselor(*, cohort: Cohort, user: User, by: User) -> None:
    cohort.counselors.add(user)
    log.info("counselor added", cohort=cohort.pk, user=user.pk, by=by.pk)


@transaction.atomic
def remove_counselor(*, cohort: Cohort, user: User, by: User) -> bool:
    """Let a counselor go from a class; return False, and change nothing, if they are the last."""
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    if not cohort.counselors.exclude(pk=user.pk).exists():
        return False
    cohort.counselors.remove(user)
    log.info("counselor removed", cohort=cohort.pk, user=user.pk, by=by.pk)
    return True


@transaction.atomic
def hand_over(*, cohort: Cohort, to: Collection[User], by: User) -> None:
    """Give a class into other hands: `to` look after it from now on, and nobody else."""
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    cohort.counselors.set(to)
    log.info("class handed over", cohort=cohort.pk, to=[user.pk for user in to], by=by.pk)


def add_substitute(
    *, cohort: Cohort, user: User, starts_on: date, ends_on: date, by: User
) -> Substitution:
    """Let somebody stand in from one day to another; the same first day again moves the last."""
    row, _ = Substitution.objects.update_or_create(
        cohort=cohort, user=user, starts_on=starts_on, defaults={"ends_on": ends_on}
    )
    log.info("substitute added", cohort=cohort.pk, user=user.pk, row=row.pk, by=by.pk)
    return row


def remove_substitute(*, substitution: Substitution, by: User) -> None:
    log.info(
        "substitute removed", cohort=substitution.cohort_id, user=substitution.user_id, by=by.pk
    )
    substitution.delete()


def add_worker(*, cohort: Cohort, user: User, by: User) -> None:
    cohort.workers.add(user)
    log.info("student worker added", cohort=cohort.pk, user=user.pk, by=by.pk)


def remove_worker(*, cohort: Cohort, user: User, by: User) -> None:
    cohort.workers.remove(user)
    log.info("student worker removed", cohort=cohort.pk, user=user.pk, by=by.pk)
