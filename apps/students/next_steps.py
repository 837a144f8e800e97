"""The shape in which every app says what its rows ask of a student. Nothing here is stored.

A step is derived from the rows as they are now; it is gone the moment the work is done.
"""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from apps.common.prepared import Statement
from apps.students.calendar import today_of_student, zone_of_student
from apps.students.models import Enrolment, Student

Steps = QuerySet[Any, Any] | Statement
"""What asks for rows in the shape of a step: see `shape`."""

Students = QuerySet[Student] | list[int]
"""Whose steps are asked for: a query, or keys. PostgreSQL plans in half the time for a key."""


class StepKind(models.TextChoices):
    THANK = "thank", "Send a thank-you"
    SAY_HOW_IT_WENT = "say_how_it_went", "Say how the conversation went"
    PREPARE = "prepare", "Prepare for the conversation"
    DEBRIEF = "debrief", "Write down what you learned"
    READ_FEEDBACK = "read_feedback", "Read what came back"
    READ_ANSWER = "read_answer", "Read the answer to your question"
    KEEP_PROMISE = "keep_promise", "Keep a promise"
    ASK_ABOUT_PROMISE = "ask_about_promise", "Ask about a promise of theirs"
    WRITE_TO_REFERRAL = "write_to_referral", "Write a first note"
    TAKE_A_TIME = "take_a_time", "Take one of the times they suggest"
    AGREE_ON_A_TIME = "agree_on_a_time", "Agree on a time"
    SET_UP_CAMPAIGN = "set_up_campaign", "Make a beginning"
    FOLLOW_UP = "follow_up", "Follow up"
    ASK_AGAIN = "ask_again", "Ask again, as they said"
    TRY_ELSEWHERE = "try_elsewhere", "Try somebody else there as well"
    KEEP_PACE = "keep_pace", "Ask the next people"
    KEEP_IN_TOUCH = "keep_in_touch", "Send some news"
    CONFIRM_OFFER = "confirm_offer", "Say how an offer ended"
    CLOSE_OUT = "close_out", "Say what the term brought"


class NextStep(NamedTuple):
    """One thing to do: what (`kind`), about which row (`subject`), with whom, since when, by when.

    `happened_at` is the moment that gave rise to the step: the meeting's start, the note's date.
    `detail` are words that belong to it: what was promised, or who introduced the person.
    `contact` is empty, and so is the name, where a step is about the student's own way.
    """

    kind: str
    student: int
    subject: int
    contact: int | None
    contact_name: str
    organization: str
    happened_at: datetime
    due_at: datetime
    detail: str = ""

    def is_overdue(self, now: datetime) -> bool:
        return self.due_at < now


def shape(
    rows: QuerySet[Any],
    kind: StepKind,
    *,
    happened_at: str | Combinable,
    due_at: str | Combinable,
    detail: str = "",
    contact: str | None = "contact",
    organization: str = "",
) -> QuerySet[Any, Any]:
    """Return `rows` as tuples in the order of NextStep.

    `contact` leads from a row to the contact it is about; it is empty for the contacts themselves,
    and None for rows about nobody, which may name an `organization`.
    """
    person = f"{contact}__" if contact else ""
    if contact is None:
        who = {
            "step_contact": Value(None, output_field=models.BigIntegerField()),
            "step_name": Value(""),
            "step_organization": F(organization) if organization else Value(""),
        }
    else:
        who = {
            "step_contact": F(f"{person}pk"),
            "step_name": F(f"{person}name"),
            "step_organization": F(f"{person}organization"),
        }
    return rows.annotate(
        step_kind=Value(kind.value, output_field=models.CharField()),
        step_student=F(f"{person}student_id"),
        **who,
        step_happened_at=_expression(happened_at),
        step_due_at=_expression(due_at),
        step_detail=Cast(F(detail), models.TextField()) if detail else Value(""),
    ).values_list(
        "step_kind",
        "step_student",
        "pk",
        "step_contact",
        "step_name",
        "step_organization",
        "step_happened_at",
        "step_due_at",
        "step_detail",
    )


def enrolled(students: Students, now: datetime) -> QuerySet[Enrolment]:
    """Return the place of each student in the term that runs, with their `today`.

    That is one place a student: the first that they took, if they are in several classes.
    """
    running = Enrolment.objects.annotate(today=today_of_student(now)).current(F("today"))
    rather = Enrolment.objects.current(OuterRef("today")).filter(
        Q(cohort__term__starts_on__gt=OuterRef("cohort__term__starts_on"))
        | Q(cohort__term__starts_on=OuterRef("cohort__term__starts_on"), pk__lt=OuterRef("pk")),
        student=OuterRef("student"),
    )
    return running.filter(~Exists(rather), student__in=students)


def last_minute_of(day: Combinable, *, student: str = "student") -> Func:
    """Return when a date ends on the student's own clock; `student` leads from the row to them."""
    end = models.ExpressionWrapper(
        day + Value(timedelta(hours=23, minutes=59)), models.DateTimeField()
    )
    return Func(
        zone_of_student(student), end, function="timezone", output_field=models.DateTimeField()
    )


def _expression(value: str | Combinable) -> Combinable:
    return F(value) if isinstance(value, str) else value
