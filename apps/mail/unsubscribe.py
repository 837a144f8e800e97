"""The link that stops a kind of mail: signed, without an end, and good without signing in.

It names a person and a kind, and holding it is the permission to stop that kind. Made twice it is
the same, so that a second copy of a mail has the same bytes.
"""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

SALT = "apps.mail.unsubscribe"


def token_for(user_id: int, kind: str) -> str:
    return Signer(salt=SALT).sign_object([user_id, kind])


def read_token(token: str) -> tuple[int, str] | None:
    """Return whom and which kind the token is about, or None if it is none of ours."""
    try:
        user_id, kind = Signer(salt=SALT).unsign_object(token)
    except BadSignature:
        return None
    return user_id, kind


def stop_url(user_id: int, kind: str) -> str:
    path = reverse("unsubscribe", args=[token_for(user_id, kind)])
    return f"{settings.SITE_URL}{path}"
