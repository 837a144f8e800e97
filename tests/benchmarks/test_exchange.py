"""Whole tables out and found: beside what PostgreSQL does by itself."""

import tracemalloc
from collections.abc import Callable

import pytest
from django.db import connection

from apps.contacts.models import Contact
from apps.exchange.meetings_file import meetings_csv
from apps.meetings.models import Meeting
from tests.benchmarks.conftest import OfSize
from tests.benchmarks.programme import STUDENTS
from tests.benchmarks.verdicts import Verdict, add, compare, leave_out

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

MOST_PEAK = 1  # MB of Python objects at once, while the file goes by
SEARCHED = "Vogt"
OTHERS = 50


def copy_out() -> int:
    with connection.cursor() as cursor, cursor.copy("COPY meetings_meeting TO STDOUT CSV") as copy:
        return sum(len(block) for block in copy)


def test_all_meetings_leave_nearly_as_fast_as_a_copy(of_size: OfSize) -> None:
    with of_size(STUDENTS):
        number = Meeting.objects.count()
        compare(
            f"{number:,} meetings out as CSV",
            lambda: sum(len(block) for block in meetings_csv()),
            "COPY TO of the table",
            copy_out,
            goal=3,
            students=STUDENTS,
        )
        tracemalloc.start()
        for _ in meetings_csv():
            pass
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        add(Verdict("memory of it, MB", "a MB", MOST_PEAK, peak / 2**20, STUDENTS))
        assert peak / 2**20 <= MOST_PEAK


@pytest.fixture
def ids_of() -> Callable[[str, list[object]], list[int]]:
    def ids_of(statement: str, values: list[object]) -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return [key for (key,) in cursor.fetchall()]

    return ids_of


def test_a_search_costs_little_more_than_its_index(
    of_size: OfSize, ids_of: Callable[[str, list[object]], list[int]]
) -> None:
    """One student's search in the table of all students' contacts."""
    with of_size(STUDENTS):
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_regclass('contacts_by_words') IS NOT NULL")
            if cursor.fetchone() != (True,):
                leave_out("search", "A programme of this size has no index of words.")
        student = Contact.objects.order_by("-pk")[0].student
        bare = (
            "SELECT id FROM contacts_contact WHERE student_id = %s"
            " AND (search_text LIKE %s OR %s <%% search_text)"
        )
        values = [student.pk, f"%{SEARCHED.lower()}%", SEARCHED.lower()]
        found = Contact.objects.filter(student=student).matching(SEARCHED)
        ours = found.order_by().values_list("pk", flat=True)
        assert sorted(ours) == sorted(ids_of(bare, values)) != []
        compare(
            f"{OTHERS} searches among {Contact.objects.count():,} contacts",
            lambda: [list(ours.all()) for _ in range(OTHERS)],
            "the bare query of its index",
            lambda: [ids_of(bare, values) for _ in range(OTHERS)],
            goal=2,
            students=STUDENTS,
        )
