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
from apps.meetings.moves import NotPossible


@requires(Permission.KEEP_OWN_JOURNAL)
@require_POST
def meeting_outcome(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = get_meeting_for_edit(request.user, pk)
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Say whether the conversation took place.")
        return redirect("today")
    was_held = form.cleaned_data["was_held"]
    try:
        record_outcome(meeting=meeting, was_held=was_held, now=timezone.now())
    except NotPossible as reason:
        messages.error(request, str(reason))
    else:
        name = meeting.contact.name
        messages.success(
            request,
            f"Noted. A thank-you to {name} within a day is part of every conversation."
            if was_held
            else f"Noted. Things come up; {name} may well agree to another time.",
        )
    return redirect("today")


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
