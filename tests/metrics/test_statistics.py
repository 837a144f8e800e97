"""Known values: published intervals, and the remission times of Freireich et al. (1963)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.metrics.statistics import difference, kaplan_meier, proportion

# fmt: off
SIX_MP = [(6, 1), (6, 1), (6, 1), (6, 0), (7, 1), (9, 0), (10, 1), (10, 0), (11, 0), (13, 1),
          (16, 1), (17, 0), (19, 0), (20, 0), (22, 1), (23, 1), (25, 0), (32, 0), (32, 0),
          (34, 0), (35, 0)]
CONTROL = [(day, 1) for day in
           (1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23)]
# fmt: on


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (13, 16, 0.5699, 0.9341),
        (21, 100, 0.1417, 0.2998),
    ],
)
def test_gives_the_published_wilson_interval(k, n, low, high):
    found = proportion(k, n)
    assert found.rate == k / n
    assert found.low == pytest.approx(low, abs=5e-5)
    assert found.high == pytest.approx(high, abs=5e-5)


def test_gives_no_rate_for_an_empty_group():
    assert proportion(0, 0).rate is None
    assert proportion(0, 0).low is None
    assert difference(proportion(0, 0), proportion(1, 2)) is None
    assert difference(proportion(1, 2), proportion(0, 0)) is None


@pytest.mark.parametrize(("k", "n"), [(-1, 5), (6, 5), (1, 0)])
def test_refuses_what_is_no_proportion(k, n):
    with pytest.raises(ValueError, match="no proportion"):
        proportion(k, n)


@given(st.integers(0, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_keeps_the_rate_inside_its_interval(pair):
    found = proportion(*pair)
    if found.n:
        assert 0 <= found.low <= found.rate <= found.high <= 1


def test_gives_newcombes_interval_for_a_difference():
    found = difference(proportion(56, 70), proportion(48, 80))
    assert found.difference == pytest.approx(0.2)
    assert found.low == pytest.approx(0.0524, abs=5e-5)
    assert found.high == pytest.approx(0.3339, abs=5e-5)


def test_gives_the_published_survival_of_the_treated_group():
    curve = kaplan_meier((day, bool(event)) for day, event in SIX_MP)
    survival = {step.day: step.survival for step in curve.steps}
    expected = {6: 0.8571, 7: 0.8067, 10: 0.7529, 13: 0.6902, 16: 0.6275, 22: 0.5378, 23: 0.4482}
    assert survival == pytest.approx(expected, abs=5e-5)
    assert curve.median_days == 23
    assert curve.steps[0].at_risk == 21
    assert curve.steps[0].events == 3


def test_gives_the_published_median_of_the_control_group_and_ends_at_zero():
    curve = kaplan_meier((day, bool(event)) for day, event in CONTROL)
    assert curve.median_days == 8
    last = curve.steps[-1]
    assert (last.survival, last.low, last.high) == (0.0, 0.0, 0.0)


def test_gives_an_empty_curve_when_nothing_happened():
    curve = kaplan_meier([(10, False), (20, False)])
    assert curve.steps == []
    assert curve.median_days is None


@given(st.lists(st.tuples(st.integers(0, 60), st.booleans()), max_size=80))
def test_never_lets_survival_rise_nor_leave_its_band(observations):
    steps = kaplan_meier(observations).steps
    levels = [1.0, *(step.survival for step in steps)]
    assert levels == sorted(levels, reverse=True)
    assert all(step.low <= step.survival + 1e-12 for step in steps)
    assert all(step.survival <= step.high + 1e-12 for step in steps)
