"""How a student stands against the goal of the term, as plain values for the chart and the words.

The plan rises evenly from the first day of the term to its last.
"""

from dataclasses import dataclass
from datetime import date

from apps.common.charts import PaceChart, PacePoint


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

    @property
    def behind(self) -> int:
        return max(-self.ahead, 0)

    @property
    def chart(self) -> PaceChart:
        return PaceChart(
            id="pace-chart",
            title="Conversations held against the plan",
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            today=min(self.today, self.ends_on),
            actual=[PacePoint(day, number) for number, day in enumerate(self.held_on, start=1)],
            plan=[PacePoint(self.starts_on, 0), PacePoint(self.ends_on, self.goal)],
            actual_word="held",
        )
