"""The planner among many students: what it costs when nobody is due, and how fast it writes.

REMINDER_STUDENTS=1000000 asks for as many as the largest university system has.
"""

import os
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.template import Template
from django.test.utils import _TestState

from apps.contacts.models import Contact
from apps.mail.models import OutgoingEmail
from apps.outreach.models import Attempt
from apps.reminders.models import Look
from apps.reminders.planner import look_around
from apps.students.models import Student
from tests.clock import ago
from tests.contacts.factories import ContactFactory
from tests.reminders.test_planner import MONDAY

STUDENTS = int(os.environ.get("REMINDER_STUDENTS", 100_000))
DUE = STUDENTS // 20
WITH_STEPS = min(DUE, 1_000)
ROUNDS = 20

USERS = """
INSERT INTO accounts_user
  (password, email, full_name, given_name, family_name, time_zone, roles, is_active)
SELECT '', 'reader' || n || '@college.example', 'Reader ' || n, '', '',
  (ARRAY['', 'Europe/Berlin'])[n %% 2 + 1],
  ARRAY['student']::varchar[], true
FROM generate_series(1, %s) AS n
"""
OF_USERS = """
INSERT INTO students_student (student_id, user_id, given_name, family_name, email)
SELECT 'R' || id, id, full_name, '', email FROM accounts_user
"""
LOOKS = "INSERT INTO reminders_look (user_id, next_at) SELECT id, %s FROM accounts_user"


@pytest.fixture
def many(db: None) -> None:
    """As many students, who have all been looked at today."""
    with connection.cursor() as cursor:
        # With the trigger each row would be written twice, and the dead halves lie in the index.
        cursor.execute("ALTER TABLE accounts_user DISABLE TRIGGER reminders_look_at_a_new_account")
        cursor.execute(USERS, [STUDENTS])
        cursor.execute(OF_USERS)
        cursor.execute(LOOKS, [MONDAY + timedelta(days=1)])
        cursor.execute("ANALYZE accounts_user, students_student, reminders_look")


@pytest.fixture(autouse=True)
def _as_in_production(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out what the test runner does at each template: it keeps a copy of all it is given."""
    monkeypatch.setattr(Template, "_render", _TestState.saved_data.template_render)


def seconds_for(work: Callable[[], object], rounds: int = 1) -> float:
    """Return how long the work takes, in the best of some rounds."""
    taken = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return min(taken)


def let_be_due(count: int) -> list[Student]:
    students = list(Student.objects.order_by("pk")[:count])
    users = [student.user_id for student in students]
    Look.objects.filter(user__in=users).update(next_at=MONDAY, looked_on=None)
    return students


def test_costs_next_to_nothing_while_nobody_is_due(
    many: None, record_property: Callable[[str, object], None]
) -> None:
    """Beside a bare look into the same index."""
    bare = seconds_for(lambda: list(Look.objects.due(MONDAY).order_by("next_at")[:1]), ROUNDS)
    sweep = seconds_for(lambda: look_around(now=MONDAY), ROUNDS)
    record_property("milliseconds for a sweep with nobody due", round(sweep * 1000, 2))
    print(f"{STUDENTS} students, nobody due: {sweep * 1000:.2f} ms, bare {bare * 1000:.2f} ms")
    assert sweep < 5 * bare + 0.005


def test_looks_at_and_writes_to_those_who_are(
    many: None, record_property: Callable[[str, object], None]
) -> None:
    let_be_due(DUE)
    looking = seconds_for(lambda: look_around(now=MONDAY))
    students = let_be_due(WITH_STEPS)
    contacts = [ContactFactory.build(student=student) for student in students]
    Attempt.objects.bulk_create(
        Attempt(student=contact.student, contact=contact, sent_at=ago(days=30), channel="email")
        for contact in Contact.objects.bulk_create(contacts)
    )
    writing = seconds_for(lambda: look_around(now=MONDAY + timedelta(minutes=1)))
    assert OutgoingEmail.objects.count() == WITH_STEPS
    rates = {
        "people looked at a second": DUE / looking,
        "lists queued a second": WITH_STEPS / writing,
    }
    for name, rate in rates.items():
        record_property(name, round(rate))
        print(f"{name}: {rate:.0f}")
    assert rates["people looked at a second"] > 300
    assert rates["lists queued a second"] > 20
