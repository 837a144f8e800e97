from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import Greatest

from apps.contacts.models import Contact
from apps.meetings.models import Meeting
from apps.outreach import ask_again, follow_up, keep_in_touch
from apps.outreach.answers import answers_waiting
from apps.outreach.models import Attempt
from apps.outreach.protection import silenced
from apps.students.next_steps import NextStep, StepKind, Students, last_minute_of, shape

ASKED_FOR = timedelta(days=60)
"""How long a name that was given is asked about."""
ANSWER_WITHIN = timedelta(days=1)
"""Somebody who offers their time keeps it free for us; a day is long enough."""
FIRST_NOTE_WITHIN = timedelta(days=7)
"""An introduction is fresh for a week: whoever gave the name may still speak of it."""


def next_steps(students: Students, now: datetime) -> list[QuerySet[Any, Any]]:
    """Return whom to write to for the first time, once more, again, instead, or with some news.

    Before all of these: the times that somebody suggested on their own page.
    """
    return [
        shape(
            answers_waiting(students, now).order_by(),
            StepKind.TAKE_A_TIME,
            happened_at="answered_at",
            due_at=F("answered_at") + Value(ANSWER_WITHIN),
            contact="link__contact",
        ),
        _to_write_to(students, now),
        shape(
            follow_up.due(students, now),
            StepKind.FOLLOW_UP,
            happened_at="sent_at",
            due_at="closes_at",
        ),
        shape(
            ask_again.due(students, now),
            StepKind.ASK_AGAIN,
            happened_at="replied_at",
            due_at="closes_at",
        ),
        shape(
            follow_up.to_try_elsewhere(students, now),
            StepKind.TRY_ELSEWHERE,
            happened_at="sent_at",
            due_at="opens_at",
        ),
        shape(
            keep_in_touch.due(students, now),
            StepKind.KEEP_IN_TOUCH,
            happened_at="last_touch_at",
            due_at="closes_at",
            contact="",
        ),
    ]


WRITING = frozenset(
    {
        StepKind.WRITE_TO_REFERRAL,
        StepKind.FOLLOW_UP,
        StepKind.ASK_AGAIN,
        StepKind.KEEP_IN_TOUCH,
    }
)
"""The steps that end in a note to the person, and stop at their wish to be left alone."""


def without_silenced(steps: list[NextStep], today: date) -> list[NextStep]:
    """Leave out notes to people who want a pause, or none; `today` is the institution's."""
    to_write_to = {step.contact for step in steps if step.kind in WRITING and step.contact}
    if not to_write_to:
        return steps
    quiet = silenced(to_write_to, today)
    return [step for step in steps if step.kind not in WRITING or step.contact not in quiet]


def _to_write_to(students: Students, now: datetime) -> QuerySet[Any, Any]:
    """Return the people whom somebody named, and with whom nothing has begun yet."""
    of_contact = {"contact": OuterRef("pk")}
    named = (
        Contact.objects.active()
        .filter(
            ~Exists(Attempt.objects.filter(**of_contact)),
            ~Exists(Meeting.objects.filter(**of_contact)),
            student__in=students,
            introduced_by__isnull=False,
            erased_at__isnull=True,
        )
        .annotate(named_at=last_minute_of(Greatest("introduced_on", "listed_on")))
        .filter(named_at__gte=now - ASKED_FOR)
    )
    return shape(
        named,
        StepKind.WRITE_TO_REFERRAL,
        happened_at="named_at",
        due_at=F("named_at") + Value(FIRST_NOTE_WITHIN),
        detail="introduced_by__name",
        contact="",
    )
