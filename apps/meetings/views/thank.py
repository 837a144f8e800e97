from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.meetings.access import get_meeting_for_edit
from apps.meetings.actions.outcome import record_thank_you
from apps.meetings.forms.thank import ThankedForm
from apps.meetings.models import Status
from apps.meetings.moves import NotPossible
from apps.meetings.thank_you import ThankYouClock, draft


@requires(Permission.KEEP_OWN_JOURNAL)
@require_http_methods(["GET", "POST"])
def meeting_thank(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a first thank-you to copy or open as mail, and note when it went out."""
    now = timezone.now()
    meeting = get_meeting_for_edit(request.user, pk)
    if meeting.status != Status.HELD or meeting.contact.is_erased:
        return redirect("meeting", pk=pk)
    form = ThankedForm(request.POST or None, meeting=meeting, now=now)
    if request.method == "POST" and form.is_valid():
        try:
            record_thank_you(meeting=meeting, sent_at=form.cleaned_data["sent_at"], now=now)
        except NotPossible as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, f"Noted: you thanked {meeting.contact.name}.")
            return redirect("meeting", pk=pk)
    context = {
        "meeting": meeting,
        "contact": meeting.contact,
        "letter": draft(meeting),
        "clock": ThankYouClock.of(meeting, now=now),
        "form": form,
        "now": now,
    }
    return render(request, "meetings/thank.html", context)
