"""Two terms seen from today: one of eight weeks' age, and the one half a year before it."""

from dataclasses import dataclass
from datetime import date, timedelta

HALF_A_YEAR = timedelta(weeks=26)


@dataclass(frozen=True)
class TermDates:
    starts_on: date

    @property
    def census_on(self) -> date:
        return self.starts_on + timedelta(days=14)

    @property
    def ends_on(self) -> date:
        return self.starts_on + timedelta(days=110)

    @property
    def closes_on(self) -> date:
        return self.ends_on + timedelta(days=60)

    @property
    def name(self) -> str:
        """Name the term for the season in its middle, so that two in a row never share one."""
        middle = self.starts_on + timedelta(weeks=8)
        season = "Spring" if middle.month < 6 else "Summer" if middle.month < 8 else "Fall"
        return f"{season} {middle.year}"

    @property
    def code(self) -> str:
        season, year = self.name.split()
        return f"{year}-{season.lower()}"


def running_term(today: date) -> TermDates:
    """Return the term that began on a Monday, eight weeks ago."""
    monday = today - timedelta(days=today.weekday())
    return TermDates(monday - timedelta(weeks=8))


def finished_term(today: date) -> TermDates:
    return TermDates(running_term(today).starts_on - HALF_A_YEAR)
