import csv
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from apps.exchange.meetings_file import COLUMNS, meetings_csv
from tests.contacts.factories import ContactFactory
from tests.meetings.factories import MeetingFactory
from tests.students.factories import StudentFactory

pytestmark = pytest.mark.django_db


def rows() -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(b"".join(meetings_csv()).decode())))


def test_writes_each_meeting_with_the_ids_people_know() -> None:
    contact = ContactFactory(student=StudentFactory(student_id="S-7"), external_id="C-3")
    begun = datetime(2025, 9, 3, 16, 30, tzinfo=UTC)
    MeetingFactory(contact=contact, held=True, starts_at=begun, is_ready=True)
    [row] = rows()
    assert tuple(row) == COLUMNS
    assert (row["student_id"], row["contact_id"]) == ("S-7", "C-3")
    assert row["starts_at"] == "2025-09-03T16:30:00Z"
    assert (row["status"], row["practice"], row["ready"]) == ("held", "f", "t")
    assert row["thanked_at"] == ""


def test_marks_the_key_of_a_contact_that_has_no_other_id() -> None:
    meeting = MeetingFactory(held=True)
    assert [row["contact_id"] for row in rows()] == [f"#{meeting.contact_id}"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_lets_no_id_begin_a_formula(start: str) -> None:
    student = StudentFactory(student_id=f"{start}1+1")
    MeetingFactory(contact=ContactFactory(student=student, external_id=f"{start}2"))
    [row] = rows()
    assert (row["student_id"], row["contact_id"]) == (f"'{start}1+1", f"'{start}2")


def test_writes_a_header_where_there_is_no_meeting() -> None:
    assert b"".join(meetings_csv()).decode().splitlines() == [",".join(COLUMNS)]


def test_the_command_writes_a_file(tmp_path: Path) -> None:
    MeetingFactory(held=True)
    target = tmp_path / "meetings.csv"
    call_command("export_meetings", "--output", str(target), stderr=StringIO())
    assert target.read_bytes() == b"".join(meetings_csv())
    with pytest.raises(CommandError, match="No such file"):
        call_command("export_meetings", "--output", str(tmp_path / "no" / "where.csv"))
