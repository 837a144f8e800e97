from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.meetings.access import get_meeting_for_edit
from apps.meetings.actions.outcome import record_outcome, record_thank_you
from apps.meetings.forms.outcome import OutcomeForm
from apps.meetings.models import Meeting
from apps.meetings.moves import NotPossible


@requires(Permission.KEEP_OWN_JOURNAL)
@require_POST
def meeting_outcome(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = get_meeting_for_edit(request.user, pk)
    form = OutcomeForm(request.POST)
    is_held = False
    if form.is_valid():
        was_held = form.cleaned_data["was_held"]
        is_held = _record(request, meeting, was_held) and was_held
    else:
        messages.error(request, "Say whether the conversation took place.")
    if form.cleaned_data["goes_on"]:
        return redirect("meeting_debrief" if is_held else "meeting", pk=pk)
    return redirect("today")


def _record(request: SignedInRequest, meeting: Meeting, was_held: bool) -> bool:
    """Write down how it went, and tell the student; return whether it could be."""
    try:
        record_outcome(meeting=meeting, was_held=was_held, now=timezone.now())
    except NotPossible as reason:
        messages.error(request, str(reason))
        return False
    name = meeting.contact.name
    messages.success(
        request,
        f"Noted. A thank-you to {name} within a day is part of every conversation."
        if was_held
        else f"Noted. Things come up; {name} may well agree to another time.",
    )
    return True


@requires(Permission.KEEP_OWN_JOURNAL)
@require_POST
def meeting_thanked(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = get_meeting_for_edit(request.user, pk)
    try:
        record_thank_you(meeting=meeting, now=timezone.now())
    except NotPossible as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, f"Noted: you thanked {meeting.contact.name}.")
    return redirect("today")
