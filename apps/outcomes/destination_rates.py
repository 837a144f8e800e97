"""NACE's two rates over first destinations. In plain Python.

Source: NACE, Standards and Protocols for the Collection and Dissemination of Graduating Student
First-Destination Outcomes.

Knowledge rate: those of whom something is known, of all graduates. Career outcomes rate: employed,
in service, in the military or in continuing education, of these and those still seeking either;
whoever is not seeking, or of whom nothing is known, is outside it.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from apps.common.proportion import Proportion, proportion

LANDED = ("full_time", "part_time", "service", "military", "education")
SEEKING = ("seeking_work", "seeking_education")
NOT_SEEKING = "not_seeking"
NO_INFORMATION = "no_information"
CATEGORIES = (*LANDED, *SEEKING, NOT_SEEKING, NO_INFORMATION)
TARGET = 0.65
"""The knowledge rate that NACE asks for at least."""


@dataclass(frozen=True)
class DestinationRates:
    """Both rates with k, n and interval, and how many graduates there are in each category."""

    knowledge: Proportion
    career: Proportion
    counts: dict[str, int]

    @property
    def graduates(self) -> int:
        return sum(self.counts.values())


def destination_rates(primary: Iterable[str]) -> DestinationRates:
    """Return the rates; `primary` has one category for each graduate.

    Raises ValueError for a category that there is not.
    """
    found = Counter(primary)
    if unknown := found.keys() - set(CATEGORIES):
        raise ValueError(f"No category is called {min(unknown)}.")
    counts = {category: found[category] for category in CATEGORIES}
    landed = sum(counts[category] for category in LANDED)
    seeking = sum(counts[category] for category in SEEKING)
    everybody = sum(counts.values())
    return DestinationRates(
        proportion(everybody - counts[NO_INFORMATION], everybody),
        proportion(landed, landed + seeking),
        counts,
    )
