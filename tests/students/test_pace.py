"""The pace planner: weekly targets that add up, and again after weeks that were missed."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from apps.students.pace import DAY, weekly_targets

MONDAY = date(2025, 9, 1)
goals = st.integers(1, 400)
days = st.dates(date(2024, 1, 1), date(2027, 12, 31))
lengths = st.integers(0, 500)
spells = st.lists(days, max_size=40)


def plan(left: int, since: date, length: int, days_off: list[date]) -> list[int]:
    by = since + timedelta(days=length)
    weeks = weekly_targets(left=left, since=since, by=by, days_off=days_off)
    return [week.target for week in weeks]


def test_spreads_26_over_half_a_year_as_one_a_week():
    assert plan(26, MONDAY, 26 * 7 - 1, []) == [1] * 26


def test_spreads_125_over_a_term_as_several_a_week():
    targets = plan(125, MONDAY, 15 * 7 - 1, [])
    assert (sum(targets), min(targets), max(targets)) == (125, 8, 9)


@given(goals, days, lengths, spells)
def test_adds_up_to_what_is_left_whatever_the_days(left, since, length, days_off):
    targets = plan(left, since, length, days_off)
    assert sum(targets) == left
    assert min(targets) >= 0


@given(goals, days, lengths, spells)
def test_covers_every_day_once_in_weeks_that_end_on_sundays(left, since, length, days_off):
    by = since + timedelta(days=length)
    weeks = weekly_targets(left=left, since=since, by=by, days_off=days_off)
    assert (weeks[0].starts_on, weeks[-1].ends_on) == (since, by)
    assert all(week.ends_on.isoweekday() == 7 for week in weeks[:-1])
    starts = [week.starts_on for week in weeks[1:]]
    assert starts == [week.ends_on + DAY for week in weeks[:-1]]


@given(goals, days, st.integers(7, 500))
def test_asks_for_the_same_in_full_weeks_within_one(left, since, length):
    weeks = weekly_targets(left=left, since=since, by=since + timedelta(days=length))
    full = [week.target for week in weeks if (week.ends_on - week.starts_on).days == 6]
    assert not full or max(full) - min(full) <= 1


@given(goals, days, st.integers(0, 60), st.data())
def test_adds_up_again_after_weeks_in_which_less_or_more_was_held(left, since, number, data):
    """Walk through a term week by week, holding what one likes, and plan anew each Monday."""
    by, held = since + timedelta(days=7 * number), 0
    while since <= by and held < left:
        weeks = weekly_targets(left=left - held, since=since, by=by)
        assert sum(week.target for week in weeks) == left - held
        held += data.draw(st.integers(0, weeks[0].target + 2), label="held in this week")
        since = weeks[0].ends_on + DAY
    assert held >= left or since > by


@given(goals, days, lengths, spells)
def test_never_lets_who_keeps_to_it_fall_behind_the_even_line(left, since, length, days_off):
    by, done = since + timedelta(days=length), 0
    for week in weekly_targets(left=left, since=since, by=by):
        done += week.target
        even = left * ((week.ends_on - since).days + 1) / (length + 1)
        assert done >= even


def test_leaves_a_week_of_holidays_free():
    days_off = [MONDAY + timedelta(days=7 + n) for n in range(7)]
    assert plan(4, MONDAY, 5 * 7 - 1, days_off) == [1, 0, 1, 1, 1]


def test_keeps_all_for_one_week_once_the_day_has_passed_and_asks_nothing_when_it_is_done():
    assert [week.target for week in weekly_targets(left=3, since=MONDAY, by=MONDAY - DAY)] == [3]
    assert weekly_targets(left=0, since=MONDAY, by=MONDAY + 30 * DAY) == []
