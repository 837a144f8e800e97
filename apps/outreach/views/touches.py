from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.contacts.access import get_contact_for_edit
from apps.outreach.access import get_attempt_for_edit, get_touch_for_edit
from apps.outreach.actions import attempts, touches
from apps.outreach.actions.attempts import SaidAlready
from apps.outreach.forms.touches import AttemptTimeForm, TouchForm
from apps.outreach.models import TouchKind

SAID_ALREADY = "The same stands there already, of the same minute."


@requires(Permission.KEEP_OWN_JOURNAL)
@require_http_methods(["GET", "POST"])
def touch_new(request: SignedInRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    contact = get_contact_for_edit(request.user, pk)
    kind = request.GET.get("kind")
    initial = {"kind": kind if kind in TouchKind else TouchKind.MESSAGE}
    form = TouchForm(request.POST or None, student=contact.student, now=now, initial=initial)
    if request.method == "POST" and form.is_valid():
        touches.log_touch(contact=contact, **form.details())
        messages.success(request, f"Noted, with {contact.name}.")
        if form.cleaned_data["kind"] == TouchKind.LANDED:
            return redirect("news")
        return redirect("contact", pk=pk)
    return render(request, "outreach/touch_form.html", {"form": form, "contact": contact})


@requires(Permission.KEEP_OWN_JOURNAL)
@require_http_methods(["GET", "POST"])
def touch_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    touch = get_touch_for_edit(request.user, pk)
    form = TouchForm.of(touch, request.POST or None, now=timezone.now())
    if request.method == "POST" and form.is_valid():
        try:
            touches.edit_touch(touch=touch, **form.details())
        except SaidAlready:
            form.add_error(None, SAID_ALREADY)
        else:
            messages.success(request, "Saved.")
            return redirect("contact", pk=touch.contact_id)
    context = {"form": form, "contact": touch.contact, "touch": touch}
    return render(request, "outreach/touch_form.html", context)


@requires(Permission.KEEP_OWN_JOURNAL)
@require_POST
def touch_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    touch = get_touch_for_edit(request.user, pk)
    touches.remove_touch(touch=touch)
    messages.success(request, "Taken back, as if it had never been there.")
    return redirect("contact", pk=touch.contact_id)


@requires(Permission.KEEP_OWN_JOURNAL)
@require_http_methods(["GET", "POST"])
def attempt_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    attempt = get_attempt_for_edit(request.user, pk)
    form = AttemptTimeForm(request.POST or None, attempt=attempt, now=timezone.now())
    if request.method == "POST" and form.is_valid():
        details = form.details()
        try:
            attempts.edit_attempt(
                attempt=attempt, channel=details["channel"], sent_at=details["happened_at"]
            )
        except SaidAlready:
            form.add_error(None, SAID_ALREADY)
        else:
            messages.success(request, "Saved.")
            return redirect("contact", pk=attempt.contact_id)
    context = {"form": form, "contact": attempt.contact, "attempt": attempt}
    return render(request, "outreach/attempt_edit.html", context)


@requires(Permission.KEEP_OWN_JOURNAL)
@require_POST
def attempt_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a note back; if it has a reply, only at the second yes."""
    attempt = get_attempt_for_edit(request.user, pk)
    if attempt.replied_at and "confirmed" not in request.POST:
        context = {"contact": attempt.contact, "attempt": attempt}
        return render(request, "outreach/attempt_remove.html", context)
    attempts.remove_attempt(attempt=attempt)
    messages.success(request, "Taken back, as if it had never been sent.")
    return redirect("contact", pk=attempt.contact_id)
