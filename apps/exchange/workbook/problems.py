"""What stands in the way of an import, gathered."""

from collections.abc import Iterator

from apps.common.refusals import Problem

KEPT = 10_000  # problems that are kept; the rest are only counted


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
