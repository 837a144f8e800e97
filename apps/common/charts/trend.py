"""Values one after another, such as ratings: a line or two over equal steps."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.utils.safestring import SafeString

from apps.common.charts import svg
from apps.common.charts.axes import Axis, tick_label
from apps.common.charts.grid import value_grid, y_of
from apps.common.charts.tables import DataTable

_HEIGHT = 120
_MOST_DOTS = 16  # more would run into each other on a phone


@dataclass(frozen=True)
class TrendLine:
    """One value for each label of the chart; None where there is none.

    `is_background` draws it dotted, behind the others.
    """

    word: str
    values: Sequence[float | None]
    is_background: bool = False

    @property
    def known(self) -> list[tuple[int, float]]:
        return [(place, value) for place, value in enumerate(self.values) if value is not None]


@dataclass(frozen=True, kw_only=True)
class TrendChart:
    """Lines over `labels`, on an axis with these ticks. `counted` heads the labels in the table."""

    template_name: ClassVar[str] = "components/charts/plot.html"

    id: str
    title: str
    description: str
    counted: str
    labels: Sequence[str]
    lines: Sequence[TrendLine]
    ticks: tuple[float, ...]
    when_empty: str
    unit: str = ""

    @property
    def svg(self) -> SafeString:
        """The drawing; empty without at least two values on a line, which make no trend."""
        if max((len(line.known) for line in self.lines), default=0) < 2:
            return svg.joined([])
        axis = Axis(self.ticks)
        paths = [
            svg.path(
                "plan" if line.is_background else "actual",
                [(self._x(place), 100 - axis.at(value)) for place, value in line.known],
            )
            for line in sorted(self.lines, key=lambda line: not line.is_background)
            if len(line.known) > 1
        ]
        return svg.image(
            _HEIGHT,
            [
                *value_grid(axis, _HEIGHT, unit=self.unit),
                svg.stretched(_HEIGHT, paths),
                *self._dots(axis),
                *self._words(axis),
                svg.text(self.labels[0], 0, _HEIGHT + 20),
                svg.text(self.labels[-1], 100, _HEIGHT + 20, anchor="end"),
            ],
            id=self.id,
            title=self.title,
            description=self.description,
        )

    @property
    def table(self) -> DataTable:
        rows = [
            (label, *(self._cell(line.values[place]) for line in self.lines))
            for place, label in enumerate(self.labels)
        ]
        return DataTable((self.counted, *(line.word.capitalize() for line in self.lines)), rows)

    def _cell(self, value: float | None) -> str:
        return "not noted" if value is None else f"{tick_label(round(value))}{self.unit}"

    def _x(self, place: int) -> float:
        return 100 * place / max(1, len(self.labels) - 1)

    def _dots(self, axis: Axis) -> list[SafeString]:
        if len(self.labels) > _MOST_DOTS:
            return []
        return [
            svg.dot(
                "hollow" if line.is_background else "pt",
                self._x(place),
                y_of(axis, value, _HEIGHT),
                3.5,
            )
            for line in self.lines
            for place, value in line.known
        ]

    def _words(self, axis: Axis) -> list[SafeString]:
        """Name each line at its end, if there are several: the upper one above, others below."""
        if len(self.lines) < 2:
            return []
        named = sorted(
            (line for line in self.lines if line.known), key=lambda one: -one.known[-1][1]
        )
        shapes = []
        for number, line in enumerate(named):
            place, value = line.known[-1]
            y = y_of(axis, value, _HEIGHT)
            kind = "tick" if line.is_background else "on"
            shapes.append(
                svg.text(
                    line.word,
                    self._x(place),
                    min(y + 20, _HEIGHT - 6) if number else y - 10,
                    anchor="end",
                    kind=kind,
                )
            )
        return shapes
