"""Totals over time against a plan: a full chart, and a line small enough for a table row."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import ClassVar

from django.utils.safestring import SafeString

from apps.common import figures
from apps.common.charts import svg
from apps.common.charts.axes import Axis, goal_axis
from apps.common.charts.grid import value_grid, y_of
from apps.common.charts.tables import DataTable

_HEIGHT = 120
_WEEK = timedelta(days=7)
_LABEL_ROOM = 22  # percent of a narrow chart that a date below the axis may take


@dataclass(frozen=True)
class PacePoint:
    """The total reached by the end of a day."""

    on: date
    total: float


@dataclass(frozen=True, kw_only=True)
class PaceChart:
    """What was reached, as steps up to `today`, against a plan drawn as straight strokes.

    Both lists are in order of date, and totals never fall. `actual_word` names what is counted
    ("held").
    """

    template_name: ClassVar[str] = "components/charts/plot.html"

    id: str
    title: str
    starts_on: date
    ends_on: date
    today: date
    actual: Sequence[PacePoint]
    plan: Sequence[PacePoint]
    actual_word: str

    @property
    def reached(self) -> int:
        return self._actual_on(self.today)

    @property
    def description(self) -> str:
        plan_now = round(self._plan_on(min(self.today, self.ends_on)))
        return (
            f"From {_day(self.starts_on)} to {_day(self.ends_on)}. "
            f"By {_day(self.today)}: {self.reached} {self.actual_word}, {plan_now} by plan."
        )

    @property
    def svg(self) -> SafeString:
        top = max([point.total for point in self.plan] + [self.reached], default=0)
        axis = goal_axis(round(top))
        return svg.image(
            _HEIGHT,
            [*value_grid(axis, _HEIGHT), *self._lines(axis), *self._words(axis), *self._dates()],
            id=self.id,
            title=self.title,
            description=self.description,
        )

    @property
    def table(self) -> DataTable:
        """Both totals at the end of each week up to today."""
        rows = []
        week = self.starts_on
        while week <= min(self.today, self.ends_on):
            end = min(week + _WEEK - timedelta(days=1), self.ends_on)
            plan = figures.count(round(self._plan_on(end)))
            rows.append((_day(week), plan, figures.count(self._actual_on(min(end, self.today)))))
            week += _WEEK
        return DataTable(("Week of", "Plan", self.actual_word.capitalize()), rows)

    def _x(self, day: date) -> float:
        span = max(1, (self.ends_on - self.starts_on).days)
        return 100 * min(1.0, max(0.0, (day - self.starts_on).days / span))

    def _actual_on(self, day: date) -> int:
        known = bisect_right(self.actual, day, key=lambda point: point.on)
        return round(self.actual[known - 1].total) if known else 0

    def _plan_on(self, day: date) -> float:
        """Return the plan at the end of `day`, straight between its points and flat outside."""
        if not self.plan:
            return 0.0
        for before, after in pairwise(self.plan):
            if before.on <= day < after.on:
                passed = (day - before.on) / (after.on - before.on)
                return before.total + passed * (after.total - before.total)
        return self.plan[0].total if day < self.plan[0].on else self.plan[-1].total

    def _lines(self, axis: Axis) -> list[SafeString]:
        plan = [(self._x(point.on), 100 - axis.at(point.total)) for point in self.plan]
        steps = [(0.0, 100.0)]
        for point in self.actual:
            if point.on <= self.today:
                steps.append((self._x(point.on), steps[-1][1]))
                steps.append((self._x(point.on), 100 - axis.at(point.total)))
        steps.append((self._x(self.today), steps[-1][1]))
        shapes = [svg.path("plan", plan)] if plan else []
        return [svg.stretched(_HEIGHT, [*shapes, svg.path("actual", steps)])]

    def _words(self, axis: Axis) -> list[SafeString]:
        """Name both lines where they are, on sides where the names do not meet."""
        x, y = self._x(self.today), y_of(axis, self.reached, _HEIGHT)
        late = x > 50
        words = f"{figures.count(self.reached)} {self.actual_word}"
        shapes = [
            svg.dot("pt", x, y, 4.5),
            svg.text(
                words,
                x,
                y - 12 if y > 30 else y + 22,
                anchor="end" if late else "start",
                kind="on",
                shift=4 if late else -4,
            ),
        ]
        if self.plan:
            plan_x = 20.0 if late else 80.0
            day = self.starts_on + (self.ends_on - self.starts_on) * (plan_x / 100)
            plan_y = y_of(axis, self._plan_on(day), _HEIGHT)
            shapes.append(svg.text("plan", plan_x, min(plan_y + 22, _HEIGHT - 8), shift=6))
        return shapes

    def _dates(self) -> list[SafeString]:
        """Write the first day, today and the last day, as many as fit beside each other."""
        y, x = _HEIGHT + 20, self._x(self.today)
        running = self.starts_on <= self.today <= self.ends_on
        shapes = []
        if not running or x >= _LABEL_ROOM:
            shapes.append(svg.text(_day(self.starts_on), 0, y))
        if running:
            shapes.append(svg.text("today", x, y, anchor=svg.anchor_at(round(x, -1))))
        if not running or x <= 100 - _LABEL_ROOM:
            shapes.append(svg.text(_day(self.ends_on), 100, y, anchor="end"))
        return shapes


@dataclass(frozen=True, kw_only=True)
class Sparkline:
    """Totals at equal steps of time against a plan, for the eye only: put the numbers beside it."""

    template_name: ClassVar[str] = "components/charts/sparkline.html"

    actual: Sequence[float]
    plan: Sequence[float]

    @property
    def svg(self) -> SafeString:
        # A hundred of these stand on one page. All that is filled in are numbers.
        top = max([1.0, *self.actual, *self.plan])
        actual = _spread(self.actual or [0.0], top)
        begun, y = actual[0][1], actual[-1][1]
        steps = "".join(f"H{x:.1f}V{height:.1f}" for x, height in actual)
        return SafeString(
            '<svg class="ch-svg ch-spark" width="78" height="24" viewBox="0 0 78 24" '
            f'aria-hidden="true">{_plan(tuple(self.plan), top)}'
            f'<path class="actual fine" d="M0 {begun:.1f}{steps}"/>'
            f'<circle class="pt" cx="72" cy="{y:.1f}" r="2.75"/></svg>'
        )


def _spread(totals: Sequence[float], top: float) -> list[tuple[float, float]]:
    """Place totals evenly from left to right; a single one at the right."""
    gap = 72 / max(1, len(totals) - 1)
    return [
        (72 - gap * (len(totals) - 1 - number), 22 - 19 * total / top)
        for number, total in enumerate(totals)
    ]


@lru_cache(maxsize=256)
def _plan(totals: tuple[float, ...], top: float) -> str:
    """Draw the plan, which is the same for many lines of a page."""
    return svg.path("plan thin", _spread(totals, top)) if totals else ""


def _day(day: date) -> str:
    return f"{day:%b} {day.day}"
