"""How numbers are written."""

from dataclasses import dataclass

import pytest

from apps.common import figures


@dataclass(frozen=True)
class Counted:
    k: int
    n: int
    rate: float | None
    low: float | None
    high: float | None


TWENTY_ONE = Counted(21, 100, 0.21, 0.1416, 0.2998)
NOBODY = Counted(0, 0, None, None, None)


@pytest.mark.parametrize(
    ("rate", "words"),
    [
        (0.21, "21.0 %"),
        (0.0, "0.0 %"),
        (1.0, "100.0 %"),
        (-0.0001, "0.0 %"),
        (1.3877787807814457e-17, "0.0 %"),
        (None, "no rate, nobody in this group"),
    ],
)
def test_writes_a_rate_with_one_decimal_and_a_missing_one_in_words(rate, words):
    assert figures.percent(rate) == words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (0.1416, 0.2998, "14.2–30.0"),
        (1.4e-17, 0.133, "0.0–13.3"),
        (-0.047, 0.166, "−4.7 to 16.6"),
        (None, None, "no interval"),
    ],
)
def test_joins_bounds_by_a_dash_unless_a_minus_would_meet_it(low, high, words):
    assert figures.interval(low, high) == words


@pytest.mark.parametrize(
    ("difference", "words"),
    [(0.06, "+6.0 points"), (-0.2, "−20.0 points"), (0.0, "0.0 points"), (-0.0001, "0.0 points")],
)
def test_signs_a_difference_with_a_real_minus(difference, words):
    assert figures.points(difference) == words


def test_signs_both_bounds_of_a_difference():
    assert figures.points_interval(-0.047, 0.166) == "−4.7 to +16.6"


def test_groups_thousands():
    assert figures.count(1163) == "1,163"


def test_writes_a_share_with_its_counts_and_its_interval():
    assert figures.share_with_interval(TWENTY_ONE) == "21 of 100, 21.0 % (95 % CI 14.2–30.0)"


def test_writes_a_share_of_nobody_without_any_number():
    assert figures.share_with_interval(NOBODY) == "no rate, nobody in this group"
