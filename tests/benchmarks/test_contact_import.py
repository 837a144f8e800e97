"""Importing 30,000 LinkedIn connections, against the least that the same rows can cost.

The least is reading them with the csv module and copying them into the table of contacts, whose
indexes and search column have their price for everybody.
"""

import csv
import json
import os
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection
from django.utils import timezone

from apps.contacts.models import Contact, ContactChange, ImportBatch
from apps.students.models import Student
from tests.benchmarks.verdicts import Verdict, add
from tests.students.factories import StudentFactory

ROWS = 30_000
ROUNDS = 2  # of which the quicker one counts, for both
MOST_TIMES = 10
MOST_MEMORY = 150  # MB, over what the worker has before it begins

HEADER = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
PLACES = ("Modal", "Harbor & Pine", "Osprey Labs", '"Northwind Analytics, Inc."', "Fernway")
COLUMNS = (
    *("student_id", "listed_on", "name", "given_name", "family_name", "organization"),
    *("job_title", "email", "links", "source", "how_known", "data_source", "updated_at"),
)
EMPTY_TEXTS = (
    *("external_id", "time_zone", "preferred_times", "note", "closeness", "seniority"),
    "introduction",
)
EMPTY_LISTS = ("more_emails", "flagged_emails", "phones", "tags")


def linkedin_file() -> bytes:
    """Return an export as LinkedIn writes it: notes, the header, most addresses left out."""
    lines = ["Notes:", '"When exporting your data, some addresses may be missing."', "", HEADER]
    for n in range(ROWS):
        name = f"Lindqvist-{n}" if n % 3 else f"Müller {n}"
        email = f"person{n}@mail.example" if n % 20 == 0 else ""
        slug = f"https://www.linkedin.com/in/zoe-{n:x}"
        place = f"{PLACES[n % len(PLACES)]}"
        day = f"{n % 28 + 1:02} Mar {2008 + n % 16}"
        lines.append(f'Zoe,{name},{slug},{email},{place},"Engineer, Platform",{day}')
    return "\n".join(lines).encode()


def copy_the_rows(data: bytes, student: Student) -> float:
    """Return the seconds for reading the rows and copying them into the table, no more."""
    names = (*COLUMNS, *EMPTY_TEXTS, *EMPTY_LISTS)
    rest = [""] * len(EMPTY_TEXTS) + ["{}"] * len(EMPTY_LISTS)
    today, now = timezone.localdate(), timezone.now()
    begun = time.perf_counter()
    rows = csv.reader(StringIO(data.decode()))
    statement = f"COPY {Contact._meta.db_table} ({', '.join(names)}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            if len(row) < 7 or row[0] == "First Name":
                continue
            given, family, link, email, place, role, day = row
            copy.write_row(
                [
                    *(student.pk, today, f"{given} {family}", given, family, place, role, email),
                    *([link], "linkedin", f"Connected {day}", "Connections.csv", now),
                    *rest,
                ]
            )
    return time.perf_counter() - begun


def import_the_rows(path: Path, student: Student) -> dict[str, dict[str, float]]:
    db = connection.settings_dict
    login = f"{quote(db['USER'])}:{quote(db['PASSWORD'])}"
    url = f"postgres://{login}@{db['HOST']}:{db['PORT']}/{db['NAME']}"
    worker = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.import_worker", str(student.pk), str(path)],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": url},
        capture_output=True,
        check=False,
        text=True,
    )
    assert worker.returncode == 0, worker.stderr
    steps: dict[str, dict[str, float]] = json.loads(worker.stdout.splitlines()[-1])
    return steps


def clear() -> None:
    """Take away what a round left, so that each begins on an empty table."""
    with connection.cursor() as cursor:
        tables = ", ".join(m._meta.db_table for m in (Contact, ContactChange, ImportBatch))
        cursor.execute(f"TRUNCATE {tables} CASCADE")


@pytest.mark.django_db(transaction=True)
def test_imports_30000_connections(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = linkedin_file()
    path = tmp_path / "Connections.csv"
    path.write_bytes(data)
    baselines, rounds = [], []
    for _ in range(ROUNDS):
        clear()
        baselines.append(copy_the_rows(data, StudentFactory()))
        clear()
        student = StudentFactory()
        rounds.append(import_the_rows(path, student))
        assert student.contacts.count() == ROWS
    least = min(baselines)
    quickest = min(
        rounds, key=lambda steps: steps["preview"]["seconds"] + steps["commit"]["seconds"]
    )
    both = quickest["preview"]["seconds"] + quickest["commit"]["seconds"]
    memory = max(step["memory"] for steps in rounds for step in steps.values())

    with capsys.disabled():
        print(f"\n{ROWS:,} rows, {len(data) / 1e6:.1f} MB          seconds   times   MB more")
        print(f"csv module and COPY            {least:8.2f} {1:7.1f}")
        for name, step in quickest.items():
            times = step["seconds"] / least
            print(f"{name:30} {step['seconds']:8.2f} {times:7.1f} {step['memory']:9.0f}")
        print(f"preview and commit together    {both:8.2f} {both / least:7.1f} {memory:9.0f}")
    work, reference = f"{ROWS:,} connections in, looked at and saved", "csv and COPY of the rows"
    add(Verdict(work, reference, MOST_TIMES, both / least, 1, False, [both], baselines))
    assert both <= MOST_TIMES * least
    assert memory < MOST_MEMORY
