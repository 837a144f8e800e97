"""Rates and differences with their intervals: a dot, a bar and two caps on an axis."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.utils.safestring import SafeString

from apps.common import figures
from apps.common.charts import svg
from apps.common.charts.axes import Axis, axis_over, percent_axis, tick_label
from apps.common.charts.tables import DataTable, count_cell, share_cells
from apps.common.figures import Hidden, Share

_TICK_BAND = 20  # pixels for the line of tick labels


def highest_bound(shares: Sequence[Share | Hidden]) -> float:
    """Return the highest upper bound among those shown, so that strips can share one axis."""
    return max(
        (s.high for s in shares if not isinstance(s, Hidden) and s.high is not None), default=0.0
    )


@dataclass(frozen=True, kw_only=True)
class IntervalStrip:
    """One rate as a statistic: number, strip on an axis up to `axis_max`, counts and interval.

    Strips to be compared take the same `axis_max`, a fraction: see `highest_bound`. All figures
    stand beside the strip as text, so the strip itself is for the eye only.
    """

    template_name: ClassVar[str] = "components/charts/interval_strip.html"

    label: str
    share: Share | Hidden
    axis_max: float
    note: str = ""

    @property
    def number(self) -> str:
        """The rate as written large; empty when hidden or when there is nobody to count."""
        if isinstance(self.share, Hidden) or self.share.rate is None:
            return ""
        return figures.percent(self.share.rate)

    @property
    def words(self) -> str:
        if isinstance(self.share, Hidden):
            return self.share.reason
        if self.share.rate is None:
            return figures.NO_RATE
        bounds = figures.interval(self.share.low, self.share.high)
        return f"{figures.k_of_n(self.share)}, 95 % CI {bounds}"

    @property
    def is_hidden(self) -> bool:
        return isinstance(self.share, Hidden)

    @property
    def svg(self) -> SafeString:
        axis = percent_axis(self.axis_max, most_ticks=3)
        return svg.drawing(
            40,
            [svg.line("grid", 0, 100, 10, 10), *_whisker(self.share, axis, 10), *_ticks(axis, 34)],
        )


@dataclass(frozen=True)
class IntervalRow:
    label: str
    share: Share | Hidden


@dataclass(frozen=True, kw_only=True)
class IntervalRows:
    """The rates of several groups, one under the other on one axis.

    Every figure stands in its row as text; `n_head` and `k_head` name the counts in the table.
    """

    template_name: ClassVar[str] = "components/charts/interval_rows.html"

    title: str
    rows: Sequence[IntervalRow]
    label_head: str
    n_head: str
    k_head: str

    @property
    def axis(self) -> Axis:
        return percent_axis(highest_bound([row.share for row in self.rows]), most_ticks=8)

    @property
    def lines(self) -> list[tuple[str, SafeString, Share | Hidden]]:
        """Label, drawing and share of each row."""
        axis = self.axis
        grid = [svg.line("grid", axis.at(tick), axis.at(tick), 0, 44) for tick in axis.ticks]
        return [
            (row.label, svg.drawing(44, [*grid, *_whisker(row.share, axis, 22)]), row.share)
            for row in self.rows
        ]

    @property
    def axis_svg(self) -> SafeString:
        return svg.drawing(_TICK_BAND, _ticks(self.axis, 14))

    @property
    def table(self) -> DataTable:
        return DataTable(
            (self.label_head, self.n_head, self.k_head, "Share", "95 % CI"),
            [(row.label, *_counts(row.share), *share_cells(row.share)) for row in self.rows],
        )


@dataclass(frozen=True, kw_only=True)
class DifferenceStrip:
    """A difference of two rates with its interval and a line at no change; all fractions."""

    template_name: ClassVar[str] = "components/charts/difference_strip.html"

    id: str
    title: str
    difference: float
    low: float
    high: float

    @property
    def includes_zero(self) -> bool:
        return self.low <= 0 <= self.high

    @property
    def bounds(self) -> str:
        return figures.points_interval(self.low, self.high)

    @property
    def description(self) -> str:
        side = "includes" if self.includes_zero else "does not include"
        return (
            f"{figures.points(self.difference)}, 95 % interval {self.bounds}. "
            f"The interval {side} zero."
        )

    @property
    def axis(self) -> Axis:
        return axis_over(100 * min(0.0, self.low), 100 * max(0.0, self.high), most_ticks=4)

    @property
    def svg(self) -> SafeString:
        axis = self.axis
        zero = axis.at(0)
        return svg.image(
            64,
            [
                svg.line("grid", 0, 100, 40, 40),
                svg.line("axis", zero, zero, 6, 46),
                *_marks(axis, 24, 100 * self.difference, 100 * self.low, 100 * self.high),
                *(
                    svg.text(
                        _change_label(tick), axis.at(tick), 60, anchor=svg.anchor_at(axis.at(tick))
                    )
                    for tick in axis.ticks
                ),
            ],
            id=self.id,
            title=self.title,
            description=self.description,
        )


def _whisker(share: Share | Hidden, axis: Axis, y: float) -> list[SafeString]:
    """Draw a share on an axis in percent; nothing where there is no rate to show."""
    if isinstance(share, Hidden) or share.rate is None or share.low is None or share.high is None:
        return []
    return _marks(axis, y, 100 * share.rate, 100 * share.low, 100 * share.high)


def _marks(axis: Axis, y: float, value: float, low: float, high: float) -> list[SafeString]:
    left, right = axis.at(low), axis.at(high)
    return [
        svg.line("bar", left, right, y, y),
        svg.line("cap", left, left, y - 5, y + 5),
        svg.line("cap", right, right, y - 5, y + 5),
        svg.dot("pt", axis.at(value), y, 5.5),
    ]


def _ticks(axis: Axis, y: float) -> list[SafeString]:
    return [
        svg.text(label, axis.at(tick), y, anchor=svg.anchor_at(axis.at(tick)))
        for tick, label in axis.labels(unit=" %")
    ]


def _change_label(tick: float) -> str:
    if tick == 0:
        return "no change"
    return f"+{tick_label(tick)}" if tick > 0 else tick_label(tick)


def _counts(share: Share | Hidden) -> tuple[str, str]:
    if isinstance(share, Hidden):
        return count_cell(share), count_cell(share)
    return count_cell(share.n), count_cell(share.k)
