from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.journal.effort import effort_of
from apps.journal.pace import pace_of
from apps.journal.plan import PlanForm
from apps.journal.progress import Progress
from apps.students.access import get_own_student


@requires(Permission.KEEP_OWN_JOURNAL)
@require_safe
def progress(request: SignedInRequest) -> HttpResponse:
    student = get_own_student(request.user)
    gathered = Progress.of(student, request.user.zone)
    today = timezone.localdate()
    pace = pace_of(student, today)
    plan = PlanForm(request.GET if "goal" in request.GET else None, pace=pace, today=today)
    context = {
        "progress": gathered,
        "pace": pace,
        "plan": plan,
        "today": today,
        "effort": effort_of(student, today),
    }
    return render(request, "journal/progress.html", context)
