"""Hundreds of made-up terms, two releases of each, and somebody who sums up what was printed."""

import os
from random import Random

import pytest

from apps.metrics import report
from apps.metrics.cells import Shown, tables_of
from apps.metrics.facts import Labels, TermFacts
from apps.metrics.scope import WHOLE_TERM, Scope
from apps.metrics.shareable import shareable
from tests.metrics.attack import Attacker, kinds_of_student
from tests.metrics.terms import later, random_term

TERMS = int(os.environ.get("ATTACKED_TERMS", "16"))
"""ATTACKED_TERMS=500 is the full run."""
THRESHOLD = 10


class Anyone(dict):
    """Labels by which nobody is called anything in particular."""

    def __missing__(self, key):
        return f"#{key}"


LABELS = Labels(Anyone(), Anyone(), Anyone())


def internal(facts: TermFacts, scope: Scope, cohorts: dict[str, int]) -> report.Figures:
    within = facts.within(scope)
    return {
        **report.figures(report.counts_of(within), LABELS),
        "suppression": {"threshold": THRESHOLD},
        "by_cohort": report.by_cohort(
            report.group(within),
            {name: key for name, key in cohorts.items() if scope.cohort in (None, key)},
        ),
    }


def release(facts, scope, cohorts, earlier):
    """Return the shareable document, and what later ones have to know of it."""
    tables = tables_of(
        facts, cohorts=cohorts.values(), scope=scope, earlier=earlier, threshold=THRESHOLD
    )
    shown = {name for table in tables for name in table.choose()}
    for table in tables:
        assert table.exposures([cell for cell in table.cells if cell.name in shown]) == []
    document = shareable(internal(facts, scope, cohorts), shown, cohorts)
    return document, Shown(scope, frozenset(shown))


def attacker_of(facts, cohorts):
    sections = {
        frozenset(f"Section {e.cohort}" for e in student.enrolments) for student in facts.students
    }
    return Attacker(sorted(cohorts), list(kinds_of_student(sections)))


def true_kinds(attacker, facts):
    """Return how many students are of each of the kinds that the attacker knows."""
    people = report.group(facts)
    counts = [0] * len(attacker.kinds)
    place = {tuple(sorted(map(str, kind.items()))): n for n, kind in enumerate(attacker.kinds)}
    for student in facts.students:
        offers = people.qualifying.get(student.id, [])
        known = student.has_confirmed_no_offer or student.id in people.offers
        kind = {
            "in": frozenset(f"Section {one.cohort}" for one in student.enrolments),
            "held": report.bin_of(people.held_before_offer(student.id)),
            "known": int(known),
            "offer": int(student.id in people.offers),
            "by": "".join(sorted({o.kind[0] for o in offers}, reverse=True)),
        }
        if offers:
            ends = {o.status[0] for o in offers}
            day, is_offer = people.watched_until(student)
            weeks = [w for w, end in report.week_ends(facts.starts_on) if is_offer and day <= end]
            kind["end"] = "a" if "a" in ends else "r" if ends == {"r"} else "o"
            kind["week"] = min(weeks, default=99)
        key = tuple(sorted(map(str, kind.items())))
        counts[place[key]] += 1
    return counts


def small(sizes):
    """Return the test for a group that has to stay unknown: too few, but not by definition."""
    return lambda group: bool(group) and sum(sizes[n] for n in group) < THRESHOLD


@pytest.mark.parametrize("seed", range(TERMS))
def test_nobody_works_out_a_small_count(seed):
    """First from one release, then from that and a later one of the whole or of a section."""
    random = Random(seed)
    number = random.choice([1, 2, 3, 4])
    cohorts = {f"Section {n}": n for n in range(number)}
    first = random_term(random, cohorts=number)
    second = later(random, first) if random.random() < 0.5 else first
    attacker = attacker_of(first, cohorts)
    scopes = [WHOLE_TERM, Scope(random.randrange(number))]
    random.shuffle(scopes)
    earlier = []
    for facts, scope in zip((first, second), scopes, strict=True):
        is_small = small(true_kinds(attacker, facts))
        before = set(attacker.finds(is_small))  # what was large then, and was rightly printed
        document, shown = release(facts, scope, cohorts, earlier)
        attacker.reads(document, only=None if scope.cohort is None else f"Section {scope.cohort}")
        assert set(attacker.finds(is_small)) <= before
        earlier.append(shown)


def test_the_attacker_finds_much_where_only_small_cells_are_hidden():
    """So that finding nothing above means something."""
    exposed = 0
    for seed in range(12):
        random = Random(seed)
        facts = random_term(random, cohorts=3)
        cohorts = {f"Section {n}": n for n in range(3)}
        tables = tables_of(facts, cohorts=range(3), scope=WHOLE_TERM, threshold=THRESHOLD)
        shown = {cell.name for table in tables for cell in table.cells if table.may_be_shown(cell)}
        attacker = attacker_of(facts, cohorts)
        attacker.reads(shareable(internal(facts, WHOLE_TERM, cohorts), shown, cohorts))
        exposed += bool(attacker.finds(small(true_kinds(attacker, facts))))
    assert exposed >= 6
