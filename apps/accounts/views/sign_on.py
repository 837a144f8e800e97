"""The ways in besides a password: the institution's sign-on, and glass that an operator broke."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.saml.utils import get_app_or_404
from allauth.socialaccount.providers.saml.views import acs
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.accounts.access import public
from apps.accounts.actions import use_broken_glass
from apps.accounts.backends import EmailBackend
from apps.accounts.provider import StrictOpenIDConnectAdapter
from apps.accounts.session_life import BREAK_GLASS
from apps.accounts.views.account import STRANGER, kept_to_oneself
from apps.common.knocks import knock

LONGEST_ANSWER = 256 * 1024  # bytes; it waits in a session until the next request


@public(reason="Strangers set out from here to the institution's sign-on.")
@require_http_methods(["GET", "POST"])
def oidc_login(request: HttpRequest, provider_id: str) -> HttpResponse:
    return _by_oidc(OAuth2LoginView, request, provider_id)


@public(reason="They come back here; the state in their session and the code are the permission.")
@require_GET
def oidc_callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    return _by_oidc(OAuth2CallbackView, request, provider_id)


@csrf_exempt
@public(reason="They come back here; the signature and the state are the permission.")
@require_POST
def saml_answer(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """Take the provider's answer, if there is one and it is of a size that answers have."""
    get_app_or_404(request, organization_slug)
    if len(request.body) > LONGEST_ANSWER:
        raise BadRequest("larger than any answer of a provider")
    return acs(request, organization_slug=organization_slug)


@public(reason="allauth names this address to the provider; nobody is signed out through it.")
def saml_logout(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """Answer that there is no single logout: one without a signature would be anybody's to send."""
    raise Http404


def _by_oidc(view: Any, request: HttpRequest, provider_id: str) -> HttpResponse:
    try:
        answer = view.adapter_view(StrictOpenIDConnectAdapter(request, provider_id))(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    return answer


@public(reason="Sign-on is down; the token in the address is the permission, once.")
@kept_to_oneself
@require_http_methods(["GET", "HEAD", "POST"])
def break_glass(request: HttpRequest, token: str) -> HttpResponse:
    """Sign an administrator in. A GET shows a button, whatever the token: it gives nothing away."""
    if request.method != "POST":
        return render(request, "accounts/break_glass.html", {**STRANGER, "is_spent": False})
    now = timezone.now()
    user = use_broken_glass(token=token, now=now)
    if user is None:
        wait = knock(request.META.get("REMOTE_ADDR", ""), now=now)
        context = {**STRANGER, "is_spent": True}
        return render(request, "accounts/break_glass.html", context, status=429 if wait else 404)
    login(request, user, backend=f"{EmailBackend.__module__}.{EmailBackend.__name__}")
    record_authentication(request, user, BREAK_GLASS)
    request.session.set_expiry(settings.BREAK_GLASS_SESSION_MINUTES * 60)
    messages.warning(request, "You are in for an hour, by a way that is written down.")
    return redirect("home")
