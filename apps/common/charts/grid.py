"""The value axis at the left of a plot: one line and one label for each tick."""

from django.utils.safestring import SafeString

from apps.common.charts import svg
from apps.common.charts.axes import Axis


def value_grid(axis: Axis, height: float, *, unit: str = "") -> list[SafeString]:
    """Draw an axis that starts at the bottom of a plot `height` pixels high."""
    shapes = []
    for tick, label in axis.labels(unit=unit):
        y = y_of(axis, tick, height)
        kind = "axis" if tick == axis.ticks[0] else "grid"
        shapes.append(svg.line(kind, 0, 100, y, y))
        shapes.append(svg.text(label, 0, y + 4, anchor="end", shift=-8))
    return shapes


def y_of(axis: Axis, value: float, height: float) -> float:
    """Return the height of `value` in pixels from the top of the plot."""
    return height * (1 - axis.at(value) / 100)
