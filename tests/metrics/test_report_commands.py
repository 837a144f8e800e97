import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from apps.metrics.models import Release
from tests.outcomes.factories import OfferFactory
from tests.students.factories import EnrolmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def term(term, cohort, counselor):
    cohort.counselors.add(counselor)
    EnrolmentFactory(cohort=cohort, program="Design", class_year="2027")
    return term


def run(*arguments):
    out = StringIO()
    call_command(*arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_prints_json_and_csv(term):
    assert json.loads(run("semester_report", term.code))["population"]["enrolled"] == 1
    assert run("semester_report", term.code, "--format", "csv").startswith("table,label,k,n")


@pytest.mark.parametrize(
    ("file_format", "begins"), [("xlsx", b"PK"), ("pdf", b"%PDF"), ("json", b"{")]
)
def test_writes_a_file(term, tmp_path, file_format, begins):
    path = tmp_path / f"report.{file_format}"
    run("semester_report", term.code, "--format", file_format, "-o", str(path))
    assert path.read_bytes().startswith(begins)


def test_wants_to_know_where_to_write_a_binary_file(term):
    with pytest.raises(CommandError, match="-o FILE"):
        run("semester_report", term.code, "--format", "pdf")


def test_names_the_path_that_cannot_be_written(term, tmp_path):
    with pytest.raises(CommandError, match="No such file or directory"):
        run("semester_report", term.code, "-o", str(tmp_path / "nowhere" / "report.json"))


def test_reports_on_a_part_of_the_term(term):
    report = json.loads(run("semester_report", term.code, "--program", "Design"))
    assert (report["program"], report["population"]["enrolled"]) == ("Design", 1)
    with pytest.raises(CommandError, match="Nobody who counts"):
        run("semester_report", term.code, "--class-year", "1999")


def test_hides_small_counts_from_others(term):
    report = json.loads(run("semester_report", term.code, "--audience", "shareable"))
    assert report["population"] == {
        "enrolled": None,
        "participants": None,
        "known_outcome": None,
        "hidden": True,
    }


@pytest.mark.parametrize(("audience", "is_said"), [("shareable", True), ("internal", False)])
def test_says_that_a_look_ahead_is_no_release(term, audience, is_said):
    said = StringIO()
    call_command(
        "semester_report", term.code, "--audience", audience, stdout=StringIO(), stderr=said
    )
    assert ("publish_report" in said.getvalue()) is is_said


def test_publishes_and_verifies(term):
    told = json.loads(run("publish_report", term.code))
    release = Release.objects.get()
    assert told["release"] == release.pk
    assert set(told["files"]) == {"json", "csv", "xlsx", "pdf"}
    assert told["checksum"] in run("verify_report", str(release.pk))


def test_names_what_stands_in_the_way(term, cohort):
    OfferFactory(student=cohort.enrolments.get().student, contact=None, organization="")
    with pytest.raises(CommandError, match="names no organization"):
        run("publish_report", term.code)
    assert not Release.objects.exists()


def test_says_which_releases_there_are(term):
    with pytest.raises(CommandError, match="There is no release 99. Releases: none yet"):
        run("verify_report", "99")
