from datetime import datetime, timedelta

from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.models import User
from apps.accounts.roles import Permission
from apps.common.localtime import local_date, start_of_day
from apps.contacts.models import Contact
from apps.journal.pace import Pace
from apps.journal.spine import spine, standing
from apps.meetings.models import Meeting, Readiness, readiness
from apps.reminders.next_steps import next_steps_of
from apps.students.models import Enrolment, Student, institution_zone
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
    pace = _pace(student, request.user, now)
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


def _pace(student: Student, user: User, now: datetime) -> Pace | None:
    """Return the pace in the current term; None between terms."""
    day = local_date(now, user.zone)
    enrolment = (
        Enrolment.objects.current(day)
        .filter(student=student)
        .select_related("cohort__term")
        .order_by("-cohort__term__starts_on", "pk")
        .first()
    )
    if enrolment is None:
        return None
    term = enrolment.cohort.term
    zone = institution_zone()
    moments = (
        Meeting.objects.held()
        .filter(
            student=student,
            starts_at__gte=start_of_day(term.starts_on, zone),
            starts_at__lt=start_of_day(term.closes_on + timedelta(days=1), zone),
        )
        .order_by("starts_at")
        .values_list("starts_at", flat=True)
    )
    return Pace(
        goal=enrolment.cohort.goal,
        planned=enrolment.cohort.planned_by(day),
        held_on=[local_date(moment, zone) for moment in moments],
        starts_on=term.starts_on,
        ends_on=term.ends_on,
        today=day,
    )
