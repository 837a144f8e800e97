from datetime import date

import structlog
from django.db import transaction

from apps.accounts.models import User
from apps.students.models import Cohort, Milestone

log = structlog.get_logger(__name__)

COPIED = (
    "goal",
    "follow_up_policy",
    "most_attempts",
    "most_asks_a_week",
    "calls_people_known_well",
    "keep_in_touch_days",
    "usual_minutes",
    "weekly_mail_cap",
    "wants_debriefs",
)
"""The settings that a class takes over from another; its name, people and term are its own."""


def set_milestone(*, cohort: Cohort, conversations: int, due_on: date, by: User) -> Milestone:
    """Ask for so many conversations by a day; a day has one number, and the later word counts."""
    milestone, _ = Milestone.objects.update_or_create(
        cohort=cohort, due_on=due_on, defaults={"conversations": conversations}
    )
    log.info("milestone set", cohort=cohort.pk, due_on=due_on, by=by.pk)
    return milestone


def remove_milestone(*, milestone: Milestone, by: User) -> None:
    log.info("milestone removed", cohort=milestone.cohort_id, due_on=milestone.due_on, by=by.pk)
    milestone.delete()


@transaction.atomic
def copy_settings(*, source: Cohort, target: Cohort, by: User) -> Cohort:
    """Take over the settings of another class, and its milestones as far into the own term.

    Milestones that were there make way.
    """
    locked = Cohort.objects.select_for_update().select_related("term").get(pk=target.pk)
    for name in COPIED:
        setattr(locked, name, getattr(source, name))
    locked.save(update_fields=COPIED)
    later = locked.term.starts_on - source.term.starts_on
    locked.milestones.all().delete()
    Milestone.objects.bulk_create(
        Milestone(cohort=locked, conversations=row.conversations, due_on=row.due_on + later)
        for row in source.milestones.order_by("due_on")
    )
    log.info("settings copied", source=source.pk, cohort=locked.pk, by=by.pk)
    return locked
