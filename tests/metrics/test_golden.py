"""Two made-up semesters with decoys; their answers come from a separate program."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.processes import ROOT

GOLDEN = ROOT / "tests" / "golden"

pytestmark = pytest.mark.django_db


@pytest.fixture
def _semesters():
    for name in ("fall-2024", "fall-2025"):
        call_command("import_semester", str(GOLDEN / name), "--json", stdout=StringIO())


def report(*arguments):
    out = StringIO()
    call_command("semester_report", *arguments, stdout=out)
    return json.loads(out.getvalue())


def expected(name):
    return json.loads((GOLDEN / name / "expected.json").read_text())


def assert_equal(found, wanted, where="report"):
    """Compare everything that is wanted: counts exactly, floats to 1e-9."""
    if isinstance(wanted, dict):
        for key, value in wanted.items():
            assert_equal(found[key], value, f"{where}.{key}")
    elif isinstance(wanted, list):
        assert len(found) == len(wanted), where
        for number, value in enumerate(wanted):
            assert_equal(found[number], value, f"{where}[{number}]")
    elif isinstance(wanted, float):
        assert found == pytest.approx(wanted, abs=1e-9), where
    else:
        assert found == wanted, where


@pytest.mark.usefixtures("_semesters")
def test_equals_the_known_answers_in_every_figure():
    assert_equal(report("2024-fall"), expected("fall-2024"))
    assert_equal(report("2025-fall", "--compare", "2024-fall"), expected("fall-2025"))
    assert "change" not in report("2025-fall")


@pytest.mark.usefixtures("_semesters")
@pytest.mark.parametrize("name", ["fall-2024", "fall-2025"])
def test_equals_the_known_answers_for_every_cohort(name):
    code = "-".join(reversed(name.split("-")))
    cohorts = expected(name)["by_cohort"]
    assert len(cohorts) >= 2
    for cohort, wanted in cohorts.items():
        found = report(code, "--cohort", cohort)
        assert_equal(found, wanted, cohort)
        assert_equal(found["by_cohort"], {cohort: wanted}, cohort)


@pytest.mark.usefixtures("_semesters")
def test_says_what_kind_of_report_it_is():
    document = report("2025-fall")
    assert document["definitions"] == 1
    assert document["term"] == "2025-fall"
    assert document["cohort"] is None
    assert document["audience"] == "internal"
    assert document["suppression"] == {"threshold": 10, "hidden": 0}
    assert len(document["checksum"]) == 64


@pytest.mark.usefixtures("_semesters")
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["2031-fall"], "There is no term 2031-fall. Terms here: 2025-fall, 2024-fall."),
        (["2025-fall", "--compare", "x"], "There is no term x."),
        (["2025-fall", "--cohort", "Z"], "There is no cohort Z in 2025-fall."),
        (
            ["2025-fall", "--cohort", "MKT 310-C", "--compare", "2024-fall"],
            "There is no cohort MKT 310-C in 2024-fall. Cohorts there: MKT 310-A, MKT 310-B.",
        ),
    ],
)
def test_names_what_it_cannot_find_and_what_there_is(arguments, words):
    with pytest.raises(CommandError) as refused:
        report(*arguments)
    assert words in str(refused.value)
