"""A semester workbook comes in, beside a plain COPY of the rows that it becomes.

WORKBOOK_ROWS=1000000 asks for the size of the goal. The copy goes into tables of the same shape,
with all indexes, constraints and the search column, but without anything to check or to match.
"""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from apps.exchange.actions import import_workbook
from tests.benchmarks.verdicts import Verdict, add, seconds_of
from tests.clock import NOW
from tests.exchange.workbooks import TINY

ROWS = int(os.environ.get("WORKBOOK_ROWS", 20_000))
STUDENTS = ROWS // 21  # with ten contacts and ten meetings each
TABLES = "students_student", "students_enrolment", "contacts_contact", "meetings_meeting"

ONE = {
    "outreach": "S0,C0,2025-08-31T09:00:00-04:00,email,,",
    "offers": "S0,S0-O1,job,Kestrel Air,2025-09-21,open,,C0",
}

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(0)]


def lines_of_people() -> Iterator[str]:
    for n in range(STUDENTS):
        name = f"S{n},s{n}@students.example.edu,Given,Name {n}"
        yield f"{name},Class {n // 40},History,2027,,2025-08-25,,"


def lines_of_contacts() -> Iterator[str]:
    for n in range(STUDENTS):
        for c in range(10):
            yield f"S{n},C{c},2025-08-31,Ines Roca {n},Kestrel Air,Analyst,,event,stranger,peer,"


def lines_of_meetings() -> Iterator[str]:
    for n in range(STUDENTS):
        for m in range(10):
            day = (NOW.replace(month=9, day=1) + timedelta(days=3 * m)).isoformat()
            yield f"S{n},C{m},S{n}-M{m},{day},20,held,in_person,false,true,false,"


def write(folder: Path) -> Path:
    lines = {
        "students": lines_of_people(),
        "contacts": lines_of_contacts(),
        "meetings": lines_of_meetings(),
    }
    for name, text in TINY.items():
        header, first = text.splitlines()[:2]
        body = lines.get(name, [ONE.get(name, first)])
        (folder / f"{name}.csv").write_text("\n".join([header, *body]) + "\n")
    return folder


def copy_again(rows: dict[str, bytes]) -> None:
    with connection.cursor() as cursor:
        for table, data in rows.items():
            columns = ", ".join(columns_of(table))
            with cursor.copy(f"COPY again_{table} ({columns}) FROM STDIN") as copy:
                copy.write(data)


def columns_of(table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(column_name) FROM information_schema.columns"
            " WHERE table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position",
            [table],
        )
        return [name for (name,) in cursor.fetchall()]


def rows_of(table: str) -> bytes:
    statement = f"COPY {table} ({', '.join(columns_of(table))}) TO STDOUT"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        return b"".join(bytes(block) for block in copy)


def test_a_workbook_comes_in_at_a_few_times_the_cost_of_its_rows(tmp_path: Path) -> None:
    folder = write(tmp_path)
    result = []
    ours = seconds_of(
        lambda: result.append(
            import_workbook(source=folder, dry_run=False, now=timezone.now(), report=silent)
        )
    )
    assert not result[0].is_refused, result[0].problems[:3]
    rows = {table: rows_of(table) for table in TABLES}
    assert sum(data.count(b"\n") for data in rows.values()) >= 22 * STUDENTS
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"CREATE TABLE again_{table} (LIKE {table} INCLUDING ALL)")
    bare = seconds_of(lambda: copy_again(rows))
    number = 21 * STUDENTS
    add(
        Verdict(
            f"semester workbook of {number:,} rows in",
            "COPY of what it becomes",
            5,
            ours / bare,
            STUDENTS,
            seconds=[ours],
            reference_seconds=[bare],
        )
    )


def silent(words: str, done: int, total: int) -> None:
    pass
