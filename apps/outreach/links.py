"""Links by which a contact opens a page of their own, without an account.

A token of 256 random bits is the whole permission, so it is shown once and only a digest of it
is kept: a plain one will do, since nobody can try through that many. It is found by that digest,
which whoever guesses cannot steer.
"""

import re
import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse

from apps.contacts.models import Contact
from apps.meetings.models import Meeting
from apps.outreach.models import ContactLink

SAME_PRESS = timedelta(minutes=1)
"""So long after an answer the same one counts as the button pressed twice, not as a second use."""

_ADDRESS = re.compile(r"(?:https?://[^\s/]+)?/c/[\w-]{20,}/?", re.ASCII)


def new_token() -> str:
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def address_of(token: str) -> str:
    """Return the whole address that goes into a note."""
    return f"{settings.SITE_URL}{reverse('contact_page', args=[token])}"


def find_link(token: str, *, now: datetime, pressed_twice: bool = False) -> ContactLink | None:
    """Return the link of a token, with its people, if it opens something.

    With `pressed_twice` also one that was used for an answer a moment ago. Whatever is wrong with
    a token, one query says so: nobody learns by the clock whether there ever was such a link.
    """
    is_open = Q(used_at__isnull=True)
    if pressed_twice:
        is_open |= Q(used_at__gt=now - SAME_PRESS, answer__isnull=False)
    return (
        ContactLink.objects.filter(
            is_open,
            token_digest=digest_of(token),
            revoked_at__isnull=True,
            expires_at__gt=now,
            contact__erased_at__isnull=True,
            student__user__is_active=True,  # or nobody would read the answer
        )
        .select_related("contact", "student__user")
        .first()
    )


def proposals_to(contact: Contact) -> QuerySet[Meeting]:
    """Return the proposals of times that wait for this contact's answer, the latest first."""
    return Meeting.objects.proposed().filter(contact=contact).order_by("-pk")


def proposal_of(link: ContactLink) -> Meeting | None:
    """Return the proposal that a link was made for, or the latest since; None if none waits."""
    return min(
        proposals_to(link.contact), key=lambda meeting: meeting.pk != link.meeting_id, default=None
    )


def without_addresses(text: str) -> str:
    """Take the addresses of such pages out of a text that is kept or shown: each one is a key."""
    return _ADDRESS.sub("(link)", text)
