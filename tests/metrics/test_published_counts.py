"""Counts that others published, through the report: what is known of them has to come out.

Sources: P. J. Bickel, E. A. Hammel and J. W. O'Connell (1975), graduate admissions at Berkeley in
1973, the six largest departments, read here as offers by class; E. J. Freireich et al. (1963),
weeks of remission, read as days to the first offer. `STATISTICS_SAMPLES` may name a folder with
both as somebody else's files.
"""

import csv
import os
from datetime import date, timedelta
from pathlib import Path

import pytest

from apps.metrics import report
from apps.metrics.facts import OfferFact, StudentFact, TermFacts
from apps.metrics.report import population_and_offer_rate
from apps.metrics.scope import EnrolmentFact, Scope
from apps.metrics.statistics import kaplan_meier, proportion

FOLDER = Path(os.environ.get("STATISTICS_SAMPLES", "/nowhere"))
elsewhere = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="STATISTICS_SAMPLES names no folder of samples"
)

STARTS_ON = date(2025, 1, 6)
Admissions = dict[str, tuple[int, int]]

ADMISSIONS: Admissions = {
    "A": (601, 933),
    "B": (370, 585),
    "C": (322, 918),
    "D": (269, 792),
    "E": (147, 584),
    "F": (46, 714),
}
"""Admitted and asked for, by department: our offers and students, by class."""

INTERVALS = {
    "A": (0.6129, 0.6742),
    "F": (0.0486, 0.0849),
}

# fmt: off
TREATED = [(6, 1), (6, 1), (6, 1), (6, 0), (7, 1), (9, 0), (10, 1), (10, 0), (11, 0), (13, 1),
           (16, 1), (17, 0), (19, 0), (20, 0), (22, 1), (23, 1), (25, 0), (32, 0), (32, 0),
           (34, 0), (35, 0)]
CONTROL = [(week, 1) for week in
           (1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23)]
# fmt: on
SURVIVAL = {6: 0.8571, 7: 0.8067, 10: 0.7529, 13: 0.6902, 16: 0.6275, 22: 0.5378, 23: 0.4482}

PUBLISHED = [
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0, 0.1611),
    (1, 29, 0.0061, 0.1718),
    (13, 16, 0.5699, 0.9341),
    (250, 533, 0.4270, 0.5115),
    (33, 45, 0.5896, 0.8404),
]
"""k, n and the Wilson interval as others have printed it."""


def facts(students: list[StudentFact], offers: list[OfferFact], *, closes_on: date) -> TermFacts:
    return TermFacts(STARTS_ON, closes_on, students, [], [], offers)


def student(number: int, cohort: int, withdrawn_on: date | None = None) -> StudentFact:
    return StudentFact(number, (EnrolmentFact(cohort, "", "", withdrawn_on),), False)


def offer(number: int, received_on: date) -> OfferFact:
    """Return an offer through a conversation, of the student with this number."""
    return OfferFact(number, number, "job", "open", received_on, (number,))


def term_of(admissions: Admissions) -> tuple[TermFacts, dict[str, int]]:
    """Return a term whose classes are the departments, and the key of each."""
    students, offers = [], []
    cohorts = {name: key for key, name in enumerate(sorted(admissions), start=1)}
    for name, (k, n) in admissions.items():
        first = len(students)
        students += [student(first + place, cohorts[name]) for place in range(n)]
        offers += [offer(first + place, STARTS_ON) for place in range(k)]
    return facts(students, offers, closes_on=STARTS_ON + timedelta(days=100)), cohorts


def assert_stated_rates(admissions: Admissions) -> None:
    term, cohorts = term_of(admissions)
    whole = population_and_offer_rate(report.group(term))["offer_rate"]["enrolled"]
    assert (whole["k"], whole["n"]) == (1755, 4526)
    assert whole["rate"] == pytest.approx(0.388, abs=5e-4)
    assert (whole["low"], whole["high"]) == pytest.approx((0.3737, 0.4020), abs=5e-5)
    for name, (k, n) in ADMISSIONS.items():
        part = report.group(term.within(Scope(cohort=cohorts[name])))
        rate = population_and_offer_rate(part)["offer_rate"]["enrolled"]
        assert (rate["k"], rate["n"], rate["rate"]) == (k, n, k / n)
        if name in INTERVALS:
            assert (rate["low"], rate["high"]) == pytest.approx(INTERVALS[name], abs=5e-5)


def curve_of(lives: list[tuple[int, int]]) -> report.Figures:
    """Return the report's curve for people watched for so many days, and whether an offer came."""
    ends = [STARTS_ON + timedelta(days=days) for days, _ in lives]
    students = [
        student(number, 1, None if event else end)
        for number, (end, (_, event)) in enumerate(zip(ends, lives, strict=True))
    ]
    offers = [
        offer(number, end)
        for number, (end, (_, event)) in enumerate(zip(ends, lives, strict=True))
        if event
    ]
    group = report.group(facts(students, offers, closes_on=STARTS_ON + timedelta(days=60)))
    return report.time_to_first_offer(group)


def assert_stated_survival(treated: list[tuple[int, int]], control: list[tuple[int, int]]) -> None:
    curve = curve_of(treated)
    assert len(treated) == 21
    assert sum(step["events"] for step in curve["curve"]) == 9
    found = {step["day"]: step["survival"] for step in curve["curve"]}
    assert found == pytest.approx(SURVIVAL, abs=5e-5)
    assert curve["median_days"] == 23
    assert curve_of(control)["median_days"] == 8


def log_rank(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> float:
    """Return the log-rank statistic of two groups from their curves' steps."""
    observed = expected = variance = 0.0
    ours = {step.day: step for step in kaplan_meier((t, bool(e)) for t, e in one).steps}
    both = kaplan_meier((t, bool(e)) for t, e in [*one, *other]).steps
    for step in both:
        at_risk = sum(t >= step.day for t, _ in one)
        n, d = step.at_risk, step.events
        observed += ours[step.day].events if step.day in ours else 0
        expected += d * at_risk / n
        if n > 1:
            variance += d * at_risk / n * (1 - at_risk / n) * (n - d) / (n - 1)
    return (observed - expected) ** 2 / variance


def test_gives_the_stated_rates_of_admission_by_department() -> None:
    assert_stated_rates(ADMISSIONS)


def test_gives_the_stated_survival_and_medians_of_the_remission_times() -> None:
    assert_stated_survival(TREATED, CONTROL)


def test_counts_at_risk_as_the_log_rank_test_needs_it() -> None:
    assert log_rank(TREATED, CONTROL) == pytest.approx(16.79, abs=5e-3)


@pytest.mark.parametrize(("k", "n", "low", "high"), PUBLISHED)
def test_gives_the_printed_interval(k: int, n: int, low: float, high: float) -> None:
    found = proportion(k, n)
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)


def test_reads_the_sample_of_admissions_as_departments() -> None:
    """What the next test reads from a file, on two lines of the same shape."""
    rows = ["rownames,Admit,Gender,Dept,Freq", "1,Admitted,Male,A,3", "2,Rejected,Female,A,4"]
    assert admissions_in(rows) == {"A": (3, 7)}


def admissions_in(lines: list[str]) -> Admissions:
    found: Admissions = {}
    for row in csv.DictReader(lines):
        k, n = found.get(row["Dept"], (0, 0))
        count = int(row["Freq"])
        found[row["Dept"]] = (k + count * (row["Admit"] == "Admitted"), n + count)
    return found


@elsewhere
def test_gives_the_stated_rates_for_somebody_elses_file_of_admissions() -> None:
    admissions = admissions_in((FOLDER / "admissions-by-group.csv").read_text().splitlines())
    assert admissions == ADMISSIONS
    assert_stated_rates(admissions)


@elsewhere
def test_gives_the_stated_survival_for_somebody_elses_remission_times() -> None:
    lives: dict[int, list[tuple[int, int]]] = {1: [], 2: []}
    for line in (FOLDER / "remission-times.txt").read_text().splitlines():
        group, weeks, event = map(int, line.split())
        lives[group].append((weeks, event))
    assert_stated_survival(lives[2], lives[1])
    assert log_rank(lives[2], lives[1]) == pytest.approx(16.79, abs=5e-3)


@elsewhere
def test_finds_the_same_lives_in_pairs() -> None:
    with (FOLDER / "remission-pairs.csv").open() as file:
        rows = list(csv.DictReader(file))
    lives = {
        name: [(int(row["time"]), int(row["cens"])) for row in rows if row["treat"] == name]
        for name in ("6-MP", "control")
    }
    assert_stated_survival(lives["6-MP"], lives["control"])
