from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from apps.accounts.access import SignedInRequest, public, requires, signed_in
from apps.accounts.roles import Permission
from careerhub.navigation import first_page
from careerhub.watch import exposition, findings, missing_parts


@signed_in(reason="It only sends people on to the first page of their role.")
@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    return redirect(first_page(request.user))


@public(reason="Load balancers ask without an account; the answer is one word.")
@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Say whether this process can serve pages; /healthz says that it is alive."""
    missing = missing_parts()
    if missing:
        words = f"not ready: {', '.join(missing)}"
        return HttpResponse(words, status=503, content_type="text/plain")
    return HttpResponse("ready", content_type="text/plain")


@public(reason="A program reads it and shows a token; without one there is no such page.")
@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not constant_time_compare(shown, settings.METRICS_TOKEN):
        raise Http404
    return HttpResponse(exposition(), content_type=CONTENT_TYPE_LATEST)


@requires(Permission.KEEP_WATCH)
@require_safe
def status(request: HttpRequest) -> HttpResponse:
    return render(request, "status.html", {"findings": findings()})
