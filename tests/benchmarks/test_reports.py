"""Reports of a term, a class and all terms, beside one statement for the same figures.

BENCH_STUDENTS says of how many students, over 16 terms; ten meetings each.
"""

import subprocess
import sys

import pytest
from django.db import connection

from apps.metrics.models import Audience
from apps.metrics.report import Figures
from apps.metrics.scope import Scope
from apps.metrics.semester import semester_report
from apps.students.models import Term
from tests.benchmarks.by_hand import by_hand
from tests.benchmarks.conftest import OfSize
from tests.benchmarks.programme import NOW, STUDENTS
from tests.benchmarks.verdicts import Verdict, add, compare, leave_out

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

SQL = "one statement by hand"
MOST_MEMORY = 300  # MB
MOST_CLASSES = 60


def last_whole_term() -> Term:
    return Term.objects.order_by("-starts_on")[1]


def report_of(term: Term, cohort: int | None = None) -> Figures:
    return semester_report(term=term, scope=Scope(cohort), now=NOW)


def assert_the_same(found: Figures, term: Term, cohort: int | None = None) -> None:
    """The statement by hand has to count what the report counts, or it is no reference."""
    people, bins, funnel, generations, curve, weeks, ways, sections = by_hand(term, cohort)
    rates = found["offer_rate"]
    assert found["population"] == {name: people[name] for name in found["population"]}
    assert (rates["enrolled"]["k"], rates["participants"]["k"]) == (
        people["k"],
        people["k_of_participants"],
    )
    assert found["any_offer_rate"]["k"] == people["any"]
    assert found["accepted_rate"]["k"] == people["accepted"]
    assert found["rescinded_only"] == people["rescinded"]
    assert {kind: rate["k"] for kind, rate in found["offer_rate_by_kind"].items()} == {
        kind: people[kind] for kind in ("job", "internship")
    }
    assert found["readiness"]["k"] == (people["ready"] or 0)
    assert found["thank_you_on_time"]["k"] == (people["on_time"] or 0)
    assert found["referrals"]["held_meetings"] == (people["held"] or 0)
    by_bin = {row["bin"]: (row["k"], row["n"]) for row in bins}
    assert [(row["k"], row["n"]) for row in found["by_conversations"]] == [
        by_bin.get(number, (0, 0)) for number in range(5)
    ]
    assert {row["stage"]: row["contacts"] for row in found["funnel"]} == funnel
    introduced = found["referrals"]["introduced_contacts"]
    assert introduced == next((x["count"] for x in generations or [] if x["generation"] == 1), 0)
    steps = found["time_to_first_offer"]["curve"]
    assert [(s["day"], s["at_risk"], s["events"]) for s in steps] == [
        (s["day"], s["at_risk"], s["events"]) for s in curve or []
    ]
    assert [s["survival"] for s in steps] == pytest.approx([s["survival"] for s in curve or []])
    assert [row["k"] for row in found["offers_by_week"]] == [row["k"] for row in weeks]
    assert len(found["paths"]) == len(ways or [])
    assert sum(part["population"]["enrolled"] for part in found["by_cohort"].values()) == sum(
        section["enrolled"] for section in sections
    )


def test_reports_cost_little_more_than_their_statement(of_size: OfSize) -> None:
    with of_size(STUDENTS):
        term = last_whole_term()
        cohort = term.cohorts.order_by("pk")[0].pk
        assert_the_same(report_of(term), term)
        assert_the_same(report_of(term, cohort), term, cohort)
        compare(
            "report of a term",
            lambda: report_of(term),
            SQL,
            lambda: by_hand(term),
            goal=1.5,
            students=STUDENTS,
        )
        compare(
            "report of a cohort",
            lambda: report_of(term, cohort),
            SQL,
            lambda: by_hand(term, cohort),
            goal=3,
            students=STUDENTS,
            rounds=30,
        )


def test_all_terms_side_by_side_cost_little_more_than_their_statements(of_size: OfSize) -> None:
    with of_size(STUDENTS):
        terms = list(Term.objects.order_by("starts_on"))
        compare(
            f"reports of all {len(terms)} terms",
            lambda: [report_of(term) for term in terms],
            SQL + " a term",
            lambda: [by_hand(term) for term in terms],
            goal=1.5,
            students=STUDENTS,
            rounds=3 if STUDENTS <= 100_000 else 1,
        )


@pytest.mark.parametrize("audience", Audience.values)
def test_a_worker_that_makes_a_report_stays_small(of_size: OfSize, audience: str) -> None:
    work = f"memory of a worker, {audience} report, MB"
    with of_size(STUDENTS):
        term = last_whole_term()
        name = connection.settings_dict["NAME"]
        if audience == Audience.SHAREABLE and term.cohorts.count() > MOST_CLASSES:
            leave_out(
                work, f"Hiding what is small in more than {MOST_CLASSES} classes takes hours."
            )
    words = [sys.executable, "-m", "tests.benchmarks.report_worker", name, str(term.pk), audience]
    found = subprocess.run(words, capture_output=True, text=True, check=True).stdout.split()
    memory, seconds = map(float, found)
    add(Verdict(work, "a MB", MOST_MEMORY, memory, STUDENTS, seconds=[seconds]))
    assert memory <= MOST_MEMORY
