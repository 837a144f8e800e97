from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from apps.contacts.models import Contact
from apps.meetings.actions.outcome import record_thank_you
from apps.meetings.revisions import StaleText, begin_revision, changed_fields
from apps.outreach.actions.attempts import BetterToWait, log_attempt
from apps.outreach.actions.touches import log_touch
from apps.outreach.links import without_addresses
from apps.outreach.models import ASKING, Channel, Draft, NoteKind, TouchKind
from apps.outreach.notes import Note
from apps.outreach.protection import advice

TOUCH_KINDS = {
    NoteKind.KEEP_IN_TOUCH: TouchKind.UPDATE,
    NoteKind.LANDED: TouchKind.LANDED,
}
"""What a note that asks for nothing is logged as; any other one as a message."""


@transaction.atomic
def save_draft(
    *, note: Note, subject: str, parts: Mapping[str, str], revision: int, now: datetime
) -> Draft:
    """Keep a note in these words. `revision` is the one that the student had before them.

    Parts of another template than the note's stay as they are. Raises StaleText, also if the
    draft has been sent or let go since.
    """
    contact = _locked(note.contact)
    draft = Draft.objects.filter(contact=contact, kind=note.kind).first()
    draft = draft or Draft(
        contact=contact, student_id=contact.student_id, kind=note.kind, parts={}, saved_at=now
    )
    details = {
        "subject": subject,
        "parts": {**draft.parts, **parts},
        "template_version_id": note.version.pk if note.version else None,
        "meeting_id": note.meeting.pk if note.meeting else None,
    }
    changed = changed_fields(draft, details)
    if changed:
        begin_revision(draft, since=revision, now=now)
        for name in changed:
            setattr(draft, name, details[name])
        draft.save()
    return draft


@transaction.atomic
def discard_draft(*, contact: Contact, kind: NoteKind) -> None:
    """Let a draft go. Said twice, it changes nothing."""
    Draft.objects.filter(contact=_locked(contact), kind=kind).delete()


@transaction.atomic
def record_sent(
    *,
    note: Note,
    revision: int,
    channel: Channel,
    sent_at: datetime,
    reason: str = "",
    now: datetime,
) -> bool:
    """Write down that the student sent the note, and let the draft go.

    What asks for a conversation becomes an attempt, thanks for one are noted there, and anything
    else is a touch. Returns False if there is no draft: then it was said before, and nothing is
    written. Raises StaleText if the draft is not the one that the student saw, BetterToWait as
    `log_attempt` does, and NotPossible as `record_thank_you` does.
    """
    contact = _locked(note.contact)
    draft = Draft.objects.filter(contact=contact, kind=note.kind).first()
    if draft is None:
        return False
    if draft.revision != revision:
        raise StaleText
    text = without_addresses(note.joined.text)
    if note.kind in ASKING:
        log_attempt(
            contact=contact,
            channel=channel,
            sent_at=sent_at,
            kind=note.kind,
            subject=note.subject,
            text=text,
            template_version=note.version,
            reason=reason,
            now=now,
        )
    elif advice(contact, now=now).is_refused:
        raise BetterToWait
    elif note.meeting:
        record_thank_you(meeting=note.meeting, sent_at=sent_at, now=now)
    else:
        log_touch(
            contact=contact,
            kind=TOUCH_KINDS.get(note.kind, TouchKind.MESSAGE),
            channel=channel,
            happened_at=sent_at,
            subject=note.subject,
            text=text,
            template_version=note.version,
        )
    draft.delete()
    return True


def _locked(contact: Contact) -> Contact:
    """Lock the contact, so that what is written to one person queues up.

    Raises StaleText if they were erased meanwhile: nothing may be kept of them any more.
    """
    locked = Contact.objects.select_for_update(no_key=True).get(pk=contact.pk)
    if locked.is_erased:
        raise StaleText
    return locked
