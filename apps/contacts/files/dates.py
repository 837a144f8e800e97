"""The date on which two people connected on LinkedIn, in the ways its exports write it."""

import re
import unicodedata
from datetime import date
from functools import lru_cache

# How a month's name begins, without accents: English, German, French, Spanish, Portuguese,
# Italian, Dutch, Nordic, Polish. Where three letters would do for two months, there are four.
_MONTHS = (
    "jan gen ene sty",
    "feb fev lut",
    "mar mae maa mrt",
    "apr avr abr kwi",
    "may mai mei maj mag",
    "jun juin giu cze",
    "jul juil lug lip",
    "aug aou ago sie",
    "sep set wrz",
    "oct okt out ott paz",
    "nov lis",
    "dec dez des dic gru",
)
_MONTH_BY_START = {
    start: month for month, starts in enumerate(_MONTHS, 1) for start in starts.split()
}

_DAY_FIRST = re.compile(r"(\d{1,2})\.?[ /-]*(?:de )?([^\W\d]+)\.?,?[ /-]*(?:de )?(\d{4}|\d{2})")
_MONTH_FIRST = re.compile(r"([^\W\d]+)\.? (\d{1,2}),? (\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})\D?")
_NUMBERS = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")


_MAX_TEXT = 40


def read_date(text: str) -> date | None:
    """Return the date, or None. `03/04/2024` is None: it could be the month or the day."""
    return _read_date(text) if len(text) <= _MAX_TEXT else None


@lru_cache(maxsize=8192)  # thirty thousand people connected on a few thousand days
def _read_date(text: str) -> date | None:
    text = unicodedata.normalize("NFKC", text).strip()
    try:
        if found := _YEAR_FIRST.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _DAY_FIRST.fullmatch(text):
            return date(_year(found[3]), _month(found[2]), int(found[1]))
        if found := _MONTH_FIRST.fullmatch(text):
            return date(int(found[3]), _month(found[1]), int(found[2]))
        if found := _NUMBERS.fullmatch(text):
            return _day_and_month(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        pass
    return None


def _year(digits: str) -> int:
    """Return the year; of two digits, one of this century, for LinkedIn began in 2003."""
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _month(name: str) -> int:
    """Return 1 to 12, or 0 where no month begins like this."""
    spelled = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(one for one in spelled if not unicodedata.combining(one))
    return _MONTH_BY_START.get(letters[:4]) or _MONTH_BY_START.get(letters[:3], 0)


def _day_and_month(first: int, second: int, year: int) -> date | None:
    if first > 12:
        return date(year, second, first)
    if second > 12 or first == second:
        return date(year, first, second)
    return None
