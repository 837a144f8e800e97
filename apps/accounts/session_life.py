"""How long a session lives, and what staff have to show besides a password.

When somebody was last here is a signed cookie of the browser, not a row: a GET writes nothing.
"""

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.session_store import DEVICE, SIGNED_IN_AT

SEEN = "careerhub_seen"
SALT = "accounts.last_seen"
BREAK_GLASS = "break_glass"  # the record of a way in that an operator made
ENOUGH = {"mfa", "socialaccount", BREAK_GLASS}  # besides a password, or in place of one


def note_sign_in(request: HttpRequest | None, **kwargs: Any) -> None:
    """Write into a new session when it began and in what browser."""
    if request is not None and hasattr(request, "session"):
        request.session[SIGNED_IN_AT] = int(timezone.now().timestamp())
        request.session[DEVICE] = request.headers.get("user-agent", "")[:200]


def is_over(request: HttpRequest, user: User) -> bool:
    """Return whether the session has lasted long enough, or rested too long for one of staff."""
    now = int(timezone.now().timestamp())
    began = int(request.session.get(SIGNED_IN_AT, now))
    if now - began > settings.SESSION_COOKIE_AGE:
        return True
    idle = settings.STAFF_IDLE_MINUTES * 60
    return bool(idle) and user.is_staff_member and now - max(began, _last_seen(request)) > idle


def _last_seen(request: HttpRequest) -> int:
    """Return when this very session was last here, as its browser says with our signature."""
    value = request.get_signed_cookie(SEEN, default="", salt=SALT)
    key, _, seen = str(value).partition(":")
    return int(seen) if key == _mark(request) and seen.isdigit() else 0


def mark_seen(request: HttpRequest, response: HttpResponse) -> None:
    value = f"{_mark(request)}:{int(timezone.now().timestamp())}"
    response.set_signed_cookie(
        SEEN,
        value,
        salt=SALT,
        httponly=True,
        secure=bool(settings.SESSION_COOKIE_SECURE),
        samesite="Lax",
    )


def _mark(request: HttpRequest) -> str:
    """Return what ties the cookie to its session without giving the session's key away."""
    return f"{request.session.get(SIGNED_IN_AT, '')}-{request.session.get('_auth_user_id', '')}"


def needs_second_factor(request: HttpRequest, user: User) -> bool:
    """Return whether one of staff came by password alone and has nothing else set up yet.

    The institution's sign-on counts: asking for more is its own affair.
    """
    if not (settings.STAFF_NEED_SECOND_FACTOR and user.is_staff_member):
        return False
    methods = {record.get("method") for record in get_authentication_records(request, user)}
    if methods & ENOUGH:
        return False
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return not Authenticator.objects.filter(user=user, type__in=kinds).exists()
