"""Dates and hours as people see them. Aware datetimes in, never the process clock."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones


def local_date(moment: datetime, zone: ZoneInfo) -> date:
    """Return the date that `moment` has in `zone`."""
    return moment.astimezone(zone).date()


def start_of_day(day: date, zone: ZoneInfo) -> datetime:
    """Return the first instant of `day` in `zone`."""
    return local_moment(day, time.min, zone)


def local_moment(day: date, hour: time, zone: ZoneInfo) -> datetime:
    """Return the instant (in UTC) at which the wall clock of `zone` shows `hour` on `day`.

    An hour that the clock change skips moves forward to the first minute that exists; one that
    comes twice means the first.
    """
    wall = datetime.combine(day, hour)
    while True:
        moment = wall.replace(tzinfo=zone).astimezone(UTC)
        if moment.astimezone(zone).replace(tzinfo=None) == wall:
            return moment
        wall = wall.replace(second=0, microsecond=0) + timedelta(minutes=1)


@cache
def zone_names() -> list[str]:
    """Return the IANA zone names that people choose from, sorted."""
    return sorted(name for name in available_timezones() if "/" in name or name == "UTC")
