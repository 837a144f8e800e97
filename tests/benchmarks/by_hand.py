"""The figures of a term's report in one statement, as one would write it for this purpose alone."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection

from apps.metrics.facts import window_of
from apps.students.models import Term, institution_zone

STATEMENT = """
WITH RECURSIVE rows AS MATERIALIZED (
  SELECT student_id AS student, cohort_id AS cohort, withdrawn_on
  FROM students_enrolment AS enrolment
  JOIN students_cohort AS cohort ON cohort.id = cohort_id
  JOIN students_term AS term ON term.id = term_id
  WHERE term_id = %(term)s AND (%(cohort)s::bigint IS NULL OR cohort_id = %(cohort)s)
    AND enrolled_on <= census_on AND (withdrawn_on IS NULL OR withdrawn_on > census_on)
), enrolled AS MATERIALIZED (
  SELECT student, CASE WHEN bool_and(withdrawn_on IS NOT NULL) THEN max(withdrawn_on) END AS left_on
  FROM rows GROUP BY student
), held AS MATERIALIZED (
  SELECT student, meeting.* FROM enrolled, LATERAL (
    SELECT contact_id AS contact, timezone(%(zone)s, starts_at)::date AS held_on, is_ready,
      thank_you_sent_at IS NOT NULL AS thanked,
      thank_you_sent_at <= starts_at + minutes * interval '1 minute' + %(within)s AS on_time
    FROM meetings_meeting WHERE student_id = student AND status = 'held' AND NOT is_practice
      AND starts_at >= %(begin)s AND starts_at < %(end)s OFFSET 0) AS meeting
), known AS MATERIALIZED (
  SELECT person.* FROM enrolled, LATERAL (
    SELECT id, introduced_by_id AS introducer, listed_on <= %(closes)s AS listed
    FROM contacts_contact WHERE student_id = student OFFSET 0) AS person
), asked AS (
  SELECT contact, bool_or(replied_at < %(end)s) AS replied,
    bool_or(replied_at < %(end)s AND reply = 'yes') AS agreed
  FROM enrolled, LATERAL (
    SELECT contact_id AS contact, replied_at, reply FROM outreach_attempt
    WHERE student_id = student AND sent_at >= %(begin)s AND sent_at < %(end)s OFFSET 0) AS note
  GROUP BY contact
), met AS (SELECT contact, bool_or(thanked) AS thanked FROM held GROUP BY contact
), funnel AS (
  SELECT count(*) AS listed, count(asked.contact) AS asked, count(*) FILTER (WHERE replied)
    AS replied, count(*) FILTER (WHERE agreed) AS agreed,
    count(*) FILTER (WHERE agreed AND met.contact IS NOT NULL) AS held,
    count(*) FILTER (WHERE agreed AND thanked) AS thanked,
    count(*) FILTER (WHERE agreed AND met.contact IS NOT NULL AND intro.contact IS NOT NULL)
      AS referred
  FROM known LEFT JOIN asked ON asked.contact = known.id LEFT JOIN met ON met.contact = known.id
  LEFT JOIN (SELECT DISTINCT introducer AS contact FROM known) AS intro ON intro.contact = known.id
  WHERE listed
), up AS MATERIALIZED (SELECT id, introducer FROM known WHERE listed AND introducer IS NOT NULL
), above AS (
  SELECT introducer, 1 AS generation FROM up
  UNION ALL SELECT up.introducer, generation + 1 FROM above JOIN up ON up.id = above.introducer
), walk AS (
  SELECT offer.id AS offer, student, received_on, kind, status, contact_id AS contact,
    ARRAY[contact_id] AS path, EXISTS (SELECT FROM meetings_meeting WHERE contact_id =
      offer.contact_id AND status = 'held' AND NOT is_practice
      AND timezone(%(zone)s, starts_at)::date <= received_on) AS met
  FROM enrolled, LATERAL (SELECT * FROM outcomes_offer WHERE student_id = student
    AND received_on BETWEEN %(opens)s AND %(closes)s OFFSET 0) AS offer
  UNION ALL
  SELECT offer, student, received_on, kind, walk.status, introduced_by_id, introduced_by_id || path,
    EXISTS (SELECT FROM meetings_meeting AS meeting WHERE meeting.contact_id = introduced_by_id
      AND meeting.status = 'held' AND NOT is_practice
      AND timezone(%(zone)s, starts_at)::date <= received_on)
  FROM walk JOIN contacts_contact AS person ON person.id = contact
  WHERE NOT met AND introduced_by_id IS NOT NULL
), won AS MATERIALIZED (
  SELECT student, min(received_on) AS first_on, bool_or(kind = 'job') AS job,
    bool_or(kind = 'internship') AS internship, bool_or(status = 'accepted') AS accepted,
    bool_and(status = 'rescinded') AS rescinded
  FROM walk WHERE met GROUP BY student
), talks AS (
  SELECT student, count(*) FILTER (WHERE first_on IS NULL OR held_on <= first_on) AS before,
    count(*) AS number, count(*) FILTER (WHERE is_ready) AS ready,
    count(*) FILTER (WHERE on_time) AS on_time
  FROM held LEFT JOIN won USING (student) GROUP BY student
), people AS MATERIALIZED (
  SELECT enrolled.student, won.student IS NOT NULL AS won, offered.student IS NOT NULL AS offered,
    offered.student IS NOT NULL OR said.student_id IS NOT NULL AS known, number, ready, on_time,
    talks.student IS NOT NULL AS took_part,
    width_bucket(coalesce(before, 0), ARRAY[1, 3, 6, 10]::bigint[]) AS bin,
    job, internship, accepted, rescinded, least(left_on, %(closes)s) AS last_on, first_on
  FROM enrolled LEFT JOIN won USING (student) LEFT JOIN talks USING (student)
  LEFT JOIN (SELECT DISTINCT student FROM walk) AS offered USING (student)
  LEFT JOIN outcomes_noofferconfirmation AS said
    ON said.student_id = enrolled.student AND said.term_id = %(term)s
), days AS (
  SELECT day, count(*) AS leaving, count(*) FILTER (WHERE event) AS events FROM (
    SELECT CASE WHEN first_on <= last_on THEN first_on ELSE last_on END - %(opens)s AS day,
      coalesce(first_on <= last_on, false) AS event FROM people) AS watched GROUP BY day
), curve AS (
  SELECT day, events, leaving, sum(leaving) OVER (ORDER BY day DESC) AS at_risk FROM days
), sections AS (
  SELECT cohort, count(*) AS enrolled, count(*) FILTER (WHERE took_part) AS participants,
    count(*) FILTER (WHERE known) AS known, count(*) FILTER (WHERE won) AS k,
    count(*) FILTER (WHERE won AND took_part) AS k_of_participants
  FROM rows JOIN people USING (student) GROUP BY cohort
)
SELECT
  (SELECT json_build_object('enrolled', count(*), 'participants', count(*) FILTER (WHERE took_part),
    'known_outcome', count(*) FILTER (WHERE known), 'k', count(*) FILTER (WHERE won),
    'k_of_participants', count(*) FILTER (WHERE won AND took_part),
    'any', count(*) FILTER (WHERE offered), 'job', count(*) FILTER (WHERE job),
    'internship', count(*) FILTER (WHERE internship), 'accepted', count(*) FILTER (WHERE accepted),
    'rescinded', count(*) FILTER (WHERE rescinded), 'held', sum(number), 'ready', sum(ready),
    'on_time', sum(on_time)) FROM people),
  (SELECT json_agg(bins) FROM (
    SELECT bin, count(*) AS n, count(*) FILTER (WHERE won) AS k FROM people GROUP BY bin) AS bins),
  (SELECT row_to_json(funnel) FROM funnel),
  (SELECT json_agg(levels) FROM (
    SELECT generation, count(*) FROM above GROUP BY generation) AS levels),
  (SELECT json_agg(steps) FROM (
    SELECT day, at_risk, events, exp(sum(ln(nullif(1 - events / at_risk, 0))) OVER (ORDER BY day))
      AS survival FROM curve WHERE events > 0 ORDER BY day) AS steps),
  (SELECT json_agg(weeks) FROM (
    SELECT week, (SELECT count(*) FROM people WHERE first_on <= last_on
      AND first_on < %(opens)s + 7 * week) AS k FROM unnest(ARRAY[4, 8, 12, 16, 20, 24]) AS week)
    AS weeks),
  (SELECT json_agg(ways) FROM (SELECT known.student_id, offer, path FROM walk
    JOIN students_student AS known ON known.id = student WHERE met ORDER BY 1, 2) AS ways),
  (SELECT json_agg(sections) FROM sections)
"""


def by_hand(term: Term, cohort: int | None = None) -> tuple[Any, ...]:
    """Return the counts: of all, by bin, funnel, generations, curve, weeks, paths, by class."""
    begin, end = window_of(term)
    values = {
        "term": term.pk,
        "cohort": cohort,
        "zone": institution_zone().key,
        "within": timedelta(hours=settings.THANK_YOU_HOURS),
        "begin": begin,
        "end": end,
        "opens": term.starts_on,
        "closes": term.closes_on,
    }
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT, values)
        row: tuple[Any, ...] = cursor.fetchone()
    return row
