from datetime import datetime

import structlog
from django.db import transaction

from apps.contacts.models import Contact
from apps.outreach.actions.attempts import SaidAlready
from apps.outreach.models import Channel, TemplateVersion, Touch, TouchKind

log = structlog.get_logger(__name__)


@transaction.atomic
def log_touch(
    *,
    contact: Contact,
    kind: TouchKind,
    channel: Channel,
    happened_at: datetime,
    subject: str = "",
    text: str = "",
    template_version: TemplateVersion | None = None,
) -> Touch:
    """Write down what passed between the two besides asking. Said twice, it is said once."""
    touch, _ = Touch.objects.get_or_create(
        contact=contact,
        student_id=contact.student_id,
        kind=kind,
        happened_at=happened_at,
        defaults={
            "channel": channel,
            "subject": _kept(contact.pk, subject),
            "text": _kept(contact.pk, text),
            "template_version": template_version,
        },
    )
    return touch


@transaction.atomic
def edit_touch(
    *, touch: Touch, kind: TouchKind, channel: Channel, happened_at: datetime, text: str
) -> Touch:
    """Put right what was written down. Raises SaidAlready if that stands there."""
    text = _kept(touch.contact_id, text)
    same = Touch.objects.filter(contact=touch.contact_id, kind=kind, happened_at=happened_at)
    if same.exclude(pk=touch.pk).exists():
        raise SaidAlready
    touch.kind, touch.channel, touch.happened_at, touch.text = kind, channel, happened_at, text
    touch.save(update_fields=["kind", "channel", "happened_at", "text"])
    return touch


def remove_touch(*, touch: Touch) -> None:
    """Take back what never happened."""
    log.info("touch taken back", touch=touch.pk, student=touch.student_id)
    touch.delete()


def _kept(contact: int, text: str) -> str:
    """Return the words, or none about somebody who was erased meanwhile."""
    locked = Contact.objects.select_for_update(no_key=True).get(pk=contact)
    return "" if locked.is_erased else text
