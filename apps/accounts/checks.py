"""Refuse to start where strangers could read error pages or forge sign-ins."""

from collections.abc import Iterable
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured

SHORTEST_KEY = 50
SEVERAL = 8  # different characters that a random key has at the least
PLACEHOLDERS = (
    "only-for-development",
    "change",
    "secret",
    "example",
    "insecure",
    "django-insecure",
)


def is_local(host: str) -> bool:
    """Return whether a name or an address means this machine and no other."""
    host = host.strip("[]").lower()
    if host in {"", "localhost", "testserver"} or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def public_hosts() -> Iterable[str]:
    hosts = [*settings.ALLOWED_HOSTS, urlsplit(settings.SITE_URL).hostname or ""]
    return sorted({host for host in hosts if not is_local(host)})


@register
def check_debug(**kwargs: Any) -> list[CheckMessage]:
    hosts = public_hosts()
    if not (settings.DEBUG and hosts):
        return []
    words = f"DJANGO_DEBUG is on, and others reach this machine as {', '.join(hosts)}."
    return [Error(words, hint="Take DJANGO_DEBUG away.", id="accounts.E001")]


@register
def check_secret_key(**kwargs: Any) -> list[CheckMessage]:
    """Refuse a key that is known, short or simple, except on a machine that nobody else reaches."""
    if settings.DEBUG and not public_hosts():
        return []
    key = settings.SECRET_KEY
    is_random = len(key) >= SHORTEST_KEY and len(set(key)) >= SEVERAL
    if is_random and not key.lower().startswith(PLACEHOLDERS):
        return []
    return [
        Error(
            "SECRET_KEY is none: it is short, simple or one that others know.",
            hint="python3 -c 'import secrets; print(secrets.token_urlsafe(50))'",
            id="accounts.E002",
        )
    ]


@register
def check_hosts(**kwargs: Any) -> list[CheckMessage]:
    if settings.DEBUG or "*" not in settings.ALLOWED_HOSTS:
        return []
    words = "ALLOWED_HOSTS lets any name pass for ours. Name the hosts."
    return [Error(words, id="accounts.E003")]


@register
def check_sign_on_only(**kwargs: Any) -> list[CheckMessage]:
    if not settings.SIGN_ON_ONLY or settings.SOCIALACCOUNT_PROVIDERS:
        return []
    words = "SIGN_ON_ONLY is on, but neither OIDC_ISSUER nor SAML_IDP_ENTITY_ID says with whom."
    return [Error(words, id="accounts.E004")]


def refuse_unsafe_settings() -> None:
    """Stop a web server that starts without Django's own checks. Raises ImproperlyConfigured."""
    checks = (check_debug, check_secret_key, check_hosts, check_sign_on_only)
    problems = [str(problem.msg) for check in checks for problem in check()]
    if problems:
        raise ImproperlyConfigured(" ".join(problems))
