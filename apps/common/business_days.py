"""Business days: Monday to Friday, holidays left out. Pure dates, no zones."""

from collections.abc import Container
from datetime import date, timedelta

_DAY = timedelta(days=1)
_SATURDAY = 5


def is_business_day(day: date, holidays: Container[date] = ()) -> bool:
    return day.weekday() < _SATURDAY and day not in holidays


def business_day(since: date, days: int, holidays: Container[date] = ()) -> date:
    """Return the business day that comes `days` business days after `since`.

    0 days after means `since` itself, or the next business day if it is none. Raises ValueError
    for a negative number.
    """
    if days < 0:
        raise ValueError("Business days are counted forwards.")
    day = since if days == 0 else since + _DAY
    left = max(days, 1)
    while True:
        if is_business_day(day, holidays):
            left -= 1
            if not left:
                return day
        day += _DAY
