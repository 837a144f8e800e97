from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.contacts.access import get_contact_for_edit
from apps.outreach.actions import attempts as actions
from apps.outreach.forms.attempts import AttemptForm
from apps.outreach.protection import advice


@requires(Permission.KEEP_OWN_JOURNAL)
@require_http_methods(["GET", "POST"])
def attempt_new(request: SignedInRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    contact = get_contact_for_edit(request.user, pk)
    told = advice(contact, now=now)
    form = AttemptForm(request.POST or None, student=contact.student, advice=told, now=now)
    if request.method == "POST" and not told.is_refused and form.is_valid():
        said = {
            name: form.cleaned_data[name]
            for name in ("channel", "sent_at", "reply", "reason")
            if name in form.cleaned_data
        }
        try:
            actions.log_attempt(contact=contact, now=now, **said)
        except actions.BetterToWait:  # since a moment ago
            return redirect("attempt_new", pk=pk)
        messages.success(request, f"Noted: you asked {contact.name}.")
        return redirect("contact", pk=pk)
    return render(
        request, "outreach/attempt_new.html", {"form": form, "contact": contact, "advice": told}
    )
