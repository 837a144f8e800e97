from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from apps.accounts.access import is_person
from apps.accounts.session_life import is_over, mark_seen, needs_second_factor

Answer = Callable[[HttpRequest], HttpResponse]

# Where somebody may be who has still to set a second factor up.
ON_THE_WAY = ("mfa_", "account_logout", "account_reauthenticate", "healthz")
HEADERS = {
    # Nothing that the product does needs more of a browser than the clipboard and passkeys.
    "Permissions-Policy": (
        "accelerometer=(), autoplay=(), camera=(), display-capture=(), geolocation=(),"
        " gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=(),"
        " xr-spatial-tracking=(),"
        " publickey-credentials-create=(self), publickey-credentials-get=(self)"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
}


class ViewerTimeZoneMiddleware:
    """Show every time in the zone of the person who looks."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_person(request.user):
            timezone.activate(request.user.zone)
        else:
            timezone.deactivate()
        return self.get_response(request)


class HeadersMiddleware:
    """Say with every answer what browsers may do with it, and that named pages are kept nowhere."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if is_person(request.user) and "Cache-Control" not in response.headers:
            response["Cache-Control"] = "private, no-store"
        return response


class SessionLifeMiddleware:
    """End sessions that are over, and ask staff for a second factor before anything else."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if not is_person(user):
            return self.get_response(request)
        if is_over(request, user):
            logout(request)
            return self.get_response(request)
        response = self.get_response(request)
        if user.is_staff_member and is_person(request.user):
            mark_seen(request, response)
        return response

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        match = request.resolver_match
        name = (match.url_name if match else None) or ""
        if name.startswith(ON_THE_WAY) or not is_person(request.user):
            return None
        if not needs_second_factor(request, request.user):
            return None
        messages.info(request, "One more thing protects the people in your care: a second factor.")
        return redirect("mfa_index")
