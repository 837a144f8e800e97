"""How many conversations a week lead to a goal by a day. Plain Python; nothing is stored.

A week that was missed needs no rule of its own: the plan is made again from what is left.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Week:
    """From a Monday to a Sunday, cut off where the plan begins and ends; both days are in."""

    starts_on: date
    ends_on: date
    target: int


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def weekly_targets(
    *, left: int, since: date, by: date, days_off: Collection[date] = ()
) -> list[Week]:
    """Spread what is left over the weeks from `since` to `by`; the targets add up to it exactly.

    Each week gets its share by the days it has to work in: a holiday makes its week lighter. Where
    a share is no whole number the earlier weeks get the larger part, so that whoever keeps to the
    plan is never behind the even line. A day that has passed leaves all to one week.
    """
    if left <= 0:
        return []
    weeks = _weeks(since, max(since, by))
    weights = [_days_to_work_in(week, days_off) for week in weeks]
    if not any(weights):
        weights = [1 for _ in weeks]
    whole, passed, planned = sum(weights), 0, 0
    targets = []
    for (starts_on, ends_on), weight in zip(weeks, weights, strict=True):
        passed += weight
        until_then = -(-left * passed // whole)  # rounded up
        targets.append(Week(starts_on, ends_on, until_then - planned))
        planned = until_then
    return targets


def _weeks(since: date, by: date) -> list[tuple[date, date]]:
    weeks = []
    while since <= by:
        ends_on = min(monday_of(since) + 6 * DAY, by)
        weeks.append((since, ends_on))
        since = ends_on + DAY
    return weeks


def _days_to_work_in(week: tuple[date, date], days_off: Collection[date]) -> int:
    first, last = week
    days = (last - first).days + 1
    return days - sum(first <= day <= last for day in set(days_off))
