"""When a person's reminders come: pure, on their own clock, right through every clock change.

A look is the moment of a day at which it is asked what that day wants: at the person's hour.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from apps.common.localtime import local_date, local_moment

WEEK = 7
DAY = timedelta(days=1)
LEAD = timedelta(hours=2)
"""How long before its start a conversation is named again."""
BEFORE_QUIET = timedelta(hours=2)
"""What would fall into quiet hours comes so long before them: time enough for a late sweep."""


@dataclass(frozen=True)
class Rhythm:
    """One person's choices. Hours are 0 to 23, days 1 (Monday) to 7.

    It is quiet from `quiet_from` until `quiet_until`, over midnight if that comes first; the two
    are equal where no hour is quiet. On any day outside `days` and before `paused_until` only
    conversations are named.
    """

    zone: ZoneInfo
    hour: int
    days: frozenset[int]
    quiet_from: int
    quiet_until: int
    paused_until: date | None = None

    def look_on(self, day: date) -> datetime:
        """Return the moment (in UTC) of the look on that day."""
        return local_moment(day, time(self.hour), self.zone)

    def next_day(self, after: date) -> date:
        """Return the first of the person's days that comes after this one."""
        day = max(after + DAY, self.paused_until or date.min)
        while day.isoweekday() not in self.days:
            day += DAY
        return day

    def is_weekly_day(self, day: date, looked_on: date | None) -> bool:
        """Return whether what comes once a week comes on this day, of which the look is now.

        That is the first of the person's days in the week, or the first look after it where it
        passed without one; `looked_on` is the day of the last look.
        """
        since = max(looked_on or day - DAY, day - WEEK * DAY)
        passed = (day - n * DAY for n in range((day - since).days))
        return any(missed.isoweekday() == min(self.days) for missed in passed)

    def is_quiet(self, moment: datetime) -> bool:
        return self.is_quiet_hour(moment.astimezone(self.zone).hour)

    def is_quiet_hour(self, hour: int) -> bool:
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= hour < self.quiet_until
        return hour >= self.quiet_from or hour < self.quiet_until

    def quiet_ends(self, moment: datetime) -> datetime:
        """Return when the quiet that lies over `moment` ends."""
        return self._first(self.quiet_until, moment)

    def quiet_begins(self, moment: datetime) -> datetime:
        """Return when it is quiet next after `moment`; a day later where no hour is quiet."""
        if self.quiet_from == self.quiet_until:
            return moment + DAY
        return self._first(self.quiet_from, moment)

    def shortly_before(self, starts_at: datetime) -> datetime:
        """Return when to name a conversation again: two hours ahead, or before the quiet hours."""
        moment = starts_at - LEAD
        if not self.is_quiet(moment):
            return moment
        day = local_date(moment, self.zone)
        begun = [self._at(self.quiet_from, day - n * DAY) for n in range(2)]
        return max(begin for begin in begun if begin <= moment) - BEFORE_QUIET

    def _at(self, hour: int, day: date) -> datetime:
        return local_moment(day, time(hour), self.zone)

    def _first(self, hour: int, after: datetime) -> datetime:
        day = local_date(after, self.zone)
        return next(m for n in range(3) if (m := self._at(hour, day + n * DAY)) > after)
