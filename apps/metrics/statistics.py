"""The formulas of the report, in plain Python. Definitions version 1.

Nothing here knows the database or the web. The interval of a proportion is in
`apps.common.proportion`, since students' pages show it too. Sources of the rest: R. G. Newcombe
(1998), method 10, for a difference; E. L. Kaplan and P. Meier (1958) with Greenwood's variance and
the log-log band for times to an event.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, log, sqrt

from apps.common.proportion import Z_95, Proportion, proportion

__all__ = ["Difference", "Proportion", "SurvivalCurve", "difference", "kaplan_meier", "proportion"]


@dataclass(frozen=True)
class Difference:
    """How far one proportion lies above another, with its 95 % interval, as fractions of 1."""

    difference: float
    low: float
    high: float


@dataclass(frozen=True)
class SurvivalStep:
    """What a Kaplan–Meier curve does on a day with events; the level holds until the next."""

    day: int
    at_risk: int
    events: int
    survival: float
    low: float
    high: float


@dataclass(frozen=True)
class SurvivalCurve:
    """`median_days` is the first day on which survival is 0.5 or less; None if it never is."""

    steps: list[SurvivalStep]
    median_days: int | None


def difference(now: Proportion, before: Proportion) -> Difference | None:
    """Return `now` minus `before` with Newcombe's interval; None if either group is empty."""
    if now.rate is None or now.low is None or now.high is None:
        return None
    if before.rate is None or before.low is None or before.high is None:
        return None
    d = now.rate - before.rate
    below = sqrt((now.rate - now.low) ** 2 + (before.high - before.rate) ** 2)
    above = sqrt((now.high - now.rate) ** 2 + (before.rate - before.low) ** 2)
    return Difference(d, d - below, d + above)


def kaplan_meier(observations: Iterable[tuple[int, bool]]) -> SurvivalCurve:
    """Return the survival curve of `(days, is_event)` pairs, one for each person under watch.

    A pair that is no event is censored: the person left the watch after that many days, and
    still counts as at risk on the last of them.
    """
    events: Counter[int] = Counter()
    leaving: Counter[int] = Counter()
    for day, is_event in observations:
        leaving[day] += 1
        events[day] += is_event
    at_risk = leaving.total()
    survival, greenwood = 1.0, 0.0
    steps: list[SurvivalStep] = []
    median: int | None = None
    for day in sorted(leaving):
        if died := events[day]:
            survival *= 1 - died / at_risk
            if at_risk > died:
                greenwood += died / (at_risk * (at_risk - died))
            low, high = _log_log_band(survival, greenwood)
            steps.append(SurvivalStep(day, at_risk, died, survival, low, high))
            if median is None and survival <= 0.5:
                median = day
        at_risk -= leaving[day]
    return SurvivalCurve(steps, median)


def _log_log_band(survival: float, greenwood: float) -> tuple[float, float]:
    """Return the 95 % band, which stays between 0 and 1 by working on log(-log S)."""
    if survival <= 0:
        return 0.0, 0.0
    spread = Z_95 * sqrt(greenwood) / log(survival)
    low, high = survival ** exp(-spread), survival ** exp(spread)
    return min(low, high), max(low, high)
