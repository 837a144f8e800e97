from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from apps.accounts.models import User
from apps.contacts.actions.erasure import erase_person
from apps.contacts.models import Contact
from apps.meetings.actions.erasure import forget_person
from apps.outreach.models import Attempt, Channel, CooldownLift, Reply
from apps.outreach.protection import advice


class BetterToWait(Exception):
    """The contact should not be asked now, and no reason was given that would do."""


@transaction.atomic
def log_attempt(
    *,
    contact: Contact,
    channel: Channel,
    sent_at: datetime,
    reply: Reply | None = None,
    reason: str = "",
    now: datetime,
) -> Attempt:
    """Write down a note or a call, and the reply if there is one. Said twice, it is said once.

    Raises BetterToWait if it is, unless there is a `reason` to write all the same. Somebody who
    asked to be left alone is, whatever the reason.
    """
    told = advice(contact, now=now)
    if told.is_refused or not (told.is_allowed or reason):
        raise BetterToWait
    attempt, is_new = Attempt.objects.get_or_create(
        contact=contact,
        student_id=contact.student_id,
        channel=channel,
        sent_at=sent_at,
        defaults={"reason": "" if told.is_allowed else reason},
    )
    if reply and attempt.replied_at is None:
        attempt = record_reply(attempt=attempt, reply=reply, now=now)
    return attempt


@transaction.atomic
def record_reply(*, attempt: Attempt, reply: Reply, now: datetime) -> Attempt:
    """Write down what the contact answered. A second word on it corrects the first."""
    attempt = Attempt.objects.select_for_update().get(pk=attempt.pk)
    attempt.reply = reply
    attempt.replied_at = attempt.replied_at or now
    attempt.save(update_fields=["reply", "replied_at"])
    return attempt


def lift_cooldown(*, contact: Contact, by: User, reason: str = "", now: datetime) -> CooldownLift:
    """Let the student who has this contact ask, whatever somebody else has sent until `now`."""
    return CooldownLift.objects.create(
        contact=contact,
        student_id=contact.student_id,
        lifted_by=by,
        lifted_at=now,
        reason=reason,
    )


@transaction.atomic
def erase_from_all_lists(*, keys: Collection[str], by: User, now: datetime) -> int:
    """Erase a person, also from what students wrote about asking and meeting; return how many rows.

    `keys` are addresses and profile links as `apps.contacts.fingerprints` spells them.
    """
    rows = erase_person(keys=keys, by=by, now=now)
    forget_person(contacts=rows)
    Attempt.objects.filter(contact__in=rows).update(reason="")
    CooldownLift.objects.filter(contact__in=rows).update(reason="")
    return len(rows)
