from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from apps.accounts.access import is_person


class ViewerTimeZoneMiddleware:
    """Show every time in the zone of the person who looks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_person(request.user):
            timezone.activate(request.user.zone)
        else:
            timezone.deactivate()
        return self.get_response(request)
