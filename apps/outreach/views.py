from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.outreach import actions
from apps.outreach.access import get_attempt_for_edit
from apps.outreach.forms import ReplyForm


@requires(Permission.KEEP_OWN_JOURNAL)
@require_POST
def attempt_reply(request: SignedInRequest, pk: int) -> HttpResponse:
    attempt = get_attempt_for_edit(request.user, pk)
    form = ReplyForm(request.POST)
    if form.is_valid():
        reply = form.cleaned_data["reply"]
        actions.record_reply(attempt=attempt, reply=reply, now=timezone.now())
        messages.success(
            request, f"Noted: {attempt.contact.name} answered “{reply.label.lower()}”."
        )
    else:
        messages.error(request, "Say what they answered: yes, later or no.")
    return redirect("today")
