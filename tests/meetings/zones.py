"""Forty zones that change their clocks, with the moments at which they do.

The moments come from the zone database itself: they are where the distance to UTC jumps. Nothing
of the product has a part in it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.clock import NOW

SECOND = timedelta(seconds=1)

# Lord Howe moves by half an hour and Troll by two; Dublin turns back for the winter, Casablanca
# for Ramadan; Nuuk changes late in the evening, Chatham is three quarters of an hour off.
PLACES = """
Africa/Cairo Africa/Casablanca America/Adak America/Anchorage America/Chicago America/Denver
America/Halifax America/Havana America/Los_Angeles America/Miquelon America/New_York America/Nuuk
America/Port-au-Prince America/Santiago America/St_Johns America/Tijuana Antarctica/Troll
Asia/Beirut Asia/Jerusalem Asia/Nicosia Atlantic/Azores Atlantic/Bermuda Atlantic/Canary
Australia/Adelaide Australia/Hobart Australia/Lord_Howe Australia/Sydney Europe/Athens
Europe/Berlin Europe/Chisinau Europe/Dublin Europe/Helsinki Europe/Kyiv Europe/Lisbon
Europe/London Europe/Madrid Pacific/Auckland Pacific/Chatham Pacific/Easter Pacific/Norfolk
"""


@dataclass(frozen=True)
class Change:
    """When the clocks of a zone change, in UTC, and how far from UTC they stand on either side."""

    zone: ZoneInfo
    at: datetime
    before: timedelta
    after: timedelta

    @property
    def is_forward(self) -> bool:
        return self.after > self.before

    @property
    def size(self) -> timedelta:
        return abs(self.after - self.before)

    def wall(self, distance: timedelta) -> datetime:
        """Return what a clock that stands so far from UTC shows at the change."""
        return self.at.replace(tzinfo=None) + distance

    @property
    def in_the_middle(self) -> datetime:
        """What the clock never shows, if it goes forward, or else shows twice."""
        return min(self.wall(self.before), self.wall(self.after)) + self.size / 2


def changes(name: str) -> Iterator[Change]:
    """Yield the changes of the thirteen months from tomorrow on."""
    zone = ZoneInfo(name)
    day = NOW.replace(hour=0) + timedelta(days=1)
    for _ in range(400):
        if (
            day.astimezone(zone).utcoffset()
            != (day + timedelta(days=1)).astimezone(zone).utcoffset()
        ):
            yield _within(zone, day, day + timedelta(days=1))
        day += timedelta(days=1)


def _within(zone: ZoneInfo, early: datetime, late: datetime) -> Change:
    before, after = (moment.astimezone(zone).utcoffset() for moment in (early, late))
    assert before is not None
    assert after is not None
    while late - early > SECOND:
        middle = (early + (late - early) / 2).replace(microsecond=0)
        if middle.astimezone(zone).utcoffset() == before:
            early = middle
        else:
            late = middle
    return Change(zone, late.astimezone(UTC), before, after)


def both_changes(name: str) -> tuple[Change, Change]:
    """Return the next change forward and the next one back."""
    found = list(changes(name))
    return (
        next(change for change in found if change.is_forward),
        next(change for change in found if not change.is_forward),
    )


ZONES = {name: both_changes(name) for name in PLACES.split()}
