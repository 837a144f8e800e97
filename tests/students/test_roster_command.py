"""The command for those who run the product, and the folder that is looked into at night."""

import json
import os
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from apps.students.actions.roster_folder import look_into_roster_folder
from apps.students.models import DropOutcome, RosterDrop, RosterImport, RosterSource
from apps.students.tasks import look_after_class_lists
from tests.clock import NOW, TODAY
from tests.students.factories import CohortFactory, EnrolmentFactory
from tests.students.roster_files import csv, enrolled, hundred, oneroster, user
from tests.students.roster_imports import everything, everywhere

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

LIST = csv("Student ID,Name,Password", "S1,Ana Lee,hunter2", "S2,Ben Ray,hunter3", "S3,,x")


def run(path, cohort, *arguments: str) -> tuple[int, str]:
    """Return the exit code and the output of `import_roster`."""
    out, code = StringIO(), 0
    place = {"term": cohort.term.code, "cohort": cohort.name}
    try:
        call_command("import_roster", str(path), *arguments, **place, stdout=out)
    except SystemExit as end:
        code = int(end.code or 0)
    return code, out.getvalue()


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes(LIST)
    return path


def test_saves_a_list_and_says_so(path, cohort):
    code, out = run(path, cohort)
    assert code == 0
    assert "Left at the door: Password." in out
    assert "row 4, Whole name: There is no name in this row." in out
    assert f"Saved: {cohort.name}." in out
    assert cohort.enrolments.count() == 2
    assert RosterImport.objects.get().source == RosterSource.COMMAND
    assert "hunter" not in out + everywhere()


def test_prints_what_it_did_as_json(path, cohort):
    code, out = run(path, cohort, "--json")
    said = json.loads(out)
    assert code == 0
    assert (said["saved"], said["dropped"]) == (True, ["Password"])
    assert (said["counts"]["new"], said["counts"]["problems"]) == (2, 1)
    assert said["problems"] == [
        {
            "row": 4,
            "field": "Whole name",
            "problem": "There is no name in this row.",
            "remedy": "Add one to the file.",
        }
    ]


def test_changes_nothing_the_second_time(path, cohort):
    run(path, cohort)
    before = everything()
    code, out = run(path, cohort, "--json")
    assert (code, json.loads(out)["counts"]["new"]) == (0, 0)
    assert everything() == before
    assert RosterImport.objects.count() == 1
    assert "is like this already" in run(path, cohort)[1]


def test_saves_nothing_on_a_dry_run(path, cohort):
    before = everything()
    code, out = run(path, cohort, "--dry-run")
    assert (code, everything(), RosterImport.objects.count()) == (0, before, 0)
    assert "Nothing was saved." in out


def test_withdraws_only_when_told_to(path, cohort):
    place = EnrolmentFactory(cohort=cohort)
    code, out = run(path, cohort, "--json")
    place.refresh_from_db()
    assert place.withdrawn_on is None
    code, out = run(path, cohort, "--withdraw-missing", "--dry-run", "--json")
    assert json.loads(out)["would_withdraw"] == [place.student.student_id]
    code, out = run(path, cohort, "--withdraw-missing", "--json")
    assert json.loads(out)["counts"]["withdrawn"] == 1
    place.refresh_from_db()
    assert place.withdrawn_on == TODAY


@pytest.mark.parametrize("arguments", [[], ["--json"]])
def test_refuses_in_words(tmp_path, cohort, arguments):
    bad = tmp_path / "list.csv"
    bad.write_bytes(b"hello")
    code, out = run(bad, cohort, *arguments)
    assert code == 1
    assert "We cannot tell what the columns of this file are." in out
    code, out = run(tmp_path / "nowhere.csv", cohort, *arguments)
    assert code == 1
    assert "This cannot be opened." in out


def test_names_the_classes_that_there_are(path, cohort):
    call = {"term": cohort.term.code, "cohort": "Section X"}
    with pytest.raises(CommandError, match=f"There are: {cohort.name}"):
        call_command("import_roster", str(path), **call)
    with pytest.raises(CommandError, match="There are: none"):
        call_command("import_roster", str(path), term="never", cohort="Section X")


def test_reads_a_folder_of_oneroster_tables(tmp_path, cohort):
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "users.csv").write_bytes(csv("sourcedId,role,givenName,familyName", "u1,student,A,B"))
    (folder / "enrollments.csv").write_bytes(
        csv("sourcedId,classSourcedId,userSourcedId,role", "e1,c1,u1,student")
    )
    code, out = run(folder, cohort, "--json")
    assert (code, json.loads(out)["kind"]) == (0, "oneroster")
    assert cohort.enrolments.get().student.name == "A B"


# The nightly folder


@pytest.fixture
def drop(tmp_path, cohort):
    """Return a function that puts a file into the folder, an hour ago."""

    def put(data: bytes, name: str = f"{cohort.name}.csv", term: str = cohort.term.code, hours=1):
        path = tmp_path / term / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        at = (NOW - timedelta(hours=hours)).timestamp()
        os.utime(path, (at, at))
        return path

    return put


def look(tmp_path) -> int:
    return look_into_roster_folder(folder=tmp_path, now=NOW)


def test_brings_in_what_has_changed_once(tmp_path, drop, cohort):
    path = drop(LIST)
    assert look(tmp_path) == 1
    assert cohort.enrolments.count() == 2
    noted = RosterDrop.objects.get()
    assert noted.outcome == DropOutcome.SAVED
    assert noted.roster_import.source == RosterSource.FOLDER
    assert noted.words.startswith("2 new, 0 changed, 0 unchanged. 1 left out; row 4: ")
    assert look(tmp_path) == 0
    drop(csv("Student ID,Name", "S1,Ana Lee", "S4,Dee Fox"))
    assert look(tmp_path) == 1
    assert cohort.enrolments.count() == 3
    assert path.exists()
    assert RosterDrop.objects.count() == 1


def test_never_withdraws_by_itself(tmp_path, drop, cohort):
    place = EnrolmentFactory(cohort=cohort)
    data = oneroster(
        [user(place.student.student_id, "Noor Öztürk", status="tobedeleted"), user("u2", "Bo Li")],
        [enrolled(place.student.student_id, "c1"), enrolled("u2", "c1")],
    )
    drop(data, f"{cohort.name}.zip")
    look(tmp_path)
    place.refresh_from_db()
    assert place.withdrawn_on is None
    assert "bring the list in by hand" in RosterDrop.objects.get().words


def test_takes_nobody_back_by_itself(tmp_path, drop, cohort):
    place = EnrolmentFactory(cohort=cohort, withdrawn=True)
    drop(csv("Student ID,Name", f"{place.student.student_id},Noor Öztürk"))
    look(tmp_path)
    place.refresh_from_db()
    assert place.withdrawn_on is not None


@pytest.mark.parametrize("name", ["section-1.csv", "SECTION 1.csv", "Section_1.csv"])
def test_knows_a_class_by_its_file_name(tmp_path, drop, term, name):
    cohort = CohortFactory(term=term, name="Section 1")
    drop(LIST, name.replace("_", " "), term.code)
    look(tmp_path)
    assert cohort.enrolments.count() == 2


def test_waits_for_a_class_that_is_not_there_yet(tmp_path, drop, term):
    drop(LIST, "Later.csv", term.code)
    assert look(tmp_path) == 1
    assert RosterDrop.objects.get().outcome == DropOutcome.UNPLACED
    cohort = CohortFactory(term=term, name="Later")
    assert look(tmp_path) == 1
    assert cohort.enrolments.count() == 2
    assert RosterDrop.objects.get().outcome == DropOutcome.SAVED


def test_writes_down_what_it_refuses_and_goes_on(tmp_path, drop, cohort):
    drop(b"hello", f"{cohort.name}.csv")
    other = CohortFactory(term=cohort.term, name="Another")
    drop(LIST, "Another.csv")
    assert look(tmp_path) == 2
    refused = RosterDrop.objects.get(outcome=DropOutcome.REFUSED)
    assert "what the columns of this file are" in refused.words
    assert other.enrolments.count() == 2
    assert look(tmp_path) == 0  # until the file changes


def test_leaves_alone_what_is_no_list_of_ours(tmp_path, drop, cohort):
    secret = tmp_path.parent / "outside.csv"
    secret.write_bytes(LIST)
    drop(b"x", "notes.md")
    drop(LIST, ".hidden.csv")
    drop(LIST, "being written.csv", hours=0)
    (tmp_path / cohort.term.code / "link.csv").symlink_to(secret)
    assert look(tmp_path) == 0
    assert RosterDrop.objects.count() == 0


def test_looks_only_where_a_folder_is_named(tmp_path, drop, cohort, settings):
    drop(hundred())
    look_after_class_lists()
    assert cohort.enrolments.count() == 0
    settings.ROSTER_DROP_FOLDER = str(tmp_path)
    look_after_class_lists()
    assert cohort.enrolments.count() == 100


def test_survives_a_folder_that_is_gone(tmp_path):
    assert look(tmp_path / "never") == 0
