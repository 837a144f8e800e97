"""Rates one after another, such as those of terms: each a dot on its upright interval."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.utils.safestring import SafeString

from apps.common import figures
from apps.common.charts import svg
from apps.common.charts.axes import Axis, percent_axis
from apps.common.charts.grid import value_grid, y_of
from apps.common.charts.intervals import IntervalRow, IntervalRows, highest_bound
from apps.common.charts.tables import DataTable
from apps.common.figures import Hidden

_HEIGHT = 180
_MOST_LABELS = 5  # more would run into each other on a phone
_CAP = 0.8  # half the width of the end of an interval, in percent


@dataclass(frozen=True, kw_only=True)
class RateSeries:
    """Shares in their order over equal steps. A hidden one is a gap that says so.

    The heads are those of the table. `when_empty` stands in place of a drawing without any rate.
    """

    template_name: ClassVar[str] = "components/charts/plot.html"

    id: str
    title: str
    rows: Sequence[IntervalRow]
    label_head: str
    n_head: str
    k_head: str
    when_empty: str

    @property
    def description(self) -> str:
        return " ".join(f"{row.label}: {_said(row)}." for row in self.rows)

    @property
    def svg(self) -> SafeString:
        """The drawing; empty when there is no rate to show."""
        if not self._points(percent_axis(1, most_ticks=6)):
            return svg.joined([])
        axis = percent_axis(highest_bound([row.share for row in self.rows]), most_ticks=6)
        points = self._points(axis)
        trend = [svg.path("plan", [(x, 100 * y / _HEIGHT) for x, y, _, _ in points])]
        return svg.image(
            _HEIGHT,
            [
                *value_grid(axis, _HEIGHT, unit=" %"),
                svg.stretched(_HEIGHT, trend if len(points) > 1 else []),
                *(shape for point in points for shape in _whisker(*point)),
                *self._gaps(),
                *self._labels(),
            ],
            id=self.id,
            title=self.title,
            description=self.description,
        )

    @property
    def table(self) -> DataTable:
        return IntervalRows(
            title=self.title,
            rows=self.rows,
            label_head=self.label_head,
            n_head=self.n_head,
            k_head=self.k_head,
        ).table

    def _x(self, place: int) -> float:
        return 100 * (place + 0.5) / len(self.rows)

    def _points(self, axis: Axis) -> list[tuple[float, float, float, float]]:
        """Return x, and the heights of the rate and of its bounds, of each rate there is."""
        found = []
        for place, row in enumerate(self.rows):
            share = row.share
            if isinstance(share, Hidden) or share.rate is None:
                continue
            low, high = (share.rate if b is None else b for b in (share.low, share.high))
            y, y_low, y_high = (y_of(axis, 100 * v, _HEIGHT) for v in (share.rate, low, high))
            found.append((self._x(place), y, y_low, y_high))
        return found

    def _gaps(self) -> list[SafeString]:
        return [
            svg.text("hidden", self._x(place), _HEIGHT - 8, anchor="middle", kind="bg")
            for place, row in enumerate(self.rows)
            if isinstance(row.share, Hidden)
        ]

    def _labels(self) -> list[SafeString]:
        """Name the last step and, as far as there is room, those before it."""
        last = len(self.rows) - 1
        step = -(-len(self.rows) // _MOST_LABELS)
        return [
            svg.text(row.label, self._x(place), _HEIGHT + 20, anchor="middle")
            for place, row in enumerate(self.rows)
            if (last - place) % step == 0
        ]


def _whisker(x: float, y: float, low: float, high: float) -> list[SafeString]:
    left, right = x - _CAP, x + _CAP
    return [
        svg.line("bar", x, x, low, high),
        svg.line("cap", left, right, low, low),
        svg.line("cap", left, right, high, high),
        svg.dot("pt", x, y, 5),
    ]


def _said(row: IntervalRow) -> str:
    share = row.share
    if isinstance(share, Hidden):
        return share.reason
    if share.rate is None:
        return figures.NO_RATE
    return f"{figures.percent(share.rate)}, 95 % interval {figures.interval(share.low, share.high)}"
