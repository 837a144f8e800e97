"""A share of a group with what it leaves open. In plain Python; charts and pages take it as it is.

Source: E. B. Wilson (1927) for the interval of a proportion.
"""

from dataclasses import dataclass
from math import sqrt

Z_95 = 1.959963984540054
"""The two-sided 95 % quantile of the standard normal distribution."""


@dataclass(frozen=True)
class Proportion:
    """`k` of `n` with its rate and 95 % Wilson score interval, all as fractions of 1.

    `rate`, `low` and `high` are None when nobody is in the group: no rate is not a rate of 0.
    """

    k: int
    n: int
    rate: float | None
    low: float | None
    high: float | None


def proportion(k: int, n: int) -> Proportion:
    """Return `k` of `n` with its 95 % Wilson score interval.

    Raises ValueError unless 0 <= k <= n.
    """
    if not 0 <= k <= n:
        raise ValueError(f"{k} of {n} is no proportion")
    if n == 0:
        return Proportion(k, n, None, None, None)
    z2 = Z_95**2
    center = (k + z2 / 2) / (n + z2)
    half = Z_95 / (n + z2) * sqrt(k * (n - k) / n + z2 / 4)
    # At the edges the exact bound is 0 or 1; rounding must not put it a hair beside.
    low = 0.0 if k == 0 else center - half
    high = 1.0 if k == n else center + half
    return Proportion(k, n, k / n, low, high)
