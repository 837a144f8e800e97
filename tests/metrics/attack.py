"""Somebody who reads every shareable report of a term and tries to work out what is hidden.

Written apart from the code it attacks: it knows the definitions and the printed documents, nothing
else. What it can compute is exactly what follows by sums from the printed counts.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Any

PRIME = 2_305_843_009_213_693_921
Kind = dict[str, Any]
Test = Callable[[Kind], bool]


def kinds_of_student(sections: Iterable[frozenset[str]]) -> Iterator[Kind]:
    """Every kind of student that the definitions allow, without a meeting before the term."""
    for classes in sections:
        for held in ("0", "1-2", "3-5", "6-9", "10+"):
            for known, offer in ((0, 0), (1, 0), (1, 1)):
                yield {"in": classes, "held": held, "known": known, "offer": offer, "by": ""}
            if held == "0":
                continue
            for by, end, week in product(("j", "i", "ji"), "aro", (4, 8, 12, 16, 20, 24, 99)):
                yield {
                    "in": classes,
                    "held": held,
                    "known": 1,
                    "offer": 1,
                    "by": by,
                    "end": end,
                    "week": week,
                }


def figures(sections: Iterable[str]) -> Iterator[tuple[tuple[str, ...], Test, Test]]:
    """Where a share stands in the document, whom its k counts, and among whom."""
    yes: Test = lambda s: True  # noqa: E731
    by: Test = lambda s: bool(s["by"])  # noqa: E731
    groups: dict[str, Test] = {
        "enrolled": yes,
        "participants": lambda s: s["held"] != "0",
        "known_outcome": lambda s: bool(s["known"]),
    }
    for name, test in groups.items():
        yield ("offer_rate", name), by, test
    yield ("offer_rate_by_kind", "job"), lambda s: "j" in s["by"], yes
    yield ("offer_rate_by_kind", "internship"), lambda s: "i" in s["by"], yes
    yield ("any_offer_rate",), lambda s: bool(s["offer"]), yes
    yield ("accepted_rate",), lambda s: s.get("end") == "a", yes
    for label in ("0", "1-2", "3-5", "6-9", "10+"):
        yield ("by_conversations", label), by, lambda s, b=label: s["held"] == b
    for week in (4, 8, 12, 16, 20, 24):
        yield ("offers_by_week", str(week)), lambda s, w=week: s.get("week", 99) <= w, yes
    for section in sections:
        for name, test in groups.items():
            inside: Test = lambda s, c=section, t=test: c in s["in"] and t(s)  # noqa: E731
            yield ("by_cohort", section, "offer_rate", name), by, inside


def counts(sections: Iterable[str]) -> Iterator[tuple[tuple[str, ...], Test]]:
    """Where a bare count stands, and whom it counts."""
    yield ("rescinded_only",), lambda s: s.get("end") == "r"
    groups: dict[str, Test] = {
        "enrolled": lambda s: True,
        "participants": lambda s: s["held"] != "0",
        "known_outcome": lambda s: bool(s["known"]),
    }
    for name, test in groups.items():
        yield ("population", name), test
        for section in sections:
            yield (
                ("by_cohort", section, "population", name),
                lambda s, c=section, t=test: c in s["in"] and t(s),
            )


def look_up(document: Any, place: tuple[str, ...]) -> Any:
    for step in place:
        if isinstance(document, list):
            document = next(row for row in document if str(row.get("bin", row.get("week"))) == step)
        else:
            document = document[step]
    return document


@dataclass
class Attacker:
    """Sums up what was printed; `reads` once for each document, then `finds`."""

    sections: list[str]
    kinds: list[Kind]
    printed: list[frozenset[int]] = field(default_factory=list)
    hidden: list[frozenset[int]] = field(default_factory=list)

    def who(self, *tests: Test) -> frozenset[int]:
        return frozenset(n for n, kind in enumerate(self.kinds) if all(t(kind) for t in tests))

    def reads(self, document: dict[str, Any], only: str | None = None) -> None:
        """Take in a document, of the whole term or of one section only."""
        sections = self.sections if only is None else [only]
        scope: Test = (lambda s: only in s["in"]) if only else (lambda s: True)
        for place, k, n in figures(sections):
            base = self.who(scope, n)
            some = self.who(scope, n, k)
            figure = look_up(document, place)
            if figure.get("hidden"):
                self.hidden += [base, some, base - some]
            else:
                self._learn(base, some)
        for place, test in counts(sections):
            number = look_up(document, place)
            group = self.who(scope, test)
            if isinstance(number, int):
                self._learn(group)
            else:
                self.hidden.append(group)

    def _learn(self, *groups: frozenset[int]) -> None:
        self.printed += groups

    def finds(self, worth: Callable[[frozenset[int]], bool]) -> list[frozenset[int]]:
        """Return the hidden groups, and differences of nested ones, whose count follows.

        Only those `worth` looking for are tried.
        """
        every = {*self.hidden, *self.printed}
        nested = {big - small for big in every for small in every if small < big}
        wanted = [group for group in every | nested if worth(group)]
        alike = {tuple(n in group for group in every): n for n in range(len(self.kinds))}
        columns = list(alike.values())
        kept: list[tuple[int, list[int]]] = []
        for group in self.printed:
            rest = reduced([int(n in group) for n in columns], kept)
            lead = next((n for n, value in enumerate(rest) if value), None)
            if lead is not None:
                inverse = pow(rest[lead], PRIME - 2, PRIME)
                kept.append((lead, [value * inverse % PRIME for value in rest]))
        return [
            group for group in wanted if not any(reduced([int(n in group) for n in columns], kept))
        ]


def reduced(row: list[int], kept: list[tuple[int, list[int]]]) -> list[int]:
    for lead, other in kept:
        if factor := row[lead]:
            row = [(a - factor * b) % PRIME for a, b in zip(row, other, strict=True)]
    return row
