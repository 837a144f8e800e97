"""What the rows say about each student of a class, in one statement.

As SQL and not as querysets: PostgreSQL adds up thousands of meetings in the time in which Python
reads a few hundred, and building the text anew for each page would take longer than answering it.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings

from apps.common.localtime import start_of_day
from apps.common.prepared import planned_once
from apps.students.models import Cohort, institution_zone

A_WEEK = timedelta(days=7)
WRITTEN_WITHIN = timedelta(days=30)
"""What is written about a conversation counts as activity for a month after it."""


class Figures(NamedTuple):
    """One student, in the order of the columns of the statement below.

    Meetings and notes are those of the term's window, and practice counts apart. `held_at` are
    moments in order, in seconds since 1970. `people` are on the list and neither resting nor
    erased. Of those `asked`, `asked_again` got more than one note, and `asked_a_week_ago` their
    first one at least a week ago. Pieces and questions are the ones that wait for a counselor.
    """

    student: int
    student_id: str
    given_name: str
    family_name: str
    enrolled_on: date
    withdrawn_on: date | None
    purpose: bool
    people: int
    notes: int
    asked: int
    asked_again: int
    asked_a_week_ago: int
    replied: int
    first_note_at: datetime | None
    last_note: int | None
    held_at: list[float]
    ready: int
    thanked_on_time: int
    practice: int
    upcoming: int
    to_prepare: int
    proposed: int
    last_active_at: datetime | None
    pieces_waiting: int
    piece: str | None
    piece_key: int | None
    piece_since: datetime | None
    questions_waiting: int
    question_key: int | None
    question_since: datetime | None

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def held(self) -> int:
        return len(self.held_at)


# The day of each conversation, by its zone or among the starts of days, takes longer than all else.
# So they come as numbers, which Python puts in order and holds against the ends of the weeks.
_STATEMENT = """
WITH here AS MATERIALIZED (
  SELECT student_id AS student, enrolled_on, withdrawn_on
  FROM students_enrolment WHERE cohort_id = %(cohort)s
), met AS (
  SELECT student_id AS student,
    array_agg(date_part('epoch', starts_at))
      FILTER (WHERE status = 'held' AND NOT is_practice) AS held_at,
    count(*) FILTER (WHERE status = 'held' AND NOT is_practice AND is_ready) AS ready,
    count(*) FILTER (WHERE status = 'held' AND NOT is_practice AND thank_you_sent_at
      <= starts_at + minutes * interval '1 minute' + %(thanks_within)s) AS thanked_on_time,
    count(*) FILTER (WHERE status = 'held' AND is_practice) AS practice,
    count(*) FILTER (WHERE status = 'scheduled' AND starts_at > %(now)s) AS upcoming,
    count(*) FILTER (WHERE status = 'scheduled' AND starts_at > %(now)s AND NOT is_ready)
      AS to_prepare,
    count(*) FILTER (WHERE status = 'proposed') AS proposed,
    max(CASE WHEN status = 'held' THEN greatest(starts_at, thank_you_sent_at) END) AS met_at
  FROM here JOIN meetings_meeting ON student_id = student
  WHERE starts_at >= %(opens)s AND starts_at < %(closes)s
  GROUP BY student_id
), wrote AS (
  SELECT student_id AS student, count(*) AS notes, count(replied_at) AS replied,
    min(sent_at) AS first_at, max(attempt.id) AS last_note,
    greatest(max(sent_at), max(replied_at)) AS written_at
  FROM here JOIN outreach_attempt AS attempt ON student_id = student
  WHERE sent_at >= %(opens)s AND sent_at <= %(now)s
  GROUP BY student_id
), in_vain AS (
  SELECT student, count(*) AS asked, count(*) FILTER (WHERE notes > 1) AS asked_again,
    count(*) FILTER (WHERE first_at <= %(a_week_ago)s) AS asked_a_week_ago
  FROM (
    SELECT student_id AS student, count(*) AS notes, min(sent_at) AS first_at
    FROM here JOIN outreach_attempt AS attempt ON student_id = student
    WHERE sent_at >= %(opens)s AND sent_at <= %(now)s
      AND student NOT IN (
        SELECT student FROM met WHERE held_at <> '{}' OR practice + upcoming + proposed > 0
      )
    GROUP BY student_id, contact_id
  ) AS by_contact GROUP BY student
), listed AS (
  SELECT student_id AS student,
    count(*) FILTER (WHERE archived_at IS NULL AND erased_at IS NULL) AS people,
    timezone(%(zone)s, max(listed_on)::timestamp) AS listed_at
  FROM here JOIN contacts_contact ON student_id = student GROUP BY student_id
), sent AS (
  SELECT student, max(moment) AS sent_at FROM (
    SELECT student, happened_at AS moment
      FROM here JOIN outreach_touch ON student_id = student
    UNION ALL SELECT student, saved_at FROM here JOIN outreach_draft ON student_id = student
    UNION ALL SELECT student, greatest(debrief.saved_at, sheet.saved_at, jotted.saved_at)
      FROM here JOIN meetings_meeting AS meeting ON student_id = student
      LEFT JOIN meetings_debrief AS debrief ON debrief.meeting_id = meeting.id
      LEFT JOIN meetings_prepsheet AS sheet ON sheet.meeting_id = meeting.id
      LEFT JOIN meetings_jottings AS jotted ON jotted.meeting_id = meeting.id
      WHERE starts_at >= %(written_since)s
    UNION ALL SELECT student, handed_in_at
      FROM here JOIN coaching_submission ON student_id = student
    UNION ALL SELECT student, asked_at FROM here JOIN coaching_question ON student_id = student
  ) AS acts GROUP BY student
), waits AS (
  SELECT student_id AS student, count(*) AS pieces, min(handed_in_at) AS since,
    (array_agg(piece ORDER BY handed_in_at, id))[1] AS piece,
    (array_agg(id ORDER BY handed_in_at, id))[1] AS piece_key
  FROM here JOIN coaching_submission ON student_id = student
  WHERE returned_at IS NULL AND withdrawn_at IS NULL
    AND handed_in_at >= %(opens)s AND handed_in_at < %(closes)s
  GROUP BY student_id
), asks AS (
  SELECT student_id AS student, count(*) AS questions, min(asked_at) AS since,
    (array_agg(id ORDER BY asked_at, id))[1] AS question_key
  FROM here JOIN coaching_question ON student_id = student
  WHERE answered_at IS NULL AND cohort_id = %(cohort)s GROUP BY student_id
)
SELECT student, known.student_id, given_name, family_name, enrolled_on, withdrawn_on,
  coalesce(campaign.purpose <> '', false), coalesce(people, 0), coalesce(notes, 0),
  coalesce(asked, 0), coalesce(asked_again, 0), coalesce(asked_a_week_ago, 0),
  coalesce(replied, 0), wrote.first_at, last_note,
  coalesce(held_at, '{}'), coalesce(ready, 0), coalesce(thanked_on_time, 0),
  coalesce(practice, 0), coalesce(upcoming, 0), coalesce(to_prepare, 0), coalesce(proposed, 0),
  greatest(listed_at, met_at, written_at, sent.sent_at),
  coalesce(pieces, 0), piece, piece_key, waits.since,
  coalesce(questions, 0), question_key, asks.since
FROM here JOIN students_student AS known ON known.id = student
LEFT JOIN students_campaign AS campaign ON campaign.student_id = student
LEFT JOIN listed USING (student)
LEFT JOIN wrote USING (student)
LEFT JOIN in_vain USING (student)
LEFT JOIN met USING (student)
LEFT JOIN sent USING (student)
LEFT JOIN waits USING (student)
LEFT JOIN asks USING (student)
ORDER BY family_name, given_name, student
"""


def figures_of(cohort: Cohort, now: datetime) -> Iterator[Figures]:
    """Yield the figures of each student of the cohort, who left included, in name order."""
    zone, term = institution_zone(), cohort.term
    values: dict[str, Any] = {
        "cohort": cohort.pk,
        "now": now,
        "a_week_ago": now - A_WEEK,
        "written_since": now - WRITTEN_WITHIN,
        "zone": zone.key,
        "opens": start_of_day(term.starts_on, zone),
        "closes": start_of_day(term.closes_on + timedelta(days=1), zone),
        "thanks_within": timedelta(hours=settings.THANK_YOU_HOURS),
    }
    with planned_once() as cursor:
        cursor.execute(_STATEMENT, values)
        for row in cursor.fetchall():
            figures = Figures._make(row)
            figures.held_at.sort()
            yield figures
