from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.access import SignedInRequest, public, signed_in
from apps.accounts.actions import InvitationIsSpent, accept_invitation, note_opened
from apps.accounts.backends import EmailBackend
from apps.accounts.forms import AccountForm, WelcomeForm
from apps.accounts.invitations import find_invitation
from apps.common.knocks import knock

HEADERS = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "same-origin",  # what the check of forms needs on the way to ourselves
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
# The frame of the page as a stranger sees it, whoever else may be signed in in this browser.
STRANGER: dict[str, Any] = {"user": AnonymousUser(), "nav": [], "messages": []}

View = Callable[[HttpRequest, str], HttpResponse]


def kept_to_oneself(view: View) -> View:
    """Let no cache, no search engine and no other site learn of the page or its address."""

    @wraps(view)
    def kept(request: HttpRequest, token: str) -> HttpResponse:
        response = view(request, token)
        for name, value in HEADERS.items():
            response[name] = value
        return response

    return kept


@signed_in(reason="Everybody may change how they are called and which clock they live by.")
@require_http_methods(["GET", "POST"])
def account(request: SignedInRequest) -> HttpResponse:
    form = AccountForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Saved.")
        return redirect("account")
    return render(request, "accounts/account.html", {"form": form})


@public(reason="Who is invited has no password yet; the token in the address is the permission.")
@kept_to_oneself
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Let somebody choose a password and sign in. A GET changes nothing: scanners follow links."""
    now = timezone.now()
    found = find_invitation(token, now=now)
    may_come = found is not None and EmailBackend().user_can_authenticate(found.user)
    if found is None or not may_come or settings.SIGN_ON_ONLY:
        return _opens_nothing(request)
    form = WelcomeForm(found.user, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            user = accept_invitation(
                invitation=found, password=form.cleaned_data["new_password1"], now=now
            )
        except InvitationIsSpent:
            return _opens_nothing(request)
        login(request, user, backend=f"{EmailBackend.__module__}.{EmailBackend.__name__}")
        messages.success(request, "Welcome. Next time, sign in with your e-mail and password.")
        return redirect("home")
    context = {"form": form, "invited": found.user, "token": token}
    return render(request, "accounts/invitation.html", {**context, **STRANGER})


@public(reason="The page of an invitation says so once a browser shows it to somebody.")
@kept_to_oneself
@require_POST
def invitation_opened(request: HttpRequest, token: str) -> HttpResponse:
    now = timezone.now()
    found = find_invitation(token, now=now)
    if found is None:
        return _opens_nothing(request)
    note_opened(invitation=found, now=now)
    return HttpResponse(status=204)


def _opens_nothing(request: HttpRequest) -> HttpResponse:
    """Answer alike whatever is wrong with a token; and briefly, whoever has tried many."""
    wait = knock(request.META.get("REMOTE_ADDR", ""), now=timezone.now())
    if wait:
        response = render(request, "accounts/invitation_busy.html", STRANGER, status=429)
        response["Retry-After"] = str(wait)
        return response
    context = {"days": settings.INVITATION_DAYS, **STRANGER}
    return render(request, "accounts/invitation_gone.html", context, status=404)


@public(reason="Load balancers and container health checks ask without an account.")
@require_http_methods(["GET"])
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")
