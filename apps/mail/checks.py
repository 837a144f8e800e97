"""Refuse to start with settings under which mail would be lost, or sent twice."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from apps.mail.limits import lease, slowest_try_seconds
from apps.mail.message import ascii_address, sender_address
from apps.mail.verp import bounce_address

LONGEST_LOCAL_PART = 64  # before the "@", by RFC 5321


@register
def check_lease(**kwargs: Any) -> list[CheckMessage]:
    if not settings.EMAIL_TIMEOUT:
        return [Error("EMAIL_TIMEOUT is not set: a try could take forever.", id="mail.E001")]
    held, slowest = lease().total_seconds(), slowest_try_seconds()
    if held > slowest:
        return []
    return [
        Error(
            f"MAIL_LEASE_SECONDS is {held:.0f}, but one try may take {slowest:.0f} seconds: "
            "a second sender would take over while the first still sends.",
            hint="Raise it, or lower EMAIL_TIMEOUT or MAIL_ANSWER_SECONDS.",
            id="mail.E002",
        )
    ]


@register
def check_server(**kwargs: Any) -> list[CheckMessage]:
    if settings.EMAIL_HOST:
        return []
    return [Error("EMAIL_URL names no mail server. Give one like smtp://host:25.", id="mail.E003")]


@register
def check_sender(**kwargs: Any) -> list[CheckMessage]:
    try:
        sender_address()
    except ValueError:
        words = "DEFAULT_FROM_EMAIL holds no address that mail can be sent from."
        return [Error(words, id="mail.E004")]
    return []


@register
def check_bounce_address(**kwargs: Any) -> list[CheckMessage]:
    if not settings.MAIL_BOUNCE_ADDRESS:
        return []
    try:
        local, _, _ = ascii_address(bounce_address(10**12)).rpartition("@")
    except ValueError:
        local = ""
    if 0 < len(local) <= LONGEST_LOCAL_PART:
        return []
    return [
        Error(
            "MAIL_BOUNCE_ADDRESS is no address to which a key and a signature can be added.",
            hint="Give a short one, like bounces@careers.example.edu.",
            id="mail.E005",
        )
    ]


@register(deploy=True)
def check_unsubscribe_link(**kwargs: Any) -> list[CheckMessage]:
    if settings.SITE_URL.startswith("https://"):
        return []
    words = "SITE_URL is no https:// address. Mail programs stop mails with one click only there."
    return [Warning(words, id="mail.W001")]
