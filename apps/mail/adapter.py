"""What allauth asks of us: accounts come from the roster, and its mail takes the common road."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlsplit
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as current
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.mail.actions import queue_rendered
from apps.mail.models import SIGN_IN

# Whoever asked is waiting for it now; a link that comes tomorrow only worries people.
LIFE = timedelta(hours=1)


class OurSite:
    """What allauth's templates know as the current site; its own comes from the Host header."""

    @property
    def domain(self) -> str:
        return str(urlsplit(settings.SITE_URL).netloc)

    @property
    def name(self) -> str:
        return str(settings.INSTITUTION_NAME)


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def format_email_subject(self, subject: str) -> str:
        return subject

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the link of a reset mail, below our own address.

        Built from the request it would follow the Host header, and a forged one would carry
        somebody's key elsewhere.
        """
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return f"{settings.SITE_URL}{path.replace('UID-KEY', quote(key))}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the mail, to the stored address if it is somebody's and to the typed one if not.

        An address we do not know costs the same work, so that the answer's time tells nothing.
        """
        now = timezone.now()
        user = context.get("user") or User.objects.filter(email=email.lower()).first()
        to_address = user.email if user else email
        words = {
            "request": current.request,
            "current_site": OurSite(),
            "email": to_address,
            "site_url": settings.SITE_URL,
            "institution_name": settings.INSTITUTION_NAME,
        }
        message = self.render_mail(template_prefix, to_address, {**words, **context})
        queue_rendered(
            kind=SIGN_IN,
            to_address=to_address,
            recipient=user,
            subject=str(message.subject),
            text_body=str(message.body),
            html_body=_html(message),
            occurrence_key=f"{SIGN_IN}:{uuid4().hex}",
            due_at=now,
            expires_at=now + LIFE,
        )


def _html(message: Any) -> str:
    if not isinstance(message, EmailMultiAlternatives):
        return ""
    return next((str(body) for body, kind in message.alternatives if kind == "text/html"), "")
