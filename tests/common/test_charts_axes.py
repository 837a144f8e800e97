"""Axes: round ticks, everything inside, no division by an empty span."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.common.charts.axes import axis_over, goal_axis, percent_axis, tick_label


@pytest.mark.parametrize(
    ("highest", "ticks"),
    [
        (0.34, (0, 20, 40)),
        (0.30, (0, 20, 40)),
        (0.587, (0, 50, 100)),
        (1.0, (0, 50, 100)),
        (0.0, (0, 0.5, 1)),
        (7.5, (0, 50, 100)),
    ],
)
def test_ends_a_percent_axis_on_a_round_number_that_is_at_most_100(highest, ticks):
    assert percent_axis(highest, most_ticks=3).ticks == ticks


@pytest.mark.parametrize(
    ("top", "ticks"), [(12, (0, 6, 12)), (7, (0, 7)), (0, (0, 1)), (1, (0, 1)), (2, (0, 1, 2))]
)
def test_ends_a_goal_axis_exactly_at_the_goal(top, ticks):
    assert goal_axis(top).ticks == ticks


def test_gives_an_empty_span_room_on_both_sides():
    axis = axis_over(0, 0, most_ticks=4)

    assert axis.ticks == (-1, 0, 1)
    assert axis.at(0) == 50


def test_keeps_whole_ticks_for_what_is_counted():
    assert axis_over(0, 2, most_ticks=6, whole=True).ticks == (0, 1, 2)


def test_holds_a_value_outside_the_axis_at_its_end():
    axis = percent_axis(0.5, most_ticks=3)

    assert (axis.at(-3), axis.at(250)) == (0, 100)


@pytest.mark.parametrize(
    ("tick", "words"), [(-10, "−10"), (0.3, "0.3"), (1500, "1,500"), (20.0, "20")]
)
def test_writes_ticks_without_needless_decimals(tick, words):
    assert tick_label(tick) == words


numbers = st.floats(min_value=-1000, max_value=1000, allow_nan=False)


@given(numbers, numbers, st.integers(min_value=2, max_value=10))
def test_covers_any_span_with_a_handful_of_even_ticks(one, other, most):
    low, high = sorted((one, other))

    ticks = axis_over(low, high, most_ticks=most).ticks

    assert ticks[0] <= low + 1e-6
    assert ticks[-1] >= high - 1e-6
    assert 2 <= len(ticks) <= most + 1
    gaps = {round(b - a, 6) for a, b in zip(ticks, ticks[1:], strict=False)}
    assert max(gaps) - min(gaps) < 1e-5
    assert all(math.isfinite(tick) for tick in ticks)
