"""When to write again to somebody who has not answered, by the policy of the student's cohort.

Nothing is scheduled: what is due follows from the notes, replies and meetings as they are now.
"""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models.query import RawQuerySet

from apps.common.business_days import business_day
from apps.common.prepared import Statement
from apps.outreach.models import Attempt
from apps.outreach.passed import REACHABLE, statement
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
# A note waits for a reply if it is the latest to a contact, and nothing has followed it. Times that
# were proposed are one more thing that waits. `notes` counts those in a row without an answer,
# `follow_up_on` is the day to write again, which lasts from `opens_at` to `closes_at`, and from
# `elsewhere_at` on somebody else may be asked as well (null where the policy knows no such day).
#
# `business` holds the business days in order, so that so many of them later is a sum. They reach
# far enough from today for any days off but a month of them.
UNANSWERED = """
, policies (policy, days_before, business_days, most, elsewhere_after) AS (VALUES {policies}),
business (days) AS MATERIALIZED (
  SELECT array_agg(day ORDER BY day)
  FROM moment, generate_series(-{reach}, {ahead}) AS days_from_today,
    LATERAL (SELECT timezone('UTC', now)::date + days_from_today) AS days (day)
  WHERE extract(isodow FROM day) < 6
    AND NOT EXISTS (SELECT FROM students_holiday AS holiday WHERE holiday.day = days.day)
), waiting AS (
  SELECT asked.*, contact_id, last_note_at,
    coalesce(greatest(ever_replied_at, held_at), '-infinity') AS answered_at,
    coalesce(follow_up_policy, '{default_policy}') AS policy,
    timezone(zone, last_note_at)::date AS sent_on
  FROM asked JOIN history USING (student_id)
  WHERE last_note_at >= now - interval '{forgotten_after} days'
    AND (replied_at >= last_note_at) IS NOT TRUE AND (set_at >= last_note_at) IS NOT TRUE
), counted AS (
  SELECT waiting.*, note_id, notes,
    least(most, coalesce(most_attempts, {default_most})) AS most_notes,
    days[width_bucket(sent_on + days_before, days) + business_days] AS follow_up_on,
    days[width_bucket(sent_on, days) + elsewhere_after] AS elsewhere_on
  FROM waiting JOIN policies USING (policy) CROSS JOIN business CROSS JOIN LATERAL (
    SELECT max(id) FILTER (WHERE sent_at = last_note_at) AS note_id,
      greatest(1, count(*) FILTER (WHERE sent_at > answered_at)) AS notes
    FROM outreach_attempt AS note WHERE note.contact_id = waiting.contact_id AND sent_at <= now
  ) AS in_a_row
), unanswered AS (
  SELECT counted.*, timezone(zone, follow_up_on::timestamp) AS opens_at,
    timezone(zone, (follow_up_on + 1)::timestamp) AS closes_at,
    timezone(zone, elsewhere_on::timestamp) AS elsewhere_at
  FROM counted
)
""".format(
    policies=", ".join(
        f"('{name}', {0 if rule.in_business_days else rule.days - 1}, "
        f"{rule.days if rule.in_business_days else 1}, {rule.most}, "
        f"{rule.elsewhere_after or 'NULL::integer'})"
        for name, rule in POLICIES.items()
    ),
    reach=FORGOTTEN_AFTER.days + 1,
    ahead=60,
    default_policy=DEFAULT_POLICY,
    default_most=DEFAULT_MOST,
    forgotten_after=FORGOTTEN_AFTER.days,
)

# The contacts of whom one may be waiting: what was answered is no note that waits.
MAY_WAIT = f"""
SELECT now, student_id, contact_id FROM asked CROSS JOIN LATERAL (
  SELECT contact_id FROM outreach_attempt AS note
  WHERE note.student_id = asked.student_id AND replied_at IS NULL
    AND sent_at BETWEEN now - interval '{FORGOTTEN_AFTER.days} days' AND now OFFSET 0
) AS note
"""
IS_DUE = "opens_at <= now AND notes < most_notes"
IS_QUIET = "opens_at <= now AND notes >= most_notes"


def follow_up_on(policy: FollowUpPolicy, sent_on: date, holidays: Container[date] = ()) -> date:
    """Return the day on which to write again after a note that was sent on `sent_on`."""
    rule = POLICIES[policy]
    if rule.in_business_days:
        return business_day(sent_on, rule.days, holidays)
    return business_day(sent_on + timedelta(days=rule.days), 0, holidays)


def unanswered(
    students: Students, now: datetime, where: str = "TRUE", **values: Any
) -> RawQuerySet:
    """Return the notes that wait for a reply, annotated with the columns of `UNANSWERED`."""
    rows = statement(
        f"{UNANSWERED} SELECT attempt.*, notes, most_notes, follow_up_on, opens_at, closes_at, "
        f"elsewhere_at FROM unanswered {REACHABLE} "
        f"JOIN outreach_attempt AS attempt ON attempt.id = note_id WHERE {where}",
        students=students,
        now=now,
        **values,
    )
    return Attempt.objects.raw(rows.text, rows.values)


def due(students: Students, now: datetime) -> RawQuerySet:
    """Return the notes to follow up now: the day has come, and the policy allows one more."""
    return unanswered(students, now, IS_DUE)


def quiet(students: Students, now: datetime) -> RawQuerySet:
    """Return the last notes to people who stayed silent until the policy was exhausted."""
    return unanswered(students, now, IS_QUIET)


def number_waiting(students: Students, now: datetime) -> Statement:
    """Return what counts the contacts from whom an answer is waited for."""
    text = f"{UNANSWERED} SELECT count(*) FROM waiting {REACHABLE}"
    return statement(text, students=students, now=now)
