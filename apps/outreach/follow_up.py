"""When to write again to somebody who has not answered, by the policy of the student's cohort.

Nothing is scheduled: what is due follows from the notes, replies and meetings as they are now.
"""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import Expression
from django.db.models.functions import Coalesce, Least

from apps.common.business_days import business_day
from apps.meetings.models import Meeting, Status
from apps.outreach.models import Attempt
from apps.students import calendar
from apps.students.models import FollowUpPolicy
from apps.students.next_steps import Students

FORGOTTEN_AFTER = timedelta(days=120)
"""A note that is older is a new beginning, not something to follow up."""

DEFAULT_POLICY = FollowUpPolicy.ONE_WEEK
DEFAULT_MOST = 4


@dataclass(frozen=True)
class Policy:
    """How a policy counts: the wait before the next note, and after how many notes it ends.

    `elsewhere_after` is the number of business days after which to try somebody else as well.
    Sources: Dalton's three and seven business days; Carleton's week between attempts;
    Quinnipiac's weekly notes for a month. A wait in plain days that ends on a day off ends on the
    next business day.
    """

    days: int
    in_business_days: bool
    most: int
    elsewhere_after: int | None = None


POLICIES = {
    FollowUpPolicy.THREE_AND_SEVEN: Policy(7, in_business_days=True, most=10, elsewhere_after=3),
    FollowUpPolicy.ONE_WEEK: Policy(7, in_business_days=False, most=10),
    FollowUpPolicy.WEEKLY_FOR_A_MONTH: Policy(7, in_business_days=False, most=5),
}
ANY_WAIT_IS_LONGER_THAN = timedelta(days=6)
"""From 11 pm until a week later at midnight it is hardly more than six days."""


def follow_up_on(policy: FollowUpPolicy, sent_on: date, holidays: Container[date] = ()) -> date:
    """Return the day on which to write again after a note that was sent on `sent_on`."""
    rule = POLICIES[policy]
    if rule.in_business_days:
        return business_day(sent_on, rule.days, holidays)
    return business_day(sent_on + timedelta(days=rule.days), 0, holidays)


def waiting_for_reply(students: Students, now: datetime) -> QuerySet[Attempt]:
    """Return the latest note to each contact that no reply or agreed meeting has followed."""
    of_contact = Attempt.objects.filter(contact=OuterRef("contact"), sent_at__lte=now)
    later = of_contact.filter(
        Q(sent_at__gt=OuterRef("sent_at"))
        | Q(sent_at=OuterRef("sent_at"), pk__gt=OuterRef("pk"))  # two channels at one moment
    )
    replied_since = of_contact.filter(replied_at__gte=OuterRef("sent_at"))
    # Times that were proposed are one more thing that waits for an answer.
    met_since = Meeting.objects.filter(
        contact=OuterRef("contact"), starts_at__gte=OuterRef("sent_at")
    ).exclude(status=Status.PROPOSED)
    return Attempt.objects.unanswered().filter(
        ~Exists(later),
        ~Exists(replied_since),
        ~Exists(met_since),
        student__in=students,
        contact__erased_at__isnull=True,
        contact__archived_at__isnull=True,
        sent_at__lte=now,
        sent_at__gte=now - FORGOTTEN_AFTER,
    )


def unanswered(students: Students, now: datetime) -> QuerySet[Any, Any]:
    """Return the notes that wait for a reply, with what is due when.

    Annotated: `notes` in a row without an answer, and how many there may be (`most_notes`), the
    day to write again (`follow_up_on`), the moments at which that day begins and ends for the
    student (`opens_at`, `closes_at`), and `elsewhere_at`, from which to try somebody else as well
    (null where the policy knows no such day).
    """
    return (
        waiting_for_reply(students, now)
        .annotate(
            policy=Coalesce(
                calendar.of_latest_cohort("follow_up_policy"),
                Value(DEFAULT_POLICY.value),
                output_field=CharField(),
            ),
            notes=_notes_in_a_row(),
            sent_on=calendar.day_of_student("sent_at"),
        )
        .annotate(most_notes=_most_notes(), follow_up_on=_follow_up_on())
        .annotate(
            opens_at=calendar.start_of_day_of_student(F("follow_up_on")),
            closes_at=calendar.start_of_day_of_student(_day_after("follow_up_on")),
            elsewhere_at=_elsewhere_at(),
        )
    )


def due(students: Students, now: datetime) -> QuerySet[Any, Any]:
    """Return the notes to follow up now: the day has come, and the policy allows one more."""
    return unanswered(students, now).filter(
        sent_at__lte=now - ANY_WAIT_IS_LONGER_THAN, opens_at__lte=now, notes__lt=F("most_notes")
    )


def to_try_elsewhere(students: Students, now: datetime) -> QuerySet[Any, Any]:
    """Return the notes beside which the policy wants somebody else to be asked by now."""
    return unanswered(students, now).filter(
        elsewhere_at__lte=now, opens_at__gt=now, notes__lt=F("most_notes")
    )


def quiet(students: Students, now: datetime) -> QuerySet[Any, Any]:
    """Return the last notes to people who stayed silent until the policy was exhausted."""
    return unanswered(students, now).filter(opens_at__lte=now, notes__gte=F("most_notes"))


def _notes_in_a_row() -> Expression:
    before = Attempt.objects.filter(contact=OuterRef("contact"), sent_at__lte=OuterRef("sent_at"))
    answered_since = Attempt.objects.filter(
        contact=OuterRef("contact"), replied_at__gte=OuterRef("sent_at")
    )
    met_since = Meeting.objects.filter(
        contact=OuterRef("contact"), status=Status.HELD, starts_at__gte=OuterRef("sent_at")
    )
    in_a_row = before.filter(~Exists(answered_since), ~Exists(met_since))
    return Coalesce(
        Subquery(in_a_row.order_by().values("contact").annotate(n=Count("pk")).values("n")),
        Value(1),
        output_field=IntegerField(),
    )


def _most_notes() -> Expression:
    most = max(rule.most for rule in POLICIES.values())
    of_policy = Case(
        *(
            When(policy=policy.value, then=Value(rule.most))
            for policy, rule in POLICIES.items()
            if rule.most < most
        ),
        default=Value(most),
        output_field=IntegerField(),
    )
    of_cohort = Coalesce(
        calendar.of_latest_cohort("most_attempts"), Value(DEFAULT_MOST), output_field=IntegerField()
    )
    return Least(of_policy, of_cohort)


def _follow_up_on() -> Expression:
    return Func(
        F("policy"),
        F("sent_on"),
        function="outreach_follow_up_on",
        output_field=DateField(),
    )


def _elsewhere_at() -> Expression:
    return Case(
        *(
            When(
                policy=policy.value,
                then=calendar.start_of_day_of_student(
                    calendar.business_day(F("sent_on"), rule.elsewhere_after)
                ),
            )
            for policy, rule in POLICIES.items()
            if rule.elsewhere_after is not None
        ),
        output_field=DateTimeField(null=True),
    )


def _day_after(day: str, days: int = 1) -> Expression:
    return ExpressionWrapper(F(day) + Value(days), output_field=DateField())
