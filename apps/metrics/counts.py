"""The counts of a term added up by PostgreSQL, where there may be too many rows to bring here.

`report.counts_of(read_term(…))` says the same from the rows, for whoever needs those.
"""

from datetime import date, timedelta

from django.conf import settings

from apps.common.prepared import Statement
from apps.metrics.facts import one_instant, read_offers, read_students, rows_of, window_of
from apps.metrics.report import Counts, Group, Tally, first_day, offers_by_student
from apps.metrics.scope import WHOLE_TERM, Scope
from apps.students.models import Term, institution_zone

# Meetings, contacts and notes of the students are looked up by student and each once only: where a
# term is a small part of what there is, PostgreSQL would else read whole tables (OFFSET 0 forbids
# that). The day of the first offer through a conversation is given for those who have one. Of
# generations it counts how many contacts are so many introductions away or more.
_STATEMENT = """
WITH enrolled AS MATERIALIZED (
  SELECT DISTINCT student_id AS student FROM (%(enrolments)s) AS enrolments
), held AS MATERIALIZED (
  SELECT student, meeting.* FROM enrolled, LATERAL (
    SELECT contact_id AS contact, starts_at, is_ready, thank_you_sent_at IS NOT NULL AS is_thanked,
      thank_you_sent_at <= starts_at + minutes * interval '1 minute' + %(thanks_within)s AS on_time
    FROM meetings_meeting WHERE student_id = student AND status = 'held' AND NOT is_practice
      AND starts_at >= %(begin)s AND starts_at < %(end)s
    OFFSET 0
  ) AS meeting
), known AS MATERIALIZED (
  SELECT contact.* FROM enrolled, LATERAL (
    SELECT id AS contact, introduced_by_id AS introducer, listed_on <= %(closes_on)s AS is_listed
    FROM contacts_contact WHERE student_id = student
    OFFSET 0
  ) AS contact
), asked AS (
  SELECT contact, bool_or(replied_at < %(end)s) AS is_replied,
    bool_or(replied_at < %(end)s AND reply = 'yes') AS is_agreed
  FROM enrolled, LATERAL (
    SELECT contact_id AS contact, replied_at, reply FROM outreach_attempt
    WHERE student_id = student AND sent_at >= %(begin)s AND sent_at < %(end)s
    OFFSET 0
  ) AS note
  GROUP BY contact
), met AS (
  SELECT contact, bool_or(is_thanked) AS is_thanked FROM held GROUP BY contact
), stages AS (
  SELECT count(*) AS listed, count(asked.contact) AS asked,
    count(*) FILTER (WHERE is_replied) AS replied, count(*) FILTER (WHERE is_agreed) AS agreed,
    count(*) FILTER (WHERE is_agreed AND met.contact IS NOT NULL) AS held,
    count(*) FILTER (WHERE is_agreed AND is_thanked) AS thanked,
    count(*) FILTER (
      WHERE is_agreed AND met.contact IS NOT NULL AND introducing.contact IS NOT NULL
    ) AS referred
  FROM known LEFT JOIN asked USING (contact) LEFT JOIN met USING (contact)
  LEFT JOIN (SELECT DISTINCT introducer AS contact FROM known) AS introducing USING (contact)
  WHERE is_listed
), introduced AS MATERIALIZED (
  SELECT contact, introducer FROM known WHERE is_listed AND introducer IS NOT NULL
), generations AS (
  WITH RECURSIVE above AS (
    SELECT introducer, 1 AS generation FROM introduced
    UNION ALL
    SELECT introduced.introducer, generation + 1
    FROM above JOIN introduced ON introduced.contact = above.introducer
  )
  SELECT array_agg(contacts ORDER BY generation) AS at_least
  FROM (SELECT generation, count(*) AS contacts FROM above GROUP BY generation) AS counted
), by_student AS (
  SELECT student, count(*) AS number, count(*) FILTER (
      WHERE first_on IS NULL OR timezone(%(zone)s, starts_at)::date <= first_on
    ) AS before, count(*) FILTER (WHERE is_ready) AS ready,
    count(*) FILTER (WHERE on_time) AS on_time
  FROM held LEFT JOIN unnest(%(students)s::bigint[], %(days)s::date[])
    AS offered (student, first_on) USING (student)
  GROUP BY student
)
SELECT listed, asked, replied, agreed, stages.held, thanked, referred, coalesce(at_least, '{}'),
  coalesce(students, '{}'), coalesce(numbers, '{}'), coalesce(befores, '{}'), ready, on_time
FROM stages, generations, (
  SELECT array_agg(student) AS students, array_agg(number) AS numbers,
    array_agg(before) AS befores, coalesce(sum(ready), 0)::bigint AS ready,
    coalesce(sum(on_time), 0)::bigint AS on_time
  FROM by_student
) AS meetings
"""
STAGES = "listed", "asked", "replied", "agreed", "held", "thanked", "referred"


def read_counts(term: Term, scope: Scope = WHOLE_TERM) -> Counts:
    """Return what the figures of everybody in a scope are made of."""
    with one_instant():
        enrolments = rows_of(scope.enrolments(term))
        offers = read_offers(term, enrolments)
        every, qualifying = offers_by_student(offers)
        first_days = {student: first_day(theirs) for student, theirs in qualifying.items()}
        [row] = _counted(term, enrolments, first_days)
        *stages, at_least, met, numbers, befores, ready, on_time = row
        people = Group(
            starts_on=term.starts_on,
            closes_on=term.closes_on,
            students=read_students(term, enrolments),
            held=dict(zip(met, numbers, strict=True)),
            held_before=dict(zip(met, befores, strict=True)),
            offers=every,
            qualifying=qualifying,
        )
    tally = Tally(
        stages=dict(zip(STAGES, stages, strict=True)),
        generations=_generations([stages[0], *at_least]),
        meetings=sum(numbers),
        ready=ready,
        thanked_on_time=on_time,
    )
    return Counts(people, tally, offers)


def _counted(term: Term, enrolments: Statement, first_days: dict[int, date | None]) -> Statement:
    begin, end = window_of(term)
    return Statement.of(
        _STATEMENT,
        enrolments=enrolments,
        begin=begin,
        end=end,
        closes_on=term.closes_on,
        zone=institution_zone().key,
        thanks_within=timedelta(hours=settings.THANK_YOU_HOURS),
        students=list(first_days),
        days=list(first_days.values()),
    )


def _generations(at_least: list[int]) -> dict[int, int]:
    """Return how many contacts are so many introductions away; given how many are that or more."""
    beyond = [*at_least[1:], 0]
    counts = enumerate(here - more for here, more in zip(at_least, beyond, strict=True))
    return {generation: count for generation, count in counts if count}
