"""A whole programme for the benchmarks: 16 terms, ten meetings a student, made inside PostgreSQL.

BENCH_STUDENTS=1000000 asks for the size of the largest university systems; that takes minutes. A
programme has a database of its own, copied from the test database, and is made once on a server.
Whoever has no place in a figure has none here: a class of 40, of whom a few left before the census,
eight contacts each, every fourth introduced by an earlier one, four of five asked, every second who
was asked says yes; from none to 20 meetings, every fifth student with an offer.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

from django.db import connection
from django.db.backends.utils import CursorWrapper

STUDENTS = int(os.environ.get("BENCH_STUDENTS", 10_000))
TERMS = 16
CLASS = 40
CONTACTS = 8
FIRST_TERM = date(2018, 1, 15)
NOW = datetime(2025, 10, 15, 15, 0, tzinfo=UTC)
"""In the last of the terms, which begins on 25 August 2025, half of it over."""

TABLES = (
    *("accounts_user", "students_student", "students_cohort", "students_enrolment"),
    *("students_campaign", "contacts_contact", "outreach_attempt", "meetings_meeting"),
    *("outcomes_offer", "outcomes_noofferconfirmation", "students_term"),
)

# Within a statement a row's draw of chance comes from its key, the same each time.
CHANCE = """
CREATE FUNCTION pg_temp.chance(key bigint, salt int) RETURNS double precision
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
  $$ SELECT (hashint8extended(key, salt) & 1048575) / 1048576.0::float8 $$
"""

ROWS = [
    """
    INSERT INTO students_term (id, code, name, starts_on, census_on, ends_on, closes_on)
    SELECT n, 'term-' || n, 'Term ' || n, day, day + 21, day + 110, day + 150
    FROM (SELECT n, %(first)s::date + (n - 1) * 182 + n AS day
          FROM generate_series(1, %(terms)s) AS n) AS terms
    """,
    """
    INSERT INTO accounts_user
      (id, password, email, full_name, given_name, family_name, time_zone, roles, is_active)
    SELECT n, '', 'student' || n || '@college.example', 'Student ' || n, 'Student', n::text,
      '', ARRAY['student']::varchar[], true
    FROM generate_series(1, %(students)s) AS n
    """,
    """
    INSERT INTO students_student (id, student_id, user_id, given_name, family_name, email)
    SELECT id, 'S' || id, id, given_name, family_name, email FROM accounts_user
    """,
    """
    INSERT INTO students_campaign (student_id, purpose, target_roles, target_organizations,
      target_people)
    SELECT id, 'How a museum plans its year.', '{}', '{}', '{}' FROM students_student
    """,
    """
    INSERT INTO students_cohort (id, term_id, name, goal)
    SELECT n, 1 + (n - 1) / %(classes)s, 'Class ' || n, 12
    FROM generate_series(1, %(classes)s * %(terms)s) AS n
    """,
    """
    INSERT INTO students_enrolment
      (student_id, cohort_id, program, class_year, enrolled_on, withdrawn_on)
    SELECT student.id, cohort.id, (ARRAY['Business', 'Arts', 'Biology', ''])[1 + student.id %% 4],
      (ARRAY['junior', 'senior'])[1 + student.id %% 2], starts_on + (student.id %% 20)::int,
      CASE WHEN student.id %% 25 = 0 THEN starts_on + 20 + (student.id %% 80)::int END
    FROM students_student AS student
    JOIN students_cohort AS cohort ON cohort.id
      = 1 + (student.id - 1) * %(classes)s * %(terms)s / %(students)s
    JOIN students_term AS term ON term.id = cohort.term_id
    """,
    """
    INSERT INTO contacts_contact
      (id, student_id, external_id, listed_on, name, organization, job_title, email, source,
       closeness, seniority, data_source, family_name, flagged_emails, given_name, how_known,
       introduction, links, more_emails, note, phones, preferred_times, tags, time_zone,
       introduced_by_id)
    SELECT key, student.id, '', starts_on + (20 * pg_temp.chance(key, 1))::int,
      (ARRAY['Ada','Ben','Carla','Dario','Edda','Farid','Greta','Hugo'])[1 + key %% 8]
        || ' ' || (ARRAY['Lind','Okafor','Reyes','Vogt','Raman','Grant'])[1 + key / 8 %% 6]
        || ' ' || key, 'Organization ' || key %% 700, 'Planner', '', 'alumni', 'stranger',
      '', '', '', '{}', '', '', '', '{}', '{}', '', '{}', '', '{}', '',
      CASE WHEN n > 1 AND pg_temp.chance(key, 2) < 0.25
        THEN key - 1 - (pg_temp.chance(key, 3) * (n - 1))::int %% (n - 1) END
    FROM students_enrolment AS enrolment
    JOIN students_student AS student ON student.id = enrolment.student_id
    JOIN students_cohort AS cohort ON cohort.id = enrolment.cohort_id
    JOIN students_term AS term ON term.id = cohort.term_id,
    generate_series(1, %(contacts)s) AS n,
    LATERAL (SELECT (student.id - 1) * %(contacts)s + n AS key) AS keys
    """,
    """
    INSERT INTO outreach_attempt
      (student_id, contact_id, sent_at, channel, replied_at, reply)
    SELECT student_id, id, sent_at, 'email', CASE WHEN replies THEN sent_at + interval '3 days' END,
      CASE WHEN replies THEN (ARRAY['yes', 'yes', 'yes', 'later', 'no'])[1 + id %% 5] ELSE '' END
    FROM contacts_contact,
    LATERAL (SELECT listed_on + interval '12 hours' + pg_temp.chance(id, 4) * interval '30 days'
             AS sent_at, pg_temp.chance(id, 5) < 0.7 AS replies) AS note
    WHERE pg_temp.chance(id, 6) < 0.8
    """,
    """
    INSERT INTO meetings_meeting
      (student_id, contact_id, external_id, starts_at, minutes, status, mode, is_practice, is_ready,
       has_asked_referral, thank_you_sent_at)
    SELECT student, (student - 1) * %(contacts)s + 1 + (n - 1) %% %(contacts)s, '', starts_at, 20,
      CASE WHEN n %% 12 = 5 THEN 'cancelled' WHEN starts_at > %(now)s THEN 'scheduled' ELSE 'held'
        END, 'in_person', pg_temp.chance(key, 7) < 0.03, pg_temp.chance(key, 8) < 0.6, false,
      CASE WHEN pg_temp.chance(key, 9) < 0.75 AND starts_at < %(now)s
        THEN starts_at + interval '1 hour' + pg_temp.chance(key, 10) * interval '30 hours' END
    FROM (SELECT student_id AS student, cohort_id, (ARRAY[0,3,5,8,9,11,12,14,17,21])
            [1 + floor(10 * pg_temp.chance(student_id, 11))::int] AS number
          FROM students_enrolment) AS enrolment
    JOIN students_cohort AS cohort ON cohort.id = cohort_id
    JOIN students_term AS term ON term.id = term_id,
    generate_series(1, number) AS n,
    LATERAL (SELECT student * 32 + n AS key) AS keys,
    LATERAL (SELECT starts_on + interval '14 hours' + n * interval '4 days'
             + pg_temp.chance(key, 12) * interval '30 days' AS starts_at) AS times
    """,
    """
    INSERT INTO outcomes_offer
      (student_id, contact_id, external_id, kind, organization, received_on, status, accepted_on)
    SELECT student_id, CASE WHEN pg_temp.chance(student_id, 13) < 0.8 THEN
        (student_id - 1) * %(contacts)s + 1
          + floor(%(contacts)s * pg_temp.chance(student_id, 14))::int END, '',
      CASE WHEN student_id %% 3 = 0 THEN 'job' ELSE 'internship' END, 'Harbor', day, status,
      CASE WHEN status = 'accepted' THEN day + 5 END
    FROM students_enrolment
    JOIN students_cohort AS cohort ON cohort.id = cohort_id
    JOIN students_term AS term ON term.id = term_id,
    LATERAL (SELECT starts_on + 40 + (70 * pg_temp.chance(student_id, 15))::int AS day,
             (ARRAY['open', 'accepted', 'accepted', 'declined', 'rescinded'])
             [1 + floor(5 * pg_temp.chance(student_id, 16))::int] AS status) AS what
    WHERE pg_temp.chance(student_id, 17) < 0.2
    """,
    """
    INSERT INTO outcomes_noofferconfirmation (student_id, term_id, confirmed_on)
    SELECT enrolment.student_id, term_id, ends_on
    FROM students_enrolment AS enrolment
    JOIN students_cohort AS cohort ON cohort.id = cohort_id
    JOIN students_term AS term ON term.id = term_id
    LEFT JOIN outcomes_offer AS offer ON offer.student_id = enrolment.student_id
    WHERE offer.id IS NULL AND pg_temp.chance(enrolment.student_id, 18) < 0.5
    """,
]

OF_WORDS = "contacts_by_words", "contacts_by_known_as"
"""Indexes of words, which no page of the programme asks; at 8,000,000 they take an hour."""


@contextmanager
def programme(students: int) -> Iterator[None]:
    """Let the connection be to a programme of so many students, made if there is none yet."""
    own = connection.settings_dict["NAME"]
    name = f"{own}_programme_{students}"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
            [name],
        )
        found = cursor.fetchone()
    connection.close()
    try:
        if found != ("whole",):
            _copy(own, name)
        connection.settings_dict["NAME"] = name
        if found != ("whole",):
            fill(students)
            with connection.cursor() as cursor:
                cursor.execute(f"COMMENT ON DATABASE \"{name}\" IS 'whole'")
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own


def _copy(own: str, name: str) -> None:
    connection.settings_dict["NAME"] = "postgres"
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{own}"')
    connection.close()


def fill(students: int) -> None:
    """Make the rows, in empty tables. Foreign keys are looked at once, over all rows."""
    classes = max(1, -(-students // (TERMS * CLASS)))
    values = {
        "first": FIRST_TERM,
        "terms": TERMS,
        "students": students,
        "classes": classes,
        "contacts": CONTACTS,
        "now": NOW,
    }
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '512MB'; SET synchronous_commit = off")
        cursor.execute(CHANCE)
        with _unwatched(cursor, words=students <= 100_000):
            for statement in ROWS:
                cursor.execute(statement, values)
        for table in TABLES:
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'),"
                f" (SELECT max(id) FROM {table}))"
            )
        cursor.execute("VACUUM ANALYZE")


@contextmanager
def _unwatched(cursor: CursorWrapper, *, words: bool) -> Iterator[None]:
    """Let rows in without triggers, foreign keys and indexes, which all come back at the end.

    Those of words only if asked for.
    """
    cursor.execute(
        """
        SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s)
          AND schemaname = 'public' AND indexname NOT IN (SELECT conname FROM pg_constraint)
        """,
        [list(TABLES)],
    )
    indexes = cursor.fetchall()
    cursor.execute(
        """
        SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
        FROM pg_constraint WHERE contype = 'f' AND conrelid::regclass::text = ANY(%s)
        """,
        [list(TABLES)],
    )
    keys = cursor.fetchall()
    for table in TABLES:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    for table, name, _ in keys:
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    for name, _ in indexes:
        cursor.execute(f'DROP INDEX "{name}"')
    yield
    for name, definition in indexes:
        if words or name not in OF_WORDS:
            cursor.execute(definition)
    for table, name, definition in keys:
        cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
    for table in TABLES:
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
