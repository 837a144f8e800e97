"""The two commands for those who run the product."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from apps.contacts.models import BatchState
from tests.contacts.factories import ContactFactory
from tests.contacts.importing.contact_files import linkedin
from tests.students.factories import StudentFactory

pytestmark = pytest.mark.django_db

FILE = linkedin("Ana|Lee|ana-lee|ana@lee.example|Loom", "Wen|Li|wen-li", "|||||Boss")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "Connections.csv"
    path.write_bytes(FILE)
    return path


def run(*arguments: object, student) -> tuple[int, str, str]:
    """Return the exit code, the output and the errors of `import_contacts`."""
    out, errors = StringIO(), StringIO()
    code = 0
    try:
        call_command(
            "import_contacts",
            *map(str, arguments),
            student=student.email,
            stdout=out,
            stderr=errors,
        )
    except SystemExit as end:
        code = int(end.code or 0)
    return code, out.getvalue(), errors.getvalue()


def test_prints_what_it_did_as_json(path, ana):
    ContactFactory(student=ana, name="Wen Li", organization="Symphony", email="")

    code, out, errors = run(path, "--json", student=ana)

    batch = ana.import_batches.get()
    assert json.loads(out) == {
        "batch": batch.pk,
        "created": 2,
        "updated": 0,
        "unchanged": 0,
        "duplicates": 1,
        "skipped": [{"row": 4, "reason": "This row has no name."}],
    }
    assert list(json.loads(out)) == [
        "batch",
        "created",
        "updated",
        "unchanged",
        "duplicates",
        "skipped",
    ]
    assert (code, errors, ana.contacts.count()) == (0, "", 3)
    assert (batch.state, batch.file_name) == (BatchState.SAVED, "Connections.csv")


def test_adds_nobody_the_second_time(path, ana):
    run(path, "--json", student=ana)

    code, out, _ = run(path, "--json", student=ana)

    told = json.loads(out)
    assert (code, told["batch"], told["created"], told["updated"]) == (0, None, 0, 0)
    assert told["unchanged"] == 2
    assert ana.import_batches.count() == 1


def test_saves_nothing_on_a_dry_run(path, ana):
    code, out, _ = run(path, "--json", "--dry-run", student=ana)

    assert (code, json.loads(out)["batch"], json.loads(out)["created"]) == (0, None, 2)
    assert not ana.contacts.exists()
    assert not ana.import_batches.exists()


def test_tells_people_in_words(path, ana):
    code, out, _ = run(path, student=ana)

    batch = ana.import_batches.get()
    assert "row 4: This row has no name." in out
    assert "created            2" in out
    assert f"undo_import {batch.pk}" in out
    assert (code, "Nothing was saved." in run(path, student=ana)[1]) == (0, True)


@pytest.mark.parametrize("data", [b"hello", b"name,email\nAna,a@b.example\n", linkedin(), b""])
def test_refuses_a_file_without_people(data, path, ana):
    path.write_bytes(data)

    code, out, errors = run(path, "--json", student=ana)

    assert (code, json.loads(out)["created"], json.loads(out)["batch"]) == (1, 0, None)
    assert errors.startswith("Refused: ")
    assert not ana.import_batches.exists()


def test_refuses_a_file_that_is_not_there(tmp_path, ana):
    for path in (tmp_path / "none.csv", tmp_path):
        code, _, errors = run(path, student=ana)
        assert (code, "cannot be opened" in errors) == (1, True)


def test_finds_the_student_by_any_of_their_addresses(path, ana):
    ana.email = "ana@students.example"
    ana.save()
    for address in ("ANA@students.example", ana.user.email):
        out = StringIO()
        call_command("import_contacts", str(path), student=address, dry_run=True, stdout=out)
        assert out.getvalue()


def test_does_not_guess_whose_list_it_is(path, ana):
    with pytest.raises(CommandError, match="No student"):
        call_command("import_contacts", str(path), student="nobody@students.example")
    StudentFactory(email=ana.email)
    with pytest.raises(CommandError, match="Several"):
        call_command("import_contacts", str(path), student=ana.email)


def test_undoes_an_import(path, ana):
    known = ContactFactory(student=ana, name="A. Lee", email="ana@lee.example", organization="")
    run(path, "--json", student=ana)
    batch = ana.import_batches.get()
    ana.contacts.filter(pk=known.pk).update(links=["https://lee.example"])
    out = StringIO()

    call_command("undo_import", str(batch.pk), stdout=out)

    assert list(ana.contacts.values_list("name", flat=True)) == ["A. Lee"]
    assert "removed          1" in out.getvalue()
    assert f"contact {known.pk} keeps what was edited since: links" in out.getvalue()


def test_says_that_there_is_nothing_to_undo(path, ana):
    run(path, "--json", student=ana)
    batch = ana.import_batches.get()
    call_command("undo_import", str(batch.pk), stdout=StringIO())

    for key in (batch.pk, 0):
        with pytest.raises(CommandError, match="no such import"):
            call_command("undo_import", str(key))
