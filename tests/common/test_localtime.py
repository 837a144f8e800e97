from bisect import bisect
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.common.localtime import local_date, local_moment, start_of_day, zone_names

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)

# Since 1975 every zone on Earth stands whole minutes from UTC.
SECONDS = [int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) for year in (1975, 2037)]
moments = st.integers(*SECONDS).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
zones = st.sampled_from(zone_names()).map(ZoneInfo)


@cache
def clock_changes() -> list[tuple[ZoneInfo, datetime, timedelta]]:
    """Return each moment of 2025 at which the clock of a zone jumps, and how far ahead or back."""
    new_year = datetime(2025, 1, 1, tzinfo=UTC)
    days = [new_year + timedelta(days=n) for n in range(366)]
    changes = []
    for zone in map(ZoneInfo, zone_names()):
        for morning, next_morning in pairwise(days):
            jump = offset(next_morning, zone) - offset(morning, zone)
            if jump:
                changes.append((zone, first_minute_after(morning, zone), jump))
    return changes


def first_minute_after(morning: datetime, zone: ZoneInfo) -> datetime:
    """Return the first minute of the day that follows which has another offset than its start."""
    minutes = [morning + n * MINUTE for n in range(24 * 60 + 1)]
    changed = bisect(minutes, False, key=lambda m: offset(m, zone) != offset(morning, zone))
    return minutes[changed]


def offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta(0)


def wall(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return what the clock on the wall shows."""
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)


def test_there_are_changes_to_look_at() -> None:
    assert len({zone.key for zone, _, _ in clock_changes()}) > 150
    half_an_hour = HOUR / 2  # on Lord Howe Island
    assert {jump for _, _, jump in clock_changes()} >= {HOUR, -HOUR, half_an_hour}


@given(zone=zones, moment=moments)
def test_reads_back_the_moment_it_was_given(zone: ZoneInfo, moment: datetime) -> None:
    shown = wall(moment, zone)
    found = local_moment(shown.date(), shown.time(), zone)
    assert wall(found, zone) == shown
    assert found <= moment  # the first of two, where an hour comes twice
    if moment.astimezone(zone).fold == 0:
        assert found == moment


@given(zone=zones, moment=moments)
def test_starts_the_day_at_its_first_instant(zone: ZoneInfo, moment: datetime) -> None:
    day = local_date(moment, zone)
    start = start_of_day(day, zone)
    assert start <= moment
    assert local_date(start, zone) == day
    assert local_date(start - timedelta(microseconds=1), zone) < day


def test_moves_an_hour_that_is_skipped_to_the_first_minute_after_it() -> None:
    for zone, moment, jump in clock_changes():
        if jump > timedelta(0):
            missing = wall(moment - MINUTE, zone) + MINUTE  # what the clock would have shown
            for skipped in (missing, missing + jump / 2, missing + jump - MINUTE):
                assert local_moment(skipped.date(), skipped.time(), zone) == moment, zone
            last = missing - MINUTE
            assert local_moment(last.date(), last.time(), zone) == moment - MINUTE, zone


def test_takes_the_first_of_an_hour_that_comes_twice() -> None:
    for zone, moment, jump in clock_changes():
        if jump < timedelta(0):
            again = wall(moment, zone)
            for twice, first in (
                (again, moment + jump),
                (again - jump / 2, moment + jump / 2),
                (again - jump - MINUTE, moment - MINUTE),
            ):
                assert local_moment(twice.date(), twice.time(), zone) == first, zone
            once = again - jump
            assert local_moment(once.date(), once.time(), zone) == moment - jump, zone


@pytest.mark.parametrize(
    ("zone", "asked", "found"),
    [
        ("America/New_York", "2025-03-09 02:30", "2025-03-09 07:00"),
        ("America/New_York", "2025-11-02 01:30", "2025-11-02 05:30"),
        ("America/New_York", "2025-11-02 02:00", "2025-11-02 07:00"),
        ("Australia/Lord_Howe", "2025-10-05 02:15", "2025-10-04 15:30"),
        ("Asia/Beirut", "2025-03-30 00:00", "2025-03-29 22:00"),  # the day begins at one
        ("Pacific/Apia", "2011-12-30 12:00", "2011-12-30 10:00"),  # a day that never was
    ],
)
def test_agrees_with_the_calendars_on_the_wall(zone: str, asked: str, found: str) -> None:
    day = datetime.fromisoformat(asked)
    expected = datetime.fromisoformat(found).replace(tzinfo=UTC)
    assert local_moment(day.date(), day.time(), ZoneInfo(zone)) == expected


def test_keeps_seconds_where_the_minute_exists() -> None:
    hour = time(8, 30, 15, 250)
    moment = local_moment(date(2025, 7, 1), hour, ZoneInfo("Asia/Kathmandu"))
    assert moment == datetime(2025, 7, 1, 2, 45, 15, 250, tzinfo=UTC)


def test_offers_zones_that_exist_in_alphabetical_order() -> None:
    names = zone_names()
    assert names == sorted(set(names))
    assert {"UTC", "America/New_York", "Asia/Kathmandu"} <= set(names)
    assert "EST" not in names
    for name in names:
        assert ZoneInfo(name).key == name
