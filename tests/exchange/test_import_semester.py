"""The command: what it prints, and what it answers to the shell."""

import json
import subprocess
import sys

import pytest
from django.core.management import call_command
from django.db import OperationalError

from apps.exchange.management.commands import import_semester
from apps.students.models import Student, Term
from tests.processes import ROOT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(now):
    """Freeze the clock, which the command reads."""


def run(*arguments: object) -> int:
    """Call the command; return its exit code."""
    try:
        call_command("import_semester", *map(str, arguments))
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def test_saves_and_exits_0(book, tmp_path, capsys):
    code = run(book.to_folder(tmp_path / "w"))

    said = capsys.readouterr()
    assert code == 0
    assert "Saved: 2025-fall." in said.out
    assert "contacts           4         0           0" in said.out
    assert "[3/15] Reading contacts" in said.err
    assert Student.objects.count() == 3


def test_says_the_second_time_that_nothing_changed(book, tmp_path, capsys):
    run(book.to_folder(tmp_path / "w"))

    assert run(tmp_path / "w") == 0
    assert "Nothing changed: 2025-fall is here already" in capsys.readouterr().out


def test_refuses_and_exits_1(book, tmp_path, capsys):
    book.put("contacts", 3, "listed_on", "2025-02-30")
    book.put("contacts", 4, "name", "\x07")

    code = run(book.to_folder(tmp_path / "w"))

    said = capsys.readouterr().out
    assert code == 1
    assert (
        "contacts, row 3, listed_on ('2025-02-30'): "
        "There is no such day. Check the month and the day.\n"
    ) in said
    assert "contacts, row 4, name ('<U+0007>')" in said
    assert "Refused: 2 problems. Nothing was saved." in said
    assert not Term.objects.exists()


def test_saves_nothing_on_a_dry_run(book, tmp_path, capsys):
    assert run(book.to_folder(tmp_path / "w"), "--dry-run") == 0

    assert "could be saved like this. Nothing was saved." in capsys.readouterr().out
    assert not Term.objects.exists()


def test_prints_json_and_nothing_else(book, tmp_path, capsys):
    assert run(book.to_folder(tmp_path / "w"), "--json") == 0

    said = json.loads(capsys.readouterr().out)
    assert (said["saved"], said["dry_run"], said["term"]) == (True, False, "2025-fall")
    assert list(said["tables"]) == [
        "term",
        "students",
        "contacts",
        "outreach",
        "meetings",
        "offers",
    ]
    assert said["tables"]["meetings"] == {"new": 3, "changed": 0, "unchanged": 0}
    assert said["problems"] == []


def test_prints_every_problem_as_json(book, tmp_path, capsys):
    book.put("offers", 3, "kind", "gig")

    assert run(book.to_folder(tmp_path / "w"), "--json", "--dry-run") == 1

    said = json.loads(capsys.readouterr().out)
    assert (said["saved"], said["dry_run"], said["term"]) == (False, True, "2025-fall")
    assert said["problems"] == [
        {
            "table": "offers",
            "row": 3,
            "column": "kind",
            "value": "gig",
            "problem": "This value is not in the list.",
            "remedy": "Use one of: job, internship.",
        }
    ]


def test_writes_out_a_screenful_and_counts_the_rest(book, tmp_path, capsys):
    book.tables["offers"] += [["S1", f"O{n}", "gig", *[""] * 5] for n in range(300)]

    assert run(book.to_folder(tmp_path / "w")) == 1

    said = capsys.readouterr().out
    assert said.count("offers, row") == 200
    assert "… and 700 more problems" in said


def test_says_so_when_the_database_is_away(tmp_path, capsys, monkeypatch):
    def away(**_arguments):
        raise OperationalError("connection refused")

    monkeypatch.setattr(import_semester, "import_workbook", away)

    assert run(tmp_path) == 1
    assert "The database does not answer. Nothing was saved." in capsys.readouterr().out


def test_answers_the_shell(tmp_path):
    """The real process; the path does not exist, so the database is not asked."""
    answer = subprocess.run(
        [sys.executable, "manage.py", "import_semester", str(tmp_path / "nowhere"), "--json"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )

    assert answer.returncode == 1, answer.stderr.decode()
    assert json.loads(answer.stdout)["problems"][0]["problem"] == "There is no such file or folder."
