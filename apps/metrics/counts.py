"""The counts of a term added up by PostgreSQL, where there may be too many rows to bring here.

`report.counts_of(read_term(…))` says the same from the rows, for whoever needs those.
"""

from collections import Counter
from datetime import timedelta
from typing import Any

from django.conf import settings

from apps.common.prepared import Statement
from apps.metrics.facts import one_instant, read_offers, read_students, window_of
from apps.metrics.report import Counts, Group, Tally, first_day, offers_by_student
from apps.metrics.scope import WHOLE_TERM, Scope
from apps.students.models import Term, institution_zone

# By student. Of those with an offer through a conversation, the day of the first is given.
_HELD = """
SELECT student_id, count(*),
  count(*) FILTER (WHERE first_on IS NULL OR timezone(%(zone)s, starts_at)::date <= first_on),
  count(*) FILTER (WHERE is_ready),
  count(*) FILTER (
    WHERE thank_you_sent_at <= starts_at + minutes * interval '1 minute' + %(thanks_within)s
  )
FROM meetings_meeting
LEFT JOIN unnest(%(students)s::bigint[], %(days)s::date[]) AS offered (student_id, first_on)
  USING (student_id)
WHERE status = 'held' AND NOT is_practice AND starts_at >= %(begin)s AND starts_at < %(end)s
  AND student_id IN (%(enrolled)s)
GROUP BY student_id
"""

# By what happened with the contact in the window; each stage asks for the one before.
_STAGES = """
WITH enrolled AS MATERIALIZED (SELECT DISTINCT student_id FROM (%(enrolled)s) AS enrolments),
listed AS MATERIALIZED (
  SELECT contact.id, introduced_by_id FROM contacts_contact AS contact JOIN enrolled
    USING (student_id)
  WHERE listed_on <= %(closes_on)s
), asked AS (
  SELECT contact_id, bool_or(replied_at < %(end)s) AS is_replied,
    bool_or(replied_at < %(end)s AND reply = 'yes') AS is_agreed
  FROM outreach_attempt JOIN enrolled USING (student_id)
  WHERE sent_at >= %(begin)s AND sent_at < %(end)s GROUP BY contact_id
), met AS (
  SELECT contact_id, bool_or(thank_you_sent_at IS NOT NULL) AS is_thanked
  FROM meetings_meeting JOIN enrolled USING (student_id)
  WHERE status = 'held' AND NOT is_practice AND starts_at >= %(begin)s AND starts_at < %(end)s
  GROUP BY contact_id
), introducing AS (
  SELECT DISTINCT introduced_by_id AS contact_id
  FROM contacts_contact JOIN enrolled USING (student_id) WHERE introduced_by_id IS NOT NULL
), stages AS (
  SELECT count(*) AS listed, count(asked.contact_id) AS asked,
    count(*) FILTER (WHERE is_replied) AS replied, count(*) FILTER (WHERE is_agreed) AS agreed,
    count(*) FILTER (WHERE is_agreed AND met.contact_id IS NOT NULL) AS held,
    count(*) FILTER (WHERE is_agreed AND is_thanked) AS thanked,
    count(*) FILTER (
      WHERE is_agreed AND met.contact_id IS NOT NULL AND introducing.contact_id IS NOT NULL
    ) AS referred
  FROM listed LEFT JOIN asked ON asked.contact_id = listed.id
  LEFT JOIN met ON met.contact_id = listed.id
  LEFT JOIN introducing ON introducing.contact_id = listed.id
), generations AS (
  WITH RECURSIVE above AS (
    SELECT id AS contact, introduced_by_id AS introducer, 1 AS generation
    FROM listed WHERE introduced_by_id IS NOT NULL
    UNION ALL
    SELECT contact, listed.introduced_by_id, generation + 1
    FROM above JOIN listed ON listed.id = introducer WHERE listed.introduced_by_id IS NOT NULL
  )
  SELECT generation, count(*) AS contacts
  FROM (SELECT contact, max(generation) AS generation FROM above GROUP BY contact) AS furthest
  GROUP BY generation
)
SELECT stages.*, array(SELECT generation FROM generations ORDER BY generation),
  array(SELECT contacts FROM generations ORDER BY generation)
FROM stages
"""
STAGES = "listed", "asked", "replied", "agreed", "held", "thanked", "referred"


def read_counts(term: Term, scope: Scope = WHOLE_TERM) -> Counts:
    """Return what the figures of everybody in a scope are made of."""
    with one_instant():
        enrolments = scope.enrolments(term)
        offers = read_offers(term, enrolments.values("student_id"))
        every, qualifying = offers_by_student(offers)
        first_days = {student: first_day(theirs) for student, theirs in qualifying.items()}
        begin, end = window_of(term)
        enrolled = Statement.of_rows(enrolments.order_by().values("student_id"))
        values: dict[str, Any] = {"enrolled": enrolled, "begin": begin, "end": end}
        held = Statement.of(
            _HELD,
            **values,
            zone=institution_zone().key,
            thanks_within=timedelta(hours=settings.THANK_YOU_HOURS),
            students=list(first_days),
            days=list(first_days.values()),
        )
        meetings = list(held)
        people = Group(
            starts_on=term.starts_on,
            closes_on=term.closes_on,
            students=read_students(term, enrolments),
            held={student: number for student, number, *_ in meetings},
            held_before={student: number for student, _, number, *_ in meetings},
            offers=every,
            qualifying=qualifying,
        )
        [(*stages, generations, contacts)] = Statement.of(
            _STAGES, **values, closes_on=term.closes_on
        )
    counts = dict(zip(STAGES, stages, strict=True))
    introduced = dict(zip(generations, contacts, strict=True))
    themselves = counts["listed"] - sum(contacts)
    tally = Tally(
        stages=counts,
        generations=Counter({0: themselves} if themselves else {}) + Counter(introduced),
        meetings=sum(row[1] for row in meetings),
        ready=sum(row[3] for row in meetings),
        thanked_on_time=sum(row[4] for row in meetings),
    )
    return Counts(people, tally, offers)
