"""Times as people type them on a clock, and as two people read them on two. UTC in between."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from django.utils import dateformat

from apps.common.localtime import local_moment, zone_names
from apps.common.templatetags.clock import clock as hour_of
from apps.contacts.models import Contact
from apps.students.models import Student

MINUS = "\N{MINUS SIGN}"


class NoSuchHour(Exception):
    """The clock skips this hour as it is put forward; the words name the next one that exists."""


@dataclass(frozen=True)
class Clock:
    """The clock of a place, as a person there reads it."""

    zone: ZoneInfo

    @property
    def place(self) -> str:
        """Where the clock hangs, in words: "New York"."""
        return self.zone.key.rpartition("/")[2].replace("_", " ")

    def moment(self, day: date, hour: time) -> datetime:
        """Return in UTC when the clock shows this; what it shows twice means the first time.

        Raises NoSuchHour.
        """
        moment = local_moment(day, hour, self.zone)
        shown = moment.astimezone(self.zone)
        if shown.replace(tzinfo=None) != datetime.combine(day, hour):
            after = hour_of(shown) if shown.date() == day else self.words(moment)
            raise NoSuchHour(
                f"The clocks go forward past {hour_of(datetime.combine(day, hour))} in "
                f"{self.place} that day. The next time that exists is {after}."
            )
        return moment

    def is_shown_twice(self, moment: datetime) -> bool:
        """Say whether the clock shows the same once more, an hour earlier or later."""
        wall = moment.astimezone(self.zone)
        sides = (wall.replace(fold=0).utcoffset(), wall.replace(fold=1).utcoffset())
        return sides[0] != sides[1]

    def word_on_twice(self, moment: datetime) -> str:
        """Say which of two moments is meant where an hour comes twice; "" where it does not."""
        if not self.is_shown_twice(moment):
            return ""
        second = moment.astimezone(self.zone).replace(fold=1)
        return (
            f"The clocks in {self.place} go back that day and show this hour twice. The first is "
            f"meant, at {self.offset(moment)}; the second is at {self.offset(second)}."
        )

    def hour(self, moment: datetime) -> str:
        """Write "3:50 pm", and the offset with it where that alone could mean two moments."""
        words = hour_of(moment.astimezone(self.zone))
        return f"{words} ({self.offset(moment)})" if self.is_shown_twice(moment) else words

    def words(self, moment: datetime, *, with_year: bool = False) -> str:
        """Write "Thursday, October 16, 3:50 pm"."""
        return f"{self.day(moment, with_year=with_year)}, {self.hour(moment)}"

    def day(self, moment: datetime, *, with_year: bool = False) -> str:
        form = "l, F j, Y" if with_year else "l, F j"
        return dateformat.format(moment.astimezone(self.zone), form)

    def offset(self, moment: datetime) -> str:
        """Write how far the clock stands from UTC: "UTC+5:30"."""
        ahead = moment.astimezone(self.zone).utcoffset() or timedelta()
        hours, minutes = divmod(abs(ahead) // timedelta(minutes=1), 60)
        sign = MINUS if ahead < timedelta() else "+"
        return f"UTC{sign}{hours}:{minutes:02}" if minutes else f"UTC{sign}{hours}"


@dataclass(frozen=True)
class Clocks:
    """The student's clock and the contact's, where that is known to be another one."""

    own: Clock
    theirs: Clock | None

    @classmethod
    def of(cls, student: Student, contact: Contact) -> Self:
        return cls.between(student.zone, contact.time_zone)

    @classmethod
    def between(cls, own: ZoneInfo, theirs: str) -> Self:
        known = theirs in zone_names() and theirs != own.key
        return cls(Clock(own), Clock(ZoneInfo(theirs)) if known else None)

    def there(self, moment: datetime) -> str:
        """Write what the contact's clock shows, with the day if it is another; "" if unknown.

        "5:00 pm in Madrid", "Friday, October 17, 12:30 am in Tokyo".
        """
        if self.theirs is None:
            return ""
        same_day = self.own.day(moment) == self.theirs.day(moment)
        shown = self.theirs.hour(moment) if same_day else self.theirs.words(moment)
        return f"{shown} in {self.theirs.place}"

    def words(self, moment: datetime) -> str:
        """Write a moment on both clocks in a line."""
        return ", ".join(part for part in (self.own.words(moment), self.there(moment)) if part)
