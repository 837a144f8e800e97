from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import DateTimeField, Exists, F, Func, OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce, Least

from apps.meetings.models import ENDS_AT, Commitment, Debrief, Meeting, Promiser, Status
from apps.meetings.pace import behind_pace
from apps.students.calendar import start_of_day_of_student
from apps.students.next_steps import StepKind, Students, last_minute_of, shape

Steps = QuerySet[Any, Any]

ASKED_FOR = timedelta(days=30)
"""How long a conversation stays on the list. After a month a late note does more harm than good."""
LONGEST = timedelta(minutes=480)
"""No meeting is longer."""
PREPARED_WITHIN = timedelta(days=3)
DEBRIEFED_WITHIN = timedelta(hours=48)
DEBRIEF_ASKED_FOR = timedelta(days=14)
"""Two weeks later not much is left to write down."""
PROMISE_WITHIN = timedelta(days=7)
"""When a promise without a day is due, counted from the conversation."""
PROMISE_SHOWN_BEFORE = timedelta(days=14)
THEIR_PROMISE_PATIENCE = timedelta(days=3)
ANSWER_WITHIN = timedelta(days=4)
"""How long proposed times wait for an answer."""
OLD = timedelta(days=60)
"""What nobody has come back to for two months is let go."""
A_WEEK_LATER = timedelta(days=6)
"""The last day of a week, from its first: the pace of the term is judged anew after it."""


def next_steps(students: Students, now: datetime) -> list[Steps]:
    """Return what the conversations ask for: before them, after them, and what was promised."""
    return [
        *_after_the_end(students, now),
        _to_prepare(students, now),
        *_promises(students, now),
        _to_agree_on(students, now),
        _to_keep_pace(students, now),
    ]


def _after_the_end(students: Students, now: datetime) -> list[Steps]:
    recent = (
        Meeting.objects.filter(  # by an index; the end of a meeting is in none
            student__in=students, starts_at__lte=now, starts_at__gte=now - ASKED_FOR - LONGEST
        )
        .annotate(ends_at=ENDS_AT)
        .filter(ends_at__lte=now, ends_at__gte=now - ASKED_FOR)
    )
    written = Debrief.objects.filter(meeting=OuterRef("pk"), completed_at__isnull=False)
    to_debrief = recent.filter(
        # In a COALESCE it is no join, of which PostgreSQL would have several before it.
        ~Coalesce(Exists(written), False),
        status=Status.HELD,
        contact__erased_at__isnull=True,
        starts_at__gte=now - DEBRIEF_ASKED_FOR - LONGEST,
        ends_at__gte=now - DEBRIEF_ASKED_FOR,
    )
    return [
        shape(
            recent.scheduled(),
            StepKind.SAY_HOW_IT_WENT,
            happened_at="starts_at",
            due_at=F("ends_at"),
        ),
        shape(
            recent.unthanked().filter(contact__erased_at__isnull=True),
            StepKind.THANK,
            happened_at="starts_at",
            due_at=F("ends_at") + Value(timedelta(hours=settings.THANK_YOU_HOURS)),
        ),
        shape(
            to_debrief,
            StepKind.DEBRIEF,
            happened_at="starts_at",
            due_at=F("ends_at") + Value(DEBRIEFED_WITHIN),
        ),
    ]


def _to_prepare(students: Students, now: datetime) -> Steps:
    soon = Meeting.objects.scheduled().filter(
        student__in=students,
        contact__erased_at__isnull=True,
        is_ready=False,
        starts_at__gt=now,
        starts_at__lte=now + PREPARED_WITHIN,
    )
    return shape(soon, StepKind.PREPARE, happened_at="starts_at", due_at="starts_at")


def _promises(students: Students, now: datetime) -> list[Steps]:
    """One's own word is kept whoever it was given to; others are not pressed while they rest."""
    promised = (
        Commitment.objects.open()
        .filter(meeting__student__in=students, meeting__contact__erased_at__isnull=True)
        .annotate(
            by=Coalesce(
                last_minute_of(F("due_on"), student="meeting__student"),
                F("meeting__starts_at") + Value(PROMISE_WITHIN),
                output_field=DateTimeField(),
            )
        )
    )
    own = promised.filter(
        promised_by=Promiser.STUDENT, by__lte=now + PROMISE_SHOWN_BEFORE, by__gte=now - OLD
    )
    theirs = promised.filter(
        promised_by=Promiser.CONTACT,
        meeting__contact__archived_at__isnull=True,
        by__lte=now - THEIR_PROMISE_PATIENCE,
        by__gte=now - OLD,
    )
    asked = {"happened_at": "meeting__starts_at", "detail": "what", "contact": "meeting__contact"}
    return [
        shape(own, StepKind.KEEP_PROMISE, due_at="by", **asked),
        shape(
            theirs,
            StepKind.ASK_ABOUT_PROMISE,
            due_at=F("by") + Value(THEIR_PROMISE_PATIENCE),
            **asked,
        ),
    ]


def _to_agree_on(students: Students, now: datetime) -> Steps:
    """Return the proposals without an answer: after some days, or once their times have passed."""
    last_time = Func(
        "proposed_times",
        template="(SELECT max(moment) FROM unnest(%(expressions)s) AS moment)",
        output_field=DateTimeField(),
    )
    waiting = (
        Meeting.objects.proposed()
        .filter(
            student__in=students, contact__erased_at__isnull=True, contact__archived_at__isnull=True
        )
        .annotate(proposed_at=Coalesce("changed_at", "created_at"))
        .annotate(by=Least(last_time, F("proposed_at") + Value(ANSWER_WITHIN)))
        .filter(by__lte=now, by__gte=now - OLD)
    )
    return shape(waiting, StepKind.AGREE_ON_A_TIME, happened_at="proposed_at", due_at="by")


def _to_keep_pace(students: Students, now: datetime) -> Steps:
    """Return who is a week or more behind the plan of the term, until they have caught up."""
    return shape(
        behind_pace(students, now),
        StepKind.KEEP_PACE,
        happened_at=start_of_day_of_student(F("week_begins_on")),
        due_at=last_minute_of(F("week_begins_on") + Value(A_WEEK_LATER)),
        detail="missing",
        contact=None,
    )
