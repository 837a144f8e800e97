"""A share that grows in steps over time, with its band (the Kaplan-Meier curve turned upward)."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar, Literal

from django.utils.html import format_html
from django.utils.safestring import SafeString

from apps.common import figures
from apps.common.charts import svg
from apps.common.charts.axes import Axis, axis_over, percent_axis, tick_label
from apps.common.charts.grid import value_grid, y_of
from apps.common.charts.tables import DataTable, count_cell, hidden
from apps.common.figures import Hidden

_HEIGHT = 180
_DAYS = {"day": 1, "week": 7}


@dataclass(frozen=True, kw_only=True)
class StepPoint:
    """From day `at` on the share is `value`; the bounds are `None` where they are not defined."""

    at: int
    value: float
    low: float | None
    high: float | None
    at_risk: int


@dataclass(frozen=True, kw_only=True)
class StepCurve:
    """Shares by day since a start, in order of `at`, drawn up to day `ends_at`.

    Points before `hidden_before` are neither drawn nor tabled; `hidden` says why. Without any
    point to show, `when_empty` stands in place of the drawing.
    """

    template_name: ClassVar[str] = "components/charts/plot.html"

    id: str
    title: str
    points: Sequence[StepPoint]
    ends_at: int
    when_empty: str
    unit: Literal["day", "week"] = "week"
    hidden_before: int = 0
    hidden: Hidden = Hidden()

    @property
    def shown(self) -> list[StepPoint]:
        return [point for point in self.points if point.at >= self.hidden_before]

    @property
    def description(self) -> str:
        first, last = self.shown[0], self.shown[-1]
        bounds = ""
        if last.low is not None and last.high is not None:
            bounds = f", 95 % interval {figures.interval(last.low, last.high)}"
        return (
            f"{figures.percent(first.value)} from day {first.at}, "
            f"{figures.percent(last.value)} from day {last.at} on{bounds}."
        )

    @property
    def svg(self) -> SafeString:
        """The drawing; empty when there is no point to show."""
        if not self.shown:
            return svg.joined([])
        axis = percent_axis(
            max(max(point.value, point.high or 0.0) for point in self.shown), most_ticks=6
        )
        return svg.image(
            _HEIGHT,
            [
                *value_grid(axis, _HEIGHT, unit=" %"),
                *self._withheld(),
                svg.stretched(_HEIGHT, [*self._bands(axis), svg.path("actual", self._steps(axis))]),
                *self._end(axis),
                *self._time_ticks(),
            ],
            id=self.id,
            title=self.title,
            description=self.description,
        )

    @property
    def table(self) -> DataTable:
        rows = [
            (
                f"Day {point.at}",
                count_cell(point.at_risk),
                figures.percent(point.value),
                figures.interval(point.low, point.high),
            )
            for point in self.shown
        ]
        if self.hidden_before:
            withheld = hidden(self.hidden)
            rows.insert(0, (f"Before day {self.hidden_before}", withheld, withheld, withheld))
        return DataTable(("From", "At risk", "Share", "95 % CI"), rows)

    def _x(self, day: float) -> float:
        return 100 * min(1.0, day / max(1, self.ends_at))

    def _steps(self, axis: Axis) -> list[tuple[float, float]]:
        points = self.shown
        corners = [] if self.hidden_before else [(0.0, 100.0)]
        for point in points:
            level = 100 - axis.at(100 * point.value)
            if corners:
                corners.append((self._x(point.at), corners[-1][1]))
            corners.append((self._x(point.at), level))
        return [*corners, (100.0, corners[-1][1])]

    def _bands(self, axis: Axis) -> list[SafeString]:
        """Draw the interval as one area for each run of points that has one."""
        ends = [*(self._x(point.at) for point in self.shown[1:]), 100.0]
        bands = []
        for has_bounds, run in groupby(
            zip(self.shown, ends, strict=True), key=lambda pair: pair[0].low is not None
        ):
            upper: list[tuple[float, float]] = []
            lower: list[tuple[float, float]] = []
            for point, end in run:
                for x in (self._x(point.at), end):
                    upper.append((x, 100 - axis.at(100 * (point.high or 0.0))))
                    lower.append((x, 100 - axis.at(100 * (point.low or 0.0))))
            if has_bounds:
                bands.append(svg.path("band", [*upper, *reversed(lower)], closed=True))
        return bands

    def _end(self, axis: Axis) -> list[SafeString]:
        """Mark where the curve stands at the end, the number clear of the band where it fits."""
        last = self.shown[-1]
        y = y_of(axis, 100 * last.value, _HEIGHT)
        top = y_of(axis, 100 * (last.high or last.value), _HEIGHT)
        above = min(y, top) - 10
        return [
            svg.dot("pt", 100, y, 4),
            svg.text(
                figures.percent(last.value),
                100,
                above if above >= 12 else y + 22,
                anchor="end",
                kind="on",
            ),
        ]

    def _withheld(self) -> list[SafeString]:
        if not self.hidden_before:
            return []
        width = self._x(self.hidden_before)
        pattern = format_html(
            '<pattern id="{0}-hatch" width="6" height="6" patternUnits="userSpaceOnUse" '
            'patternTransform="rotate(45)">'
            '<line class="hatch" x1="0" x2="0" y1="0" y2="6"/></pattern>'
            '<rect x="0" y="0" width="{1}%" height="{2}" fill="url(#{0}-hatch)"/>',
            self.id,
            f"{width:.2f}",
            _HEIGHT,
        )
        return [
            pattern,
            svg.text(self.hidden.reason, width / 2, _HEIGHT / 2, anchor="middle", kind="bg"),
        ]

    def _time_ticks(self) -> list[SafeString]:
        length = _DAYS[self.unit]
        ticks = axis_over(0, self.ends_at / length, most_ticks=6, whole=True).ticks
        inside = [tick for tick in ticks if 0 < tick * length <= self.ends_at]
        return [
            svg.text(
                f"{self.unit} {tick_label(tick)}" if tick == inside[0] else tick_label(tick),
                self._x(tick * length),
                _HEIGHT + 20,
                anchor=svg.anchor_at(self._x(tick * length)),
            )
            for tick in inside
        ]
