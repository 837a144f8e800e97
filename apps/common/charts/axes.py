"""Axes with round ticks. Positions are in percent of the axis, so that text never scales."""

import math
from dataclasses import dataclass

_STEPS = (1, 2, 5, 10)


@dataclass(frozen=True)
class Axis:
    """A straight scale from the first tick to the last."""

    ticks: tuple[float, ...]

    def at(self, value: float) -> float:
        """Return the position of `value` in percent of the axis, held inside it."""
        bottom, top = self.ticks[0], self.ticks[-1]
        return 100 * min(1.0, max(0.0, (value - bottom) / (top - bottom)))

    def labels(self, *, unit: str = "") -> list[tuple[float, str]]:
        """Return each tick with its label; the last names the unit."""
        words = [tick_label(tick) for tick in self.ticks]
        words[-1] += unit
        return list(zip(self.ticks, words, strict=True))


def axis_over(low: float, high: float, *, most_ticks: int, whole: bool = False) -> Axis:
    """Return an axis that covers `low` to `high` with at most about `most_ticks` round ticks.

    `whole` keeps the ticks on whole numbers. An empty span gets one step of room on each side.
    """
    step = _round_step((high - low) / (most_ticks - 1))
    if whole:
        step = max(1.0, step)
    first, last = math.floor(_tidy(low / step)), math.ceil(_tidy(high / step))
    if first == last:
        first, last = first - 1, last + 1
    return Axis(tuple(_tidy(number * step) for number in range(first, last + 1)))


def percent_axis(highest: float, *, most_ticks: int) -> Axis:
    """Return an axis in percent from 0 to just over `highest` (a fraction), never past 100."""
    return axis_over(0, max(1.0, 100 * min(1.0, highest)), most_ticks=most_ticks)


def goal_axis(top: int) -> Axis:
    """Return an axis of whole numbers that ends exactly at `top`, at least 1, half of it marked."""
    top = max(1, top)
    return Axis((0, top // 2, top) if top % 2 == 0 else (0, top))


def tick_label(tick: float) -> str:
    """Write a tick without needless decimals."""
    return f"{tick:,.10g}".replace("-", "\N{MINUS SIGN}")


def _round_step(rough: float) -> float:
    """Return the smallest of 1, 2, 5 times a power of ten that is at least `rough`."""
    if rough < 1e-6:
        return 1.0
    power = 10.0 ** math.floor(math.log10(rough))
    return next(_tidy(step * power) for step in _STEPS if _tidy(step * power) >= _tidy(rough))


def _tidy(number: float) -> float:
    """Shake off the last bits of binary arithmetic, so that 0.1 * 3 is 0.3."""
    return round(number, 9)
