"""What stands on Today beside the next steps: the conversations ahead, the pace, who was named."""

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from apps.accounts.models import User
from apps.common.localtime import local_date, start_of_day
from apps.common.prepared import Prepared
from apps.contacts.models import Contact
from apps.journal.pace import Pace
from apps.meetings.clocks import Clocks
from apps.meetings.models import Meeting, Mode, PlannedQuestion, PrepSheet, Readiness, readiness
from apps.students.models import (
    Cohort,
    Enrolment,
    Holiday,
    Milestone,
    Student,
    Term,
    institution_zone,
)

UPCOMING_SHOWN = 5
REFERRALS_SHOWN = 3
SHEET = (
    "goal_information",
    "goal_contacts",
    "research_person",
    "research_duties",
    "research_organization",
    "pitch",
    "is_pitch_rehearsed",
)
"""What of a sheet `readiness` looks at."""


class Upcoming(NamedTuple):
    """A conversation ahead; `there` is what the contact's clock shows then, if that is another."""

    pk: int
    starts_at: datetime
    minutes: int
    mode: Mode
    is_practice: bool
    contact_name: str
    organization: str
    there: str
    readiness: Readiness


class Referral(NamedTuple):
    """Somebody the student was led to, by whom and when."""

    pk: int
    name: str
    job_title: str
    organization: str
    introducer: str
    introduced_on: date | None

    @property
    def role(self) -> str:
        return ", ".join(part for part in (self.job_title, self.organization) if part)


def upcoming(student: Student, user: User, now: datetime) -> list[Upcoming]:
    """Return the next few conversations, and how far each is prepared."""
    return [
        Upcoming(
            pk,
            starts_at,
            minutes,
            Mode(mode),
            is_practice,
            name,
            organization,
            Clocks.between(user.zone, time_zone).there(starts_at),
            readiness(PrepSheet(**dict(zip(SHEET, sheet, strict=True))), questions),
        )
        for (
            pk,
            starts_at,
            minutes,
            mode,
            is_practice,
            name,
            organization,
            time_zone,
            questions,
            *sheet,
        ) in _upcoming_of.rows(student.pk, now)
    ]


def referrals(student: Student, now: datetime) -> list[Referral]:
    """Return whom somebody named last."""
    return [Referral(*row) for row in _referrals_of.rows(student.pk, now)]


def pace(student: Student, user: User, held_at: list[datetime], now: datetime) -> Pace | None:
    """Return the pace in the current term; None between terms.

    `held_at` is when each of the student's conversations that count began, in order.
    """
    day = local_date(now, user.zone)
    for goal, starts_on, ends_on, closes_on, days_off, due, held in _enrolment_of.rows(
        student.pk, day
    ):
        term = Term(starts_on=starts_on, ends_on=ends_on, closes_on=closes_on)
        zone = institution_zone()
        opens_at = start_of_day(starts_on, zone)
        closes_at = start_of_day(closes_on + timedelta(days=1), zone)
        return Pace(
            goal=goal,
            planned=Cohort(goal=goal, term=term).planned_by(day),
            held_on=[local_date(at, zone) for at in held_at if opens_at <= at < closes_at],
            starts_on=starts_on,
            ends_on=ends_on,
            today=day,
            days_off=set(days_off),
            milestones=[
                Milestone(due_on=due_on, conversations=number)
                for due_on, number in zip(due, held, strict=True)
            ],
        )
    return None


def _upcoming(key: int, now: datetime) -> QuerySet[Any, Any]:
    questions = (
        PlannedQuestion.objects.filter(meeting=OuterRef("pk"))
        .order_by()
        .values("meeting")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return (
        Meeting.objects.scheduled()
        .filter(student=key, starts_at__gt=now)
        .annotate(number_of_questions=Coalesce(Subquery(questions), 0))
        .order_by("starts_at", "pk")
        .values_list(
            "pk",
            "starts_at",
            "minutes",
            "mode",
            "is_practice",
            "contact__name",
            "contact__organization",
            "contact__time_zone",
            "number_of_questions",
            *(f"prep_sheet__{name}" for name in SHEET),
        )[:UPCOMING_SHOWN]
    )


def _referrals(key: int, now: datetime) -> QuerySet[Any, Any]:
    return (
        Contact.objects.active()
        .filter(student=key, introduced_by__isnull=False, erased_at__isnull=True)
        .order_by(F("introduced_on").desc(nulls_last=True), "-listed_on", "-pk")
        .values_list(
            "pk", "name", "job_title", "organization", "introduced_by__name", "introduced_on"
        )[:REFERRALS_SHOWN]
    )


def _enrolment(key: int, day: date) -> QuerySet[Any, Any]:
    term = "cohort__term"
    holidays = Holiday.objects.filter(
        day__gte=OuterRef(f"{term}__starts_on"), day__lte=OuterRef(f"{term}__ends_on")
    )
    milestones = Milestone.objects.filter(cohort=OuterRef("cohort")).order_by("due_on")
    return (
        Enrolment.objects.current(day)
        .filter(student=key)
        .annotate(
            days_off=ArraySubquery(holidays.order_by("day").values("day")),
            milestones_due=ArraySubquery(milestones.values("due_on")),
            milestones_held=ArraySubquery(milestones.values("conversations")),
        )
        .order_by(f"-{term}__starts_on", "pk")
        .values_list(
            "cohort__goal",
            f"{term}__starts_on",
            f"{term}__ends_on",
            f"{term}__closes_on",
            "days_off",
            "milestones_due",
            "milestones_held",
        )[:1]
    )


_upcoming_of = Prepared(_upcoming)
_referrals_of = Prepared(_referrals)
_enrolment_of = Prepared(_enrolment, of_day=True)
