from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.outreach.access import get_attempt_for_edit
from apps.outreach.actions import attempts as actions
from apps.outreach.forms.replies import BUTTONS, ReplyForm
from apps.students.class_defaults import usual_minutes


@requires(Permission.KEEP_OWN_JOURNAL)
@require_http_methods(["GET", "POST"])
def attempt_reply(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write down what came back in one tap, and say what a good next line is."""
    now = timezone.now()
    attempt = get_attempt_for_edit(request.user, pk)
    form = ReplyForm(
        request.POST if request.method == "POST" else None,
        today=attempt.student.today(now),
        initial={"ask_again_on": attempt.ask_again_on},
    )
    if request.method == "POST" and form.is_valid():
        if form.took_back:
            actions.take_reply_back(attempt=attempt)
            messages.success(request, f"Noted: nothing from {attempt.contact.name} yet.")
        else:
            actions.record_reply(attempt=attempt, now=now, **form.answer())
            said = dict(BUTTONS)[form.cleaned_data["reply"]].lower()
            messages.success(request, f"Noted: {attempt.contact.name} answered “{said}”.")
        return redirect("attempt_reply", pk=pk)
    context = {
        "attempt": attempt,
        "contact": attempt.contact,
        "form": form,
        "minutes": usual_minutes(attempt.student),
    }
    return render(request, "outreach/attempt_reply.html", context)
