"""What stands in the way of an import, in words a person can act on."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

VALUE_LENGTH = 100  # characters of a cell that are quoted
KEPT = 10_000  # problems that are kept; the rest are only counted


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right.

    `row` counts as the spreadsheet shows it: the header is row 1, and a cell with line breaks
    does not add rows. `table`, `row` or `column` is None where the problem has none.
    """

    problem: str
    remedy: str
    table: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class Refusal(Exception):
    """Reading cannot go on: the file, or one table of it, is beyond repair by us."""

    def __init__(self, problem: str, remedy: str, **place: Any) -> None:
        super().__init__(problem)
        self.problem = Problem(problem, remedy, **place)


class Problems:
    """All problems of one workbook, at most `KEPT` of them with their words."""

    def __init__(self) -> None:
        self._kept: list[Problem] = []
        self.count = 0

    def __bool__(self) -> bool:
        return self.count > 0

    def __iter__(self) -> Iterator[Problem]:
        return iter(self._kept)

    def add(self, problem: Problem) -> None:
        self.count += 1
        if len(self._kept) < KEPT:
            self._kept.append(problem)

    def in_order(self, tables: list[str]) -> list[Problem]:
        """Return the kept problems as a reader meets them: whole file, then table by table."""
        place = {name: index for index, name in enumerate(tables)}
        return sorted(self._kept, key=lambda p: (place.get(p.table or "", -1), p.row or 0))


def shorten(text: str) -> str:
    return text if len(text) <= VALUE_LENGTH else text[: VALUE_LENGTH - 1] + "…"
