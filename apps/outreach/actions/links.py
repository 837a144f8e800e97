from collections.abc import Collection
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import transaction

from apps.contacts.models import Contact
from apps.meetings.models import Meeting
from apps.outreach.links import digest_of, new_token, proposals_to
from apps.outreach.models import ContactAnswer, ContactLink

log = structlog.get_logger(__name__)


class LinkIsSpent(Exception):
    """The link was used, taken back or has run out since the page was opened."""


@transaction.atomic
def make_link(
    *, contact: Contact, meeting: Meeting | None = None, now: datetime
) -> tuple[ContactLink, str]:
    """Make a link for the contact, and return it with its token, which is nowhere afterwards.

    It is about the times of `meeting`, or else of their latest proposal, if there is one. Earlier
    links of theirs that were not used open nothing from now on.
    """
    contact = Contact.objects.select_for_update().get(pk=contact.pk)
    ContactLink.objects.usable(now).filter(contact=contact).update(revoked_at=now)
    token = new_token()
    link = ContactLink.objects.create(
        student_id=contact.student_id,
        contact=contact,
        meeting=meeting or proposals_to(contact).first(),
        token_digest=digest_of(token),
        expires_at=now + timedelta(days=settings.CONTACT_LINK_DAYS),
    )
    log.info("contact link made", link=link.pk, student=contact.student_id)
    return link, token


def revoke_link(*, link: ContactLink, now: datetime) -> bool:
    """Take a link back; return whether there was still something to take back."""
    return ContactLink.objects.usable(now).filter(pk=link.pk).update(revoked_at=now) > 0


def use_up(*, link: ContactLink, now: datetime) -> None:
    """Let the link open nothing from now on. Raises LinkIsSpent if it is so already."""
    if not ContactLink.objects.usable(now).filter(pk=link.pk).update(used_at=now):
        raise LinkIsSpent


def forget_answers(*, contacts: Collection[int], now: datetime) -> None:
    """Let nothing be left of what these people wrote on their pages, nor a way to open one."""
    links = ContactLink.objects.filter(contact__in=contacts)
    links.filter(used_at__isnull=True, revoked_at__isnull=True).update(revoked_at=now)
    ContactAnswer.objects.filter(link__in=links).update(message="")
