"""The words of a mail, and what stands around them: who sends it, why, and how to stop it."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.template import Context, Engine
from django.urls import reverse

from apps.accounts.models import User
from apps.mail.kinds import Kind
from apps.mail.unsubscribe import stop_url


def frame(kind: Kind, to: User | None) -> dict[str, Any]:
    """Return what `mail/layout.txt` and `mail/layout.html` need; no `stop_url` if essential.

    Only essential mail goes to an address that is nobody's.
    """
    return {
        "recipient": to,
        "kind": kind,
        "site_url": settings.SITE_URL,
        "institution_name": settings.INSTITUTION_NAME,
        "stop_url": "" if to is None or kind.is_essential else stop_url(to.pk, kind.name),
        "settings_url": f"{settings.SITE_URL}{reverse('reminder_settings')}",
    }


def rendered(name: str, context: Mapping[str, Any], *, escape: bool) -> str:
    """Return a template in words; what goes into text is not escaped."""
    template = Engine.get_default().get_template(name)
    return template.render(Context(dict(context), autoescape=escape)).strip()
