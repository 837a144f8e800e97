from collections.abc import Collection
from datetime import date, datetime

import structlog
from django.db import transaction

from apps.accounts.models import User
from apps.contacts.actions.erasure import erase_person
from apps.contacts.models import Contact
from apps.meetings.actions.erasure import forget_person
from apps.outreach.actions.links import forget_answers
from apps.outreach.models import (
    Attempt,
    Channel,
    CooldownLift,
    Draft,
    NoteKind,
    Reply,
    TemplateVersion,
    Touch,
)
from apps.outreach.protection import advice

log = structlog.get_logger(__name__)


class BetterToWait(Exception):
    """The contact should not be asked now, and no reason was given that would do."""


class SaidAlready(Exception):
    """The same thing stands there already, by the same channel and of the same moment."""


@transaction.atomic
def log_attempt(
    *,
    contact: Contact,
    channel: Channel,
    sent_at: datetime,
    kind: NoteKind = NoteKind.FIRST_NOTE,
    subject: str = "",
    text: str = "",
    template_version: TemplateVersion | None = None,
    reply: Reply | None = None,
    reason: str = "",
    now: datetime,
) -> Attempt:
    """Write down a note or a call, and the reply if there is one. Said twice, it is said once.

    `kind` is one that asks; `text` is what the student wrote, without quoted notes. Raises
    BetterToWait if it is, unless there is a `reason` to write all the same. Somebody who asked to
    be left alone is, whatever the reason.
    """
    told = advice(contact, now=now)
    if told.is_refused or not (told.is_allowed or reason):
        raise BetterToWait
    attempt, is_new = Attempt.objects.get_or_create(
        contact=contact,
        student_id=contact.student_id,
        channel=channel,
        sent_at=sent_at,
        defaults={
            "kind": kind,
            "subject": subject,
            "text": text,
            "template_version": template_version,
            "reason": "" if told.is_allowed else reason,
        },
    )
    if reply and attempt.replied_at is None:
        attempt = record_reply(attempt=attempt, reply=reply, now=now)
    return attempt


@transaction.atomic
def record_reply(
    *,
    attempt: Attempt,
    reply: Reply,
    has_no_role: bool = False,
    ask_again_on: date | None = None,
    now: datetime,
) -> Attempt:
    """Write down what the contact answered. A second word on it corrects the first.

    `has_no_role` belongs to a yes, `ask_again_on` to a later; with any other reply they are void.
    """
    attempt = Attempt.objects.select_for_update().get(pk=attempt.pk)
    attempt.reply = reply
    attempt.replied_at = attempt.replied_at or now
    attempt.has_no_role = has_no_role and reply == Reply.YES
    attempt.ask_again_on = ask_again_on if reply == Reply.LATER else None
    attempt.save(update_fields=["reply", "replied_at", "has_no_role", "ask_again_on"])
    return attempt


@transaction.atomic
def take_reply_back(*, attempt: Attempt) -> Attempt:
    """Say that nothing has come back yet, after all."""
    attempt = Attempt.objects.select_for_update().get(pk=attempt.pk)
    attempt.reply, attempt.replied_at = "", None
    attempt.has_no_role, attempt.ask_again_on = False, None
    attempt.save(update_fields=["reply", "replied_at", "has_no_role", "ask_again_on"])
    return attempt


@transaction.atomic
def edit_attempt(*, attempt: Attempt, channel: Channel, sent_at: datetime) -> Attempt:
    """Put right how and when a note was sent.

    Raises SaidAlready if another note to the contact is the same, ValueError if this one would
    come after its reply.
    """
    attempt = Attempt.objects.select_for_update().get(pk=attempt.pk)
    if attempt.replied_at and sent_at > attempt.replied_at:
        raise ValueError("A note comes before its reply.")
    same = Attempt.objects.filter(contact=attempt.contact_id, channel=channel, sent_at=sent_at)
    if same.exclude(pk=attempt.pk).exists():
        raise SaidAlready
    attempt.channel, attempt.sent_at = channel, sent_at
    attempt.save(update_fields=["channel", "sent_at"])
    return attempt


def remove_attempt(*, attempt: Attempt) -> None:
    """Take back a note that was never sent, with the reply that was written down for it."""
    log.info("note taken back", attempt=attempt.pk, student=attempt.student_id)
    attempt.delete()


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
def erase_from_all_lists(
    *, keys: Collection[str], contacts: Collection[int] = (), by: User | None, now: datetime
) -> int:
    """Erase a person, also from what was written to and by them; return on how many rows.

    `keys`, `contacts` and `by` are those of `apps.contacts.actions.erasure.erase_person`.
    """
    rows = erase_person(keys=keys, contacts=contacts, by=by, now=now)
    forget_person(contacts=rows)
    Attempt.objects.filter(contact__in=rows).update(reason="", subject="", text="")
    Touch.objects.filter(contact__in=rows).update(subject="", text="")
    Draft.objects.filter(contact__in=rows).delete()
    CooldownLift.objects.filter(contact__in=rows).update(reason="")
    forget_answers(contacts=rows, now=now)
    return len(rows)
