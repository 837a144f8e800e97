"""Class lists that nobody here wrote, where `ROSTER_SAMPLES` says they are."""

import os
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from apps.students.models import RosterImport, Student
from apps.students.roster.reading import read_roster
from apps.students.roster.table import Table
from tests.students.roster_imports import bring_in, everywhere, read_in

FOLDER = Path(os.environ.get("ROSTER_SAMPLES", "/nowhere"))

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="ROSTER_SAMPLES names no folder"),
]


def sample(name: str) -> bytes:
    path = FOLDER / name
    if path.is_file():
        return path.read_bytes()
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for file in sorted(path.iterdir()):
            archive.write(file, file.name)
    return packed.getvalue()


PEOPLE = {
    "no-header-uneven.csv": {
        ("g1zipol", "Domenico", "Zipoli", ""),
        ("g9zmesk", "Mikulas Paul", "Zmeskall", "mikulas@gmail.com"),
        ("c9zweer", "Bernard", "Zweers", "bernard@gmail.com"),
    },
    "four-columns.csv": {
        (f"student{n}", "Student", word, f"s{n}@example.com")
        for n, word in ((1, "One"), (2, "Two"), (3, "Three"))
    },
    "password-and-group-columns.csv": {
        ("bilbob", "Bilbo", "Baggins", "bilbo@example.com"),
        ("frodob", "Frodo", "Baggins", "frodo@example.com"),
    },
    "gradebook-split-names.csv": {
        ("6", "Bill", "Blend", ""),
        ("4", "Todd", "Farner", ""),
        ("5", "Heather", "Gobesby", ""),
        ("1", "Arthur", "Miller", ""),
        ("3", "Stacy", "Mills", ""),
        ("7", "Michael", "Moore", ""),
        ("2", "William", "Robesby", ""),
    },
    "oneroster-blank-status.zip": {
        ("usr-222-987654", "Jim", "Smith", ""),
        ("usr-222-1234561232", "mmichel", "Jones", ""),
    },
    "oneroster-folder": {
        ("user1", "ionut", "padurariu", ""),
        ("user2", "ionut2", "padurariu", ""),
    },
}


@pytest.mark.parametrize("name", PEOPLE)
def test_takes_the_people_who_are_in_it_and_nobody_the_second_time(cohort, counselor, name):
    roster = bring_in(cohort, sample(name), counselor)
    fields = ("student_id", "given_name", "family_name", "email")
    assert set(Student.objects.values_list(*fields)) == PEOPLE[name]
    assert roster.result["counts"]["new"] == len(PEOPLE[name])
    assert bring_in(cohort, sample(name), counselor).result["counts"]["new"] == 0
    assert Student.objects.count() == len(PEOPLE[name])


def test_keeps_the_sections_and_no_password(cohort, counselor):
    roster, _ = read_in(cohort, sample("password-and-group-columns.csv"), counselor)
    table = Table.from_json(roster.table)
    assert table.sections(table.guess) == ["Section 1", "Section 3"]
    kept = everywhere()
    assert "bilbo@example.com" in kept
    assert "verysecret" not in kept
    assert "somesecret" not in kept


def test_takes_points_possible_for_nobody(cohort, counselor):
    roster, plan = read_in(cohort, sample("gradebook-split-names.csv"), counselor)
    assert [one.row for one in Table.from_json(roster.table).remarks] == [2]
    assert plan.problems == []


def test_reads_all_records_of_oneroster(cohort, counselor):
    table = read_roster("x", sample("oneroster-blank-status.zip"))
    expected = {"users": 6, "classes": 2, "enrollments": 6, "teachers": 2, "students": 4}
    assert dict(table.counts) == expected
    nowhere = {line.cells[4] for line in table.lines if not line.cells[-1]}
    assert nowhere == {"Jones", "Brown"}
    assert not any(line.has_left for line in table.lines)
    folder = read_roster("x", sample("oneroster-folder"))
    assert dict(folder.counts) == {"users": 2, "classes": 3, "enrollments": 3, "students": 3}
    bring_in(cohort, sample("oneroster-blank-status.zip"), counselor)
    assert "Password1-" not in everywhere()


@pytest.mark.parametrize("name", PEOPLE)
def test_asks_before_withdrawing_whoever_is_missing(cohort, counselor, name):
    bring_in(cohort, b"Student ID,Name\nS-extra,Ada Ray", counselor)
    roster = bring_in(cohort, sample(name), counselor, is_full=True)
    assert not cohort.enrolments.filter(withdrawn_on__isnull=False).exists()
    assert roster.result["counts"]["withdrawn"] == 0
    _, plan = read_in(cohort, sample(name), counselor, is_full=True)
    assert [one.student_id for one in plan.leaving] == ["S-extra"]
    assert RosterImport.objects.count() == 3
