from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.journal import day
from apps.journal.spine import spine, standing
from apps.meetings.models import Readiness
from apps.reminders.next_steps import next_steps_of
from apps.students.access import find_own_student
from apps.students.next_steps import NextStep, StepKind

STEPS_SHOWN = 5


@requires(Permission.KEEP_OWN_JOURNAL)
@require_safe
def today(request: SignedInRequest) -> HttpResponse:
    now = timezone.now()
    student = find_own_student(request.user)
    if student is None:
        return render(request, "journal/not_enrolled.html")
    steps = next_steps_of(student, now)
    upcoming = day.upcoming(student, request.user, now)
    ready = {meeting.pk: meeting.readiness for meeting in upcoming}
    at = standing(student, now)
    pace = day.pace(student, request.user, at.held_at, now)
    kinds = {step.kind for step in steps}
    return render(
        request,
        "journal/today.html",
        {
            "now": now,
            "steps": [(step, _readiness_for(step, ready)) for step in steps[:STEPS_SHOWN]],
            "steps_waiting": max(len(steps) - STEPS_SHOWN, 0),
            "upcoming": upcoming,
            "pace": pace,
            "spine": spine(at, goal=pace.goal if pace else None, kinds=kinds, now=now),
            "at": at,
            "referrals": day.referrals(student, now),
        },
    )


def _readiness_for(step: NextStep, ready: dict[int, Readiness]) -> Readiness | None:
    return ready.get(step.subject) if step.kind == StepKind.PREPARE else None
