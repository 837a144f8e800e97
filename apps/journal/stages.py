"""How far a student has come with each contact, and how long ago the two last heard of each other.

Both follow from attempts and meetings as they are now. What happened is gathered by contact first,
in one pass over the student's own rows, so that a long list costs little more than a short one.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import F, Func, OuterRef, QuerySet

from apps.accounts.models import User
from apps.common.prepared import Prepared, planned_once
from apps.contacts.models import Contact
from apps.meetings.next_steps import ASKED_FOR
from apps.students.access import COLUMNS
from apps.students.models import Student

MONTH = timedelta(days=30)
QUARTER = timedelta(days=90)


class Stage(models.TextChoices):
    """Reached out: the student has written, or proposed times. Scheduled: a conversation lies
    ahead, or it has not been said yet how it went. Met: its thank-you is still open. In touch:
    there was a conversation, and nothing of it is open.
    """

    LISTED = "listed", "On the list"
    REACHED_OUT = "reached_out", "Reached out"
    SCHEDULED = "scheduled", "Scheduled"
    MET = "met", "Met"
    IN_TOUCH = "in_touch", "In touch"
    RESTING = "resting", "Resting"


class LastTouch(models.TextChoices):
    """How long ago something really passed between the two: a note, a reply, a conversation."""

    MONTH = "month", "Within a month"
    QUARTER = "quarter", "One to three months ago"
    LONGER = "longer", "Longer than three months ago"
    NEVER = "never", "Not yet"


STAGES = [*Stage]
TOUCHES = [*LastTouch]

# What the statements of this room read from. As SQL and not as a QuerySet: it is shorter, and
# building it anew for each page would take longer than answering it. `stage` and `touch` are
# numbers, counted in the order of their lists above.
#
# `known` are the contacts with whom something happened, `untouched` all others, `people` both. Of
# thousands of contacts only some are known, so whoever can asks about the two apart: what is true
# of the untouched stands in an index (`contacts_by_newest`) and needs no row of the table.
PEOPLE = """
WITH happened AS (
  SELECT contact_id, sent_at AS wrote_at, replied_at AS heard_at, NULL::timestamptz AS met_at,
    NULL::timestamptz AS meets_at, false AS is_proposed, false AS is_scheduled,
    false AS owes_thanks
  FROM outreach_attempt WHERE student_id = %(student)s
  UNION ALL
  SELECT contact_id, NULL, NULL,
    CASE WHEN status = 'held' THEN starts_at END,
    CASE WHEN status = 'scheduled' AND starts_at > %(now)s THEN starts_at END,
    status = 'proposed',
    status = 'scheduled' AND starts_at >= %(asked_since)s,
    status = 'held' AND thank_you_sent_at IS NULL AND starts_at >= %(asked_since)s
  FROM meetings_meeting WHERE student_id = %(student)s
), history AS (
  SELECT contact_id, max(wrote_at) AS wrote_at, max(heard_at) AS heard_at, max(met_at) AS met_at,
    min(meets_at) AS meets_at, bool_or(is_proposed) AS is_proposed,
    bool_or(is_scheduled) AS is_scheduled, bool_or(owes_thanks) AS owes_thanks,
    array_position(%(due)s::bigint[], contact_id) AS due
  FROM happened GROUP BY contact_id
), known AS (
  SELECT contact.*, history.*,
    CASE
      WHEN archived_at IS NOT NULL THEN {resting}
      WHEN is_scheduled THEN {scheduled}
      WHEN owes_thanks THEN {met}
      WHEN met_at IS NOT NULL THEN {in_touch}
      WHEN wrote_at IS NOT NULL OR is_proposed THEN {reached_out}
      ELSE {listed}
    END AS stage,
    CASE
      WHEN greatest(wrote_at, heard_at, met_at) >= %(month_ago)s THEN {month}
      WHEN greatest(wrote_at, heard_at, met_at) >= %(quarter_ago)s THEN {quarter}
      WHEN greatest(wrote_at, heard_at, met_at) IS NOT NULL THEN {longer}
      ELSE {never}
    END AS touch
  -- OFFSET 0: look these few up one by one, instead of reading the whole list to find them.
  FROM history, LATERAL (SELECT * FROM contacts_contact WHERE id = contact_id OFFSET 0) AS contact
), untouched AS NOT MATERIALIZED (
  SELECT *, NULL::bigint AS contact_id, NULL::timestamptz AS wrote_at,
    NULL::timestamptz AS heard_at, NULL::timestamptz AS met_at, NULL::timestamptz AS meets_at,
    NULL::boolean AS is_proposed, NULL::boolean AS is_scheduled, NULL::boolean AS owes_thanks,
    NULL::integer AS due,
    CASE WHEN archived_at IS NULL THEN {listed} ELSE {resting} END AS stage, {never} AS touch
  FROM contacts_contact
  WHERE student_id = %(student)s AND id NOT IN (SELECT contact_id FROM history)
), people AS NOT MATERIALIZED (
  SELECT * FROM known UNION ALL SELECT * FROM untouched
)
""".format(
    **{stage.value: number for number, stage in enumerate(Stage)},
    **{touch.value: number for number, touch in enumerate(LastTouch)},
)


def ask(
    statement: str, *, student: Student, now: datetime, due: Collection[int] = (), **values: Any
) -> list[tuple[Any, ...]]:
    """Return the rows of a statement about the `people` of a student.

    `due` are contacts in the order of their next steps; each one's place is in the column `due`.
    """
    given: dict[str, Any] = {
        "student": student.pk,
        "now": now,
        "asked_since": now - ASKED_FOR,
        "month_ago": now - MONTH,
        "quarter_ago": now - QUARTER,
        "due": list(due),
    }
    with planned_once() as cursor:
        cursor.execute(PEOPLE + statement, {**given, **values})
        return cursor.fetchall()


def find_own_list(user: User) -> tuple[Student, list[str]] | None:
    """Return the student who is signed in, and the tags they have given, in alphabetical order.

    None for somebody whom no class list knows.
    """
    for *columns, tags in _own_list_of.rows(user.pk):
        return Student.from_db(DEFAULT_DB_ALIAS, COLUMNS, columns), tags
    return None


def _own_list(key: int, _: object) -> QuerySet[Any, Any]:
    tags = (
        Contact.objects.filter(student=OuterRef("pk"))
        .exclude(tags=[])
        .annotate(tag=Func(F("tags"), function="unnest", output_field=models.TextField()))
        .order_by("tag")
        .values("tag")
        .distinct()
    )
    students = Student.objects.filter(user=key).annotate(tags=ArraySubquery(tags))
    return students.values_list(*COLUMNS, "tags")


_own_list_of = Prepared(_own_list)


def stage_of(contact: Contact, now: datetime) -> Stage:
    """Return how far the student has come with one contact."""
    ((number,),) = ask(
        "SELECT stage FROM people WHERE id = %(contact)s",
        student=contact.student,
        now=now,
        contact=contact.pk,
    )
    return STAGES[number]
