"""How far an import has come, told in steps."""

from collections.abc import Callable
from dataclasses import dataclass

Report = Callable[[str, int, int], None]


@dataclass
class Progress:
    """Tells `report` the running step in words, how many are done, and how many there are."""

    report: Report
    total: int
    done: int = -1
    words: str = ""

    def step(self, words: str) -> None:
        """Begin the next step; the one before is done."""
        self.done += 1
        self.words = words
        self.report(words, self.done, self.total)

    def rows(self, count: int) -> None:
        """Say within a step that the import is alive: `count` rows have been read."""
        self.report(f"{self.words}, {count:,} rows read", self.done, self.total)
