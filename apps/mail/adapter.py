"""What allauth asks of us: accounts come from the roster, and its mail takes the common road."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.mail.actions import queue_rendered
from apps.mail.frame import frame, rendered
from apps.mail.kinds import kind_of
from apps.mail.models import SIGN_IN

# Whoever asked is waiting for it now; a link that comes tomorrow only worries people.
LIFE = timedelta(hours=1)


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the link of a reset mail, below our own address.

        Built from the request it would follow the Host header, and a forged one would carry
        somebody's key elsewhere.
        """
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return f"{settings.SITE_URL}{path.replace('UID-KEY', quote(key))}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the mail, to the stored address if it is somebody's and to the typed one if not.

        An address we do not know costs the same work, so that the answer's time tells nothing. The
        mail stands in the frame of all our mail; allauth's own would take our address from the
        request's Host header.
        """
        now = timezone.now()
        user = context.get("user") or User.objects.filter(email=email.lower()).first()
        words = {**context, **frame(kind_of(SIGN_IN), user)}
        queue_rendered(
            kind=SIGN_IN,
            to_address=user.email if user else email,
            recipient=user,
            subject=rendered(f"{template_prefix}_subject.txt", words, escape=False),
            text_body=rendered(f"{template_prefix}_message.txt", words, escape=False),
            html_body=rendered(f"{template_prefix}_message.html", words, escape=True),
            occurrence_key=f"{SIGN_IN}:{uuid4().hex}",
            due_at=now,
            expires_at=now + LIFE,
        )
