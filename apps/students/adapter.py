"""What allauth asks of us when somebody comes by the institution's sign-on."""

from typing import Any

import structlog
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from apps.common.localtime import local_date
from apps.students.actions.sign_on import NobodyWeKnow, sign_on
from apps.students.models.term import institution_zone
from apps.students.signing_on import read_claims

log = structlog.get_logger(__name__)


class SignOnAdapter(DefaultSocialAccountAdapter):
    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[Any]:
        """Return the providers of the settings only: a row in a table can add none."""
        return [
            app
            for app in super().list_apps(request, provider=provider, client_id=client_id)
            if app.pk is None
        ]

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find the person or turn them away: allauth's own ways of joining accounts stay unused."""
        now = timezone.now()
        claims = read_claims(
            provider=sociallogin.account.provider,
            uid=sociallogin.account.uid,
            claims=sociallogin.claims,
        )
        today = local_date(now, institution_zone())
        try:
            user, account = sign_on(
                claims=claims, create=settings.SIGN_ON_CREATES_ACCOUNTS, today=today
            )
        except NobodyWeKnow as reason:
            log.warning("sign-on turned away", provider=claims.provider, reason=str(reason))
            raise ImmediateHttpResponse(turned_away(request)) from reason
        sociallogin.account, sociallogin.user = account, user

    def on_authentication_error(self, request: HttpRequest, provider: Any, **kwargs: Any) -> None:
        """Answer alike whatever was wrong; what it was stands in the log, without a name."""
        reason = kwargs.get("exception") or kwargs.get("error")
        log.warning("sign-on refused", provider=provider.sub_id, reason=str(reason)[:200])
        raise ImmediateHttpResponse(
            render(request, "accounts/sign_on_refused.html", _stranger(), status=403)
        )


def turned_away(request: HttpRequest) -> HttpResponse:
    """Say that there is no account; a closed one looks the same from outside."""
    return render(request, "accounts/sign_on_unknown.html", _stranger(), status=403)


def _stranger() -> dict[str, Any]:
    return {"user": AnonymousUser(), "nav": [], "messages": []}
