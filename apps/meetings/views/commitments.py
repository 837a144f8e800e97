from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.meetings.access import get_commitment_for_edit
from apps.meetings.actions.debrief import keep_commitment


@requires(Permission.KEEP_OWN_JOURNAL)
@require_POST
def commitment_done(request: SignedInRequest, pk: int) -> HttpResponse:
    """Note that a promise was kept; with `open=yes`, that it is open after all.

    `back` says to which page it goes from there: the contact's, or else Today.
    """
    commitment = get_commitment_for_edit(request.user, pk)
    is_done = request.POST.get("open") != "yes"
    keep_commitment(commitment=commitment, is_done=is_done, now=timezone.now())
    words = "Noted as kept" if is_done else "Open again"
    messages.success(request, f"{words}: {commitment.what}")
    if request.POST.get("back") == "contact":
        return redirect("contact", pk=commitment.meeting.contact_id)
    if request.POST.get("back") == "debrief":
        return redirect("meeting_debrief", pk=commitment.meeting_id)
    return redirect("today")
