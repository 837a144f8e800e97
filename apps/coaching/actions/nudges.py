from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import transaction

from apps.accounts.models import User
from apps.coaching.kinds import NUDGE
from apps.coaching.models import Nudge, NudgeTemplate, Resource
from apps.coaching.nudging import Letter, by_day, key_of, letters
from apps.mail import actions as mail
from apps.students.models import Cohort, Student

log = structlog.get_logger(__name__)

OF_USE = timedelta(days=2)


@transaction.atomic
def queue_nudges(
    *,
    cohort: Cohort,
    students: Collection[Student],
    subject: str,
    body: str,
    steps: Mapping[int, str],
    template: NudgeTemplate | None = None,
    resource: Resource | None = None,
    by: User,
    now: datetime,
) -> tuple[list[Letter], list[Letter]]:
    """Queue one mail to each student who may get one; return those, and the others.

    `steps` says what is open first for each: see `first_steps`.

    Asked twice on a student's day, or by two counselors at once, it queues one. Whether there is
    still room under the week's cap, and still need, is judged again when the mail is to leave.
    """
    queued: list[Letter] = []
    others: list[Letter] = []
    words = letters(cohort, students, subject=subject, body=body, steps=steps, by=by, now=now)
    for letter in words:
        is_new = not letter.hindrance and _queue(letter, cohort, template, resource, by, now)
        (queued if is_new else others).append(letter)
    log.info("nudges queued", cohort=cohort.pk, by=by.pk, queued=len(queued), others=len(others))
    return queued, others


def _queue(
    letter: Letter,
    cohort: Cohort,
    template: NudgeTemplate | None,
    resource: Resource | None,
    by: User,
    now: datetime,
) -> bool:
    user = letter.student.user
    assert user is not None
    due_at = by_day(user, now)
    email = mail.queue(
        kind=NUDGE,
        to=user,
        template="coaching/emails/nudge",
        context={"letter": letter, "counselor": by, "resource": resource},
        occurrence_key=key_of(user, now),
        due_at=due_at,
        expires_at=due_at + OF_USE,
        subject_ref=f"student:{letter.student.pk}",
        reply_to=by.email,
    )
    if email is None:
        return False
    Nudge.objects.create(
        student=letter.student, cohort=cohort, by=by, template=template, mail=email, queued_at=now
    )
    return True


def save_nudge_template(
    *, template: NudgeTemplate | None, details: Mapping[str, Any]
) -> NudgeTemplate:
    """Make a template, or give it other words. `details` are fields of NudgeTemplate."""
    template = template or NudgeTemplate()
    for name, value in details.items():
        setattr(template, name, value)
    template.save()
    return template


def retire_nudge_template(*, template: NudgeTemplate, is_retired: bool) -> None:
    """Lay a template aside, or take it up again."""
    template.is_retired = is_retired
    template.save(update_fields=["is_retired"])
