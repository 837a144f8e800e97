"""Days off as people speak of them: those in a row under one name are one."""

from dataclasses import dataclass
from datetime import date, timedelta

from apps.students.models import Holiday

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Spell:
    """Days off in a row, both ends included."""

    first: date
    last: date
    name: str

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def spells(*, since: date) -> list[Spell]:
    """Return the days off from `since` on, in order."""
    found: list[Spell] = []
    for day, name in (
        Holiday.objects.filter(day__gte=since).order_by("day").values_list("day", "name")
    ):
        before = found[-1] if found else None
        if before and before.name == name and before.last + _DAY == day:
            found[-1] = Spell(before.first, day, name)
        else:
            found.append(Spell(day, day, name))
    return found
