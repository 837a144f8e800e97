from hashlib import sha256

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from apps.accounts.access import SignedInRequest, signed_in
from apps.accounts.actions import end_sessions
from apps.accounts.devices import device_name
from apps.accounts.models import Session


@signed_in(reason="Everybody may see where they are signed in themselves.")
@require_GET
def sessions(request: SignedInRequest) -> HttpResponse:
    alive = Session.objects.alive(request.user, now=timezone.now())
    here = request.session.session_key
    places = [
        {
            "mark": mark_of(session),
            "device": device_name(session.device),
            "since": session.signed_in_at,
            "is_here": session.session_key == here,
        }
        for session in alive
    ]
    return render(request, "accounts/sessions.html", {"places": places})


@signed_in(reason="Everybody may end their own sessions.")
@require_POST
def sessions_end(request: SignedInRequest) -> HttpResponse:
    """End one of the person's sessions, or all but this one."""
    mark, here = request.POST.get("which"), request.session.session_key
    own = Session.objects.alive(request.user, now=timezone.now())
    only = [session.session_key for session in own if mark_of(session) == mark]
    if mark and not only:
        messages.info(request, "That one has ended already.")
        return redirect("sessions")
    ended = end_sessions(user=request.user, only=only, keep=here, by=request.user)
    one = "You are signed out in one other place."
    messages.success(request, one if ended == 1 else f"You are signed out in {ended} other places.")
    return redirect("sessions")


def mark_of(session: Session) -> str:
    """Return what stands for a session in a page; its key itself would let somebody in."""
    return sha256(f"mark:{session.session_key}".encode()).hexdigest()[:32]
