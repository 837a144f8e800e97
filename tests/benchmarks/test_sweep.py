"""How the sweeps find who is due among very many, beside bare index scans that read the same rows.

SWEEP_STUDENTS=1000000 asks for as many as the largest university system has; one in twenty is due.
SWEEP_EXPLAIN=1 prints what PostgreSQL does.
"""

import os
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet

from apps.meetings.models import Meeting
from apps.reminders.actions import HORIZON, coming_soon, coming_tomorrow
from apps.reminders.models import Look
from apps.reminders.planner import BATCH, look_around
from tests.benchmarks.verdicts import Verdict, add
from tests.reminders.test_planner import MONDAY

STUDENTS = int(os.environ.get("SWEEP_STUDENTS", 20_000))
DUE = STUDENTS // 20
EXPLAIN = bool(os.environ.get("SWEEP_EXPLAIN"))
PAST_MEETINGS = 3  # for each student: the table is mostly of what has been
ROUNDS = 3

ROWS = [
    "ALTER TABLE accounts_user DISABLE TRIGGER reminders_look_at_a_new_account",
    """
    INSERT INTO accounts_user
      (password, email, full_name, given_name, family_name, time_zone, roles, is_active)
    SELECT '', 'reader' || n || '@college.example', 'Reader ' || n, '', '', '',
      ARRAY['student']::varchar[], true
    FROM generate_series(1, %(students)s) AS n
    """,
    """
    INSERT INTO students_student (student_id, user_id, given_name, family_name, email)
    SELECT 'R' || id, id, full_name, '', email FROM accounts_user
    """,
    """
    INSERT INTO contacts_contact
      (student_id, external_id, listed_on, name, organization, job_title, email, source, closeness,
       seniority, data_source, family_name, flagged_emails, given_name, how_known, introduction,
       links, more_emails, note, phones, preferred_times, tags, time_zone)
    SELECT id, '', '2025-09-01', 'Kim ' || id, '', '', '', 'alumni', 'stranger',
      '', '', '', '{}', '', '', '', '{}', '{}', '', '{}', '', '{}', ''
    FROM students_student
    """,
    """
    INSERT INTO meetings_meeting
      (student_id, contact_id, external_id, starts_at, minutes, status, mode, is_practice, is_ready,
       has_asked_referral)
    SELECT student_id, id, '', %(now)s - n * interval '30 days', 20, 'held', 'in_person', false,
      true, false
    FROM contacts_contact, generate_series(1, %(past)s) AS n
    """,
    # A conversation tomorrow for each of those who are due.
    """
    INSERT INTO meetings_meeting
      (student_id, contact_id, external_id, starts_at, minutes, status, mode, is_practice, is_ready,
       has_asked_referral)
    SELECT student_id, id, '', %(now)s + interval '1 day' + id %% 480 * interval '1 minute', 20,
      'scheduled', 'in_person', false, true, false
    FROM contacts_contact ORDER BY id LIMIT %(due)s
    """,
    """
    INSERT INTO reminders_look (user_id, next_at, looked_on)
    SELECT id, %(now)s + CASE WHEN row_number() OVER (ORDER BY id) <= %(due)s
      THEN interval '0' ELSE interval '1 day' END, NULL
    FROM accounts_user
    """,
    "ANALYZE accounts_user, students_student, contacts_contact, meetings_meeting, reminders_look",
]


@pytest.fixture
def many(db: None) -> None:
    values = {"students": STUDENTS, "due": DUE, "past": PAST_MEETINGS, "now": MONDAY}
    with connection.cursor() as cursor:
        for statement in ROWS:
            cursor.execute(statement, values if "%(" in statement else None)


def seconds_for(work: Callable[[], Sequence[Any]], count: int) -> float:
    """Return how long the work takes, at its best; it has to find so many."""
    taken = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        found = len(work())
        taken.append(time.perf_counter() - begun)
        assert found == count
    return min(taken)


def rows_of(statement: str, *values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        if EXPLAIN:
            cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {statement}", values)
            print(*(line for (line,) in cursor.fetchall()), sep="\n")
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def plain(query: QuerySet[Any]) -> list[Any]:
    """Return the rows of a queryset without making objects of them, as the bare scan does."""
    text, values = query.query.sql_with_params()
    return rows_of(text, *values)


@pytest.mark.parametrize(("name", "most"), [("looks", 2), ("tomorrow", 4), ("soon", 2)])
def test_finds_who_is_due_nearly_as_fast_as_a_bare_scan(many: None, name: str, most: float) -> None:
    """`most` is the ratio; what tomorrow brings also asks who has left and what was announced."""
    of_meetings = (
        "SELECT * FROM meetings_meeting m JOIN contacts_contact c ON c.id = m.contact_id"
        " JOIN students_student s ON s.id = m.student_id JOIN accounts_user u ON u.id = s.user_id"
        " WHERE m.status = 'scheduled' AND m.starts_at > %s AND m.starts_at < %s"
        " ORDER BY m.starts_at"
    )
    match name:
        case "looks":
            bare = seconds_for(
                lambda: rows_of(
                    "SELECT * FROM reminders_look WHERE next_at <= %s ORDER BY next_at", MONDAY
                ),
                DUE,
            )
            query: QuerySet[Any] = Look.objects.due(MONDAY).order_by("next_at")
            count = DUE
        case "tomorrow":
            bare = seconds_for(lambda: rows_of(of_meetings, MONDAY, MONDAY + HORIZON), DUE)
            query, count = coming_tomorrow(now=MONDAY), DUE
        case _:
            bare = seconds_for(lambda: rows_of(of_meetings, MONDAY, MONDAY + HORIZON), DUE)
            query, count = coming_soon(now=MONDAY), 0
    ours = seconds_for(lambda: plain(query), count)
    work, reference = f"who is due of {DUE:,}: {name}", "bare index scans"
    add(Verdict(work, reference, 2, ours / bare, STUDENTS, False, [ours], [bare]))
    assert ours <= most * bare + 0.005


def test_reads_no_more_of_the_past_however_much_there_is(many: None) -> None:
    """What is over is most of the table, and no sweep passes over it."""
    past = Meeting.objects.exclude(status="scheduled").count()
    assert past == PAST_MEETINGS * STUDENTS
    for query in (coming_tomorrow(now=MONDAY), coming_soon(now=MONDAY)):
        plan = query.explain()
        assert "meetings_scheduled_by_time" in plan, plan
        assert "Seq Scan on meetings_meeting" not in plan, plan


def test_looks_at_all_who_are_due(
    many: None, record_property: Callable[[str, object], None]
) -> None:
    begun = time.perf_counter()
    look_around(now=MONDAY)
    rate = DUE / (time.perf_counter() - begun)
    assert not Look.objects.due(MONDAY + timedelta(hours=1)).exists()
    record_property("people looked at a second", round(rate))
    print(f"{STUDENTS} students, {DUE} due: {rate:.0f} looked at a second, {BATCH} at a time")
    assert rate > 300
