"""The class of the demo student, to look people up in by who they are."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from apps.accounts.models import User
from apps.common.localtime import local_date, local_moment
from apps.exchange.demo.story import Protagonist
from apps.students.models import Cohort, Student, institution_zone


@dataclass(frozen=True)
class Class:
    """The class under way, its counselor, and the students in it now, in order of their ids."""

    cohort: Cohort
    counselor: User
    students: list[Student]
    now: datetime

    @property
    def today(self) -> date:
        return local_date(self.now, institution_zone())

    def day(self, days: int) -> date:
        return self.today + timedelta(days=days)

    def at(self, days_ago: int, hour: int) -> datetime:
        return local_moment(self.day(-days_ago), time(hour), institution_zone())

    def one(self, who: Protagonist) -> Student:
        names = who.given_name, who.family_name
        return next(s for s in self.students if (s.given_name, s.family_name) == names)
