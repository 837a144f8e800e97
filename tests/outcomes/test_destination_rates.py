"""NACE's rates on a class that was counted by hand."""

import pytest

from apps.outcomes.destination_rates import CATEGORIES, destination_rates
from apps.outcomes.models import Destination

# 100 graduates: 41 + 5 + 2 + 3 + 15 = 66 landed, 6 + 1 = 7 seek, 2 do not, 25 unknown.
BY_HAND = {
    "full_time": 41,
    "part_time": 5,
    "service": 2,
    "military": 3,
    "education": 15,
    "seeking_work": 6,
    "seeking_education": 1,
    "not_seeking": 2,
    "no_information": 25,
}


def everybody(counts):
    return [category for category, number in counts.items() for _ in range(number)]


def test_counts_as_the_standard_does():
    rates = destination_rates(everybody(BY_HAND))
    assert rates.counts == BY_HAND
    assert rates.graduates == 100
    assert (rates.knowledge.k, rates.knowledge.n) == (75, 100)
    assert rates.knowledge.rate == 0.75
    assert (rates.career.k, rates.career.n) == (66, 73)
    assert rates.career.rate == pytest.approx(0.904110, abs=1e-6)
    # Wilson by hand: center (66 + 1.92073) / 76.84146, half width 0.06886
    assert rates.career.low == pytest.approx(0.81505, abs=1e-5)
    assert rates.career.high == pytest.approx(0.95277, abs=1e-5)


def test_leaves_who_does_not_seek_and_who_is_unknown_out_of_the_career_rate():
    rates = destination_rates(everybody({"not_seeking": 3, "no_information": 4}))
    assert (rates.knowledge.k, rates.knowledge.n) == (3, 7)
    assert (rates.career.k, rates.career.n, rates.career.rate) == (0, 0, None)


def test_gives_no_rate_over_nobody():
    rates = destination_rates([])
    assert rates.knowledge.rate is rates.career.rate is None


def test_knows_the_categories_of_the_rows_and_no_others():
    assert set(CATEGORIES) == {*Destination}
    with pytest.raises(ValueError, match="apprentice"):
        destination_rates(["apprentice"])
