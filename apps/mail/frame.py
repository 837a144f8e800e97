"""What stands around the words of every mail: who sends it, why, and how to stop it."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from apps.accounts.models import User
from apps.mail.kinds import Kind
from apps.mail.unsubscribe import stop_url


def frame(kind: Kind, to: User) -> dict[str, Any]:
    """Return what `mail/layout.txt` and `mail/layout.html` need; no `stop_url` if essential."""
    return {
        "recipient": to,
        "kind": kind,
        "site_url": settings.SITE_URL,
        "institution_name": settings.INSTITUTION_NAME,
        "stop_url": "" if kind.is_essential else stop_url(to.pk, kind.name),
        "settings_url": f"{settings.SITE_URL}{reverse('reminder_settings')}",
    }
