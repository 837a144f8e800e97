from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.meetings.access import get_meeting_for_edit
from apps.meetings.agenda import Agenda
from apps.meetings.models import Status
from apps.meetings.moves import Move, can
from apps.students.access import get_own_student


@requires(Permission.KEEP_OWN_JOURNAL)
@require_safe
def meeting_list(request: SignedInRequest) -> HttpResponse:
    now = timezone.now()
    student = get_own_student(request.user)
    agenda = Agenda.of(student, now=now, page=request.GET.get("page", ""))
    return render(request, "meetings/meeting_list.html", {"agenda": agenda, "now": now})


@requires(Permission.KEEP_OWN_JOURNAL)
@require_safe
def meeting(request: SignedInRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    meeting = get_meeting_for_edit(request.user, pk)
    is_scheduled = meeting.status == Status.SCHEDULED
    context = {
        "meeting": meeting,
        "now": now,
        "can": {move.value: can(move, meeting, now=now) for move in Move},
        "is_ahead": is_scheduled and meeting.starts_at > now,
        "is_over": is_scheduled and meeting.ends <= now,
        "is_stale": all(time <= now for time in meeting.proposed_times),
        "debrief": getattr(meeting, "debrief", None),
    }
    return render(request, "meetings/meeting.html", context)
