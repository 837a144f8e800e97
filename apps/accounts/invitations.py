"""Links by which people on a class list come in for the first time.

A token of 256 random bits is the whole permission, so it goes into one mail and only a digest of
it is kept: a plain one will do, since nobody can try through that many.
"""

import secrets
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.urls import reverse

from apps.accounts.models import Invitation


def new_token() -> str:
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def address_of(token: str) -> str:
    """Return the whole address that goes into the mail."""
    return f"{settings.SITE_URL}{reverse('invitation', args=[token])}"


def find_invitation(token: str, *, now: datetime) -> Invitation | None:
    """Return the invitation of a token, with its person, if it still opens something.

    Whatever is wrong with a token, one query says so: nobody learns by the clock whether there
    ever was such a one.
    """
    invitations = Invitation.objects.usable(now).select_related("user")
    return invitations.filter(token_digest=digest_of(token)).first()
