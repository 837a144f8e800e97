from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import structlog
from django.db import transaction

from apps.accounts.models import User
from apps.students.models import Cohort, Holiday

log = structlog.get_logger(__name__)


@transaction.atomic
def set_cohort_settings(*, cohort: Cohort, details: Mapping[str, Any], by: User) -> Cohort:
    """Say how a class goes about it. What is due follows at once, for what was sent before too.

    `details` are fields of Cohort.
    """
    locked = Cohort.objects.select_for_update().get(pk=cohort.pk)
    for name, value in details.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(details))
    log.info("cohort settings kept", cohort=locked.pk, by=by.pk, **details)
    return locked


@transaction.atomic
def add_holidays(*, first: date, last: date, name: str, by: User) -> int:
    """Let the days from `first` to `last` be no business days; return how many are new.

    A day that is on the list keeps the name that it has.
    """
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    known = set(Holiday.objects.filter(day__range=(first, last)).values_list("day", flat=True))
    Holiday.objects.bulk_create(
        [Holiday(day=day, name=name) for day in days if day not in known], ignore_conflicts=True
    )
    log.info("holidays added", first=first, last=last, by=by.pk)
    return len(days) - len(known)


def remove_holidays(*, first: date, last: date, by: User) -> int:
    """Let people work again from `first` to `last`; return how many days it concerns."""
    removed, _ = Holiday.objects.filter(day__range=(first, last)).delete()
    log.info("holidays removed", first=first, last=last, by=by.pk)
    return removed
