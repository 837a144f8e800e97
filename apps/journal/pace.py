"""How a student stands against the goal of the term, as plain values for the chart and the words.

The plan rises evenly from the first day of the term to its last.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Pace:
    """`held_on` holds the day of each conversation that counts, sorted, up to today."""

    goal: int
    planned: int
    held_on: list[date]
    starts_on: date
    ends_on: date
    today: date

    @property
    def held(self) -> int:
        return len(self.held_on)

    @property
    def ahead(self) -> int:
        """How many conversations beyond the plan; negative when behind."""
        return self.held - self.planned
