from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.students.access import get_own_student
from apps.students.actions.effort import note_effort
from apps.students.forms.effort import EffortForm


@requires(Permission.KEEP_OWN_JOURNAL)
@require_POST
def effort(request: SignedInRequest) -> HttpResponse:
    student = get_own_student(request.user)
    form = EffortForm(request.POST)
    if form.is_valid():
        applied_for = form.cleaned_data["applied_for"]
        note_effort(student=student, day=student.today(timezone.now()), applied_for=applied_for)
        messages.success(request, "Noted. Only you see it.")
    for problems in form.errors.values():
        messages.error(request, " ".join(str(problem) for problem in problems))
    return redirect("progress")
