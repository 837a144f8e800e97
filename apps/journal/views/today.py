from datetime import datetime

from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.common.localtime import local_date
from apps.contacts.models import Contact
from apps.journal.pace import pace_of
from apps.journal.spine import spine, standing
from apps.meetings.models import Meeting, Readiness, readiness
from apps.reminders.next_steps import next_steps_of
from apps.students.models import Student
from apps.students.next_steps import NextStep, StepKind

STEPS_SHOWN = 5


@requires(Permission.KEEP_OWN_JOURNAL)
@require_safe
def today(request: SignedInRequest) -> HttpResponse:
    now = timezone.now()
    student = Student.objects.filter(user=request.user).first()
    if student is None:
        return render(request, "journal/not_enrolled.html")
    steps = next_steps_of(student, now)
    upcoming = list(_upcoming(student, now)[:5])
    ready = {meeting.pk: _readiness(meeting) for meeting in upcoming}
    pace = pace_of(student, local_date(now, request.user.zone))
    at = standing(student, now)
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
            "referrals": _referrals(student)[:3],
        },
    )


def _upcoming(student: Student, now: datetime) -> QuerySet[Meeting]:
    return (
        Meeting.objects.scheduled()
        .filter(student=student, starts_at__gt=now)
        .select_related("contact", "student__user", "prep_sheet")
        .prefetch_related("questions")
        .order_by("starts_at", "pk")
    )


def _readiness(meeting: Meeting) -> Readiness:
    sheet = meeting.prep_sheet if hasattr(meeting, "prep_sheet") else None
    return readiness(sheet, meeting.questions.all())


def _readiness_for(step: NextStep, ready: dict[int, Readiness]) -> Readiness | None:
    return ready.get(step.subject) if step.kind == StepKind.PREPARE else None


def _referrals(student: Student) -> QuerySet[Contact]:
    return (
        Contact.objects.active()
        .filter(student=student, introduced_by__isnull=False, erased_at__isnull=True)
        .select_related("introduced_by")
        .order_by(F("introduced_on").desc(nulls_last=True), "-listed_on", "-pk")
    )
