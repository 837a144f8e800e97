"""How numbers are written for people. No Django here: pages, charts and files share it.

Rates, bounds and differences are fractions (0.21 is 21 %). A rate over nobody is `None`, and
`None` is written in words, never as 0.
"""

from dataclasses import dataclass
from typing import Protocol

MINUS = "\N{MINUS SIGN}"
EN_DASH = "\N{EN DASH}"
NO_RATE = "no rate, nobody in this group"


class Share(Protocol):
    """`k` of `n`, with the rate and the bounds of its 95 % interval; all `None` where n is 0."""

    @property
    def k(self) -> int: ...
    @property
    def n(self) -> int: ...
    @property
    def rate(self) -> float | None: ...
    @property
    def low(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...


@dataclass(frozen=True)
class Hidden:
    """A figure that exists and is not shown; `reason` is what stands in its place."""

    reason: str = "< 10 hidden"


def count(number: int) -> str:
    """Write 1163 as "1,163"."""
    return f"{number:,}".replace("-", MINUS)


def percent(rate: float | None) -> str:
    """Write 0.21 as "21.0 %"."""
    return NO_RATE if rate is None else f"{_tenths(rate)} %"


def interval(low: float | None, high: float | None) -> str:
    """Write 0.142 and 0.3 as "14.2–30.0"; with a bound below zero, as "−4.7 to 16.6"."""
    if low is None or high is None:
        return "no interval"
    between = EN_DASH if low >= 0 else " to "
    return f"{_tenths(low)}{between}{_tenths(high)}"


def points(difference: float) -> str:
    """Write a difference of rates, 0.06, as "+6.0 points"."""
    return f"{_signed(difference)} points"


def points_interval(low: float, high: float) -> str:
    """Write the bounds of a difference as "−4.7 to +16.6"."""
    return f"{_signed(low)} to {_signed(high)}"


def k_of_n(share: Share) -> str:
    """Write the counts behind a rate as "21 of 100"."""
    return f"{count(share.k)} of {count(share.n)}"


def share_with_interval(share: Share) -> str:
    """Write all of a share: "21 of 100, 21.0 % (95 % CI 14.2–30.0)"."""
    if share.rate is None:
        return NO_RATE
    bounds = interval(share.low, share.high)
    return f"{k_of_n(share)}, {percent(share.rate)} (95 % CI {bounds})"


def _tenths(fraction: float) -> str:
    """Return percentage points with one decimal, a real minus and no negative zero."""
    return f"{round(100 * fraction, 1) + 0.0:.1f}".replace("-", MINUS)


def _signed(fraction: float) -> str:
    written = _tenths(fraction)
    return written if written.startswith(MINUS) or written == "0.0" else f"+{written}"
