from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Value
from django.db.models.functions import Greatest

from apps.common.prepared import Statement
from apps.contacts.models import Contact
from apps.meetings.models import Meeting
from apps.outreach import ask_again, follow_up, keep_in_touch
from apps.outreach.answers import answers_waiting
from apps.outreach.models import Attempt
from apps.outreach.passed import REACHABLE, statement
from apps.outreach.protection import SILENCES, silenced_among
from apps.students.next_steps import NextStep, StepKind, Steps, Students, last_minute_of, shape

ASKED_FOR = timedelta(days=60)
"""How long a name that was given is asked about."""
ANSWER_WITHIN = timedelta(days=1)
"""Somebody who offers their time keeps it free for us; a day is long enough."""
FIRST_NOTE_WITHIN = timedelta(days=7)
"""An introduction is fresh for a week: whoever gave the name may still speak of it."""


def next_steps(students: Students, now: datetime) -> list[Steps]:
    """Return whom to write to for the first time, once more, again, instead, or with some news.

    Before all of these: the times that somebody suggested on their own page.
    """
    # Of one student, whom keys stand for, gathering all takes less than asking who may be due.
    among = "" if isinstance(students, list) else _MAY_BE_DUE
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
            ask_again.due(students, now),
            StepKind.ASK_AGAIN,
            happened_at="replied_at",
            due_at="closes_at",
        ),
        statement(_BY_WHAT_PASSED, students=students, now=now, among=among),
    ]


# The columns of `shape`.
_BY_WHAT_PASSED = f"""
{follow_up.UNANSWERED} {keep_in_touch.IN_TOUCH}
, due AS (
  SELECT CASE WHEN opens_at <= now THEN '{StepKind.FOLLOW_UP}' ELSE '{StepKind.TRY_ELSEWHERE}' END
      AS kind, student_id, note_id AS subject, contact_id, last_note_at AS happened_at,
    CASE WHEN opens_at <= now THEN closes_at ELSE opens_at END AS due_at
  FROM unanswered WHERE notes < most_notes AND least(opens_at, elsewhere_at) <= now
  UNION ALL
  SELECT '{StepKind.KEEP_IN_TOUCH}', student_id, contact_id, contact_id, last_touch_at, closes_at
  FROM to_keep WHERE {keep_in_touch.IS_DUE}
)
SELECT kind, student_id, subject, contact_id, name, organization, happened_at, due_at, ''
FROM due {REACHABLE}
"""

_MAY_BE_DUE = f"{follow_up.MAY_WAIT} UNION {keep_in_touch.MAY_BE_DUE}"

WRITING = frozenset(
    {
        StepKind.WRITE_TO_REFERRAL,
        StepKind.FOLLOW_UP,
        StepKind.ASK_AGAIN,
        StepKind.KEEP_IN_TOUCH,
    }
)
"""The steps that end in a note to the person, and stop at their wish to be left alone."""


def with_keys(steps: Statement, now: datetime, where: str = "TRUE") -> Statement:
    """Return the steps with one more column: by what the person to write to is known again.

    It is empty as long as nobody in the programme wants a pause, or no notes at all. `where` may
    leave some of the steps out.
    """
    return Statement.of(
        f"""
SELECT steps.*, CASE
    WHEN kind IN {tuple(kind.value for kind in sorted(WRITING))} AND EXISTS (
      SELECT FROM contacts_wish WHERE {SILENCES}
    ) THEN (
      SELECT contacts_known_as(email, more_emails, links)
      FROM contacts_contact WHERE id = contact
    ) END
FROM (%(steps)s) AS steps (kind, student, subject, contact, name, organization, at, due_at, detail)
WHERE {where}
""",
        steps=steps,
        today=Statement(
            "timezone(%s, %s::timestamptz)::date", (settings.INSTITUTION_TIME_ZONE, now)
        ),
    )


def without_silenced(rows: Iterable[tuple[Any, ...]], today: date) -> list[NextStep]:
    """Return the steps of `with_keys`, without notes to people who want a pause, or none.

    `today` is the institution's.
    """
    steps = [(NextStep(*row), keys) for *row, keys in rows]
    quiet = silenced_among({key for _, keys in steps for key in keys or ()}, today)
    return [step for step, keys in steps if not (keys and quiet.intersection(keys))]


def _to_write_to(students: Students, now: datetime) -> Steps:
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
