"""Kinds of cells: the text of a cell in, a typed value out, or words about what is wrong."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import TextChoices

from apps.common.refusals import UNSTORABLE

FIRST_YEAR, LAST_YEAR = 1900, 2199

DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
MOMENT = re.compile(
    r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(?P<offset>Z|z|[+-]\d{2}:?\d{2})?",
    re.ASCII,
)
WHOLE_NUMBER = re.compile(r"[+-]?\d{1,18}", re.ASCII)
ROUNDED_NUMBER = re.compile(r"-?\d(\.\d+)?E\+\d+", re.IGNORECASE | re.ASCII)
CODE = re.compile(r"[A-Za-z0-9_-]+")
BREAKS = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")
SPREADSHEET_ERROR = re.compile(
    r"#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA)"
)


class BadCell(ValueError):
    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy


@dataclass(frozen=True)
class Cell:
    """What one column holds. `words` describes it in the format reference."""

    parse: Callable[[str], Any]
    words: str
    is_required: bool = True
    empty: Any = None

    def read(self, text: str) -> Any:
        """Return the value of a cell, or raise `BadCell`."""
        text = text.strip()
        if text:
            return self.parse(text)
        if self.is_required:
            raise BadCell("This cell is empty.", f"Fill it in: {self.words}.")
        return self.empty


def optional(cell: Cell) -> Cell:
    return Cell(cell.parse, cell.words, is_required=False, empty=cell.empty)


def text(length: int) -> Cell:
    """Return free text on one line, of at most `length` characters, kept as it is."""

    def parse(value: str) -> str:
        if not value.isprintable():
            value = _on_one_line(value)
        if value[0] == "#" and SPREADSHEET_ERROR.fullmatch(value):
            raise BadCell(
                "The spreadsheet shows an error here.",
                "Repair the formula, or clear the cell if the value is unknown.",
            )
        if len(value) > length:
            raise BadCell(
                f"{len(value)} characters are too long.", f"Shorten it to {length} characters."
            )
        return value

    return Cell(parse, f"text of at most {length} characters", empty="")


def identifier(length: int) -> Cell:
    """Return an id: compared character by character, so nothing invisible may hide in it."""
    any_text = text(length)

    def parse(value: str) -> str:
        if not value.isprintable():
            raise BadCell(
                "An invisible character hides in this id.", "Type the id afresh, by hand."
            )
        if ROUNDED_NUMBER.fullmatch(value):
            raise BadCell(
                "The spreadsheet has rounded this id.",
                "Format the column as text, then enter the ids again.",
            )
        return any_text.parse(value)

    return Cell(parse, f"an id of at most {length} characters")


def code(length: int) -> Cell:
    any_text = text(length)

    def parse(value: str) -> str:
        if not CODE.fullmatch(value):
            raise BadCell(
                "A code has only letters A to Z, digits, hyphens and underscores.",
                "Write it like 2025-fall.",
            )
        return any_text.parse(value)

    return Cell(parse, "a short code like 2025-fall")


def address() -> Cell:
    """Return one e-mail address, as given."""
    return Cell(_address, "an e-mail address", empty="")


def login() -> Cell:
    """Return one e-mail address in lower case, as accounts have it."""
    return Cell(lambda value: _address(value).lower(), "an e-mail address", empty="")


def logins() -> Cell:
    """Return several addresses in lower case, each once."""

    def parse(value: str) -> tuple[str, ...]:
        parts = (part.strip() for part in value.split(";"))
        return tuple(dict.fromkeys(_address(part).lower() for part in parts if part))

    return Cell(parse, "e-mail addresses, with a semicolon between them", empty=())


def day() -> Cell:
    return Cell(_day, "a date like 2025-09-02")


def moment() -> Cell:
    """Return an instant, with the offset that was given."""
    return Cell(_moment, "a date and time with its offset, like 2025-09-08T08:30:00-04:00")


def minutes(first: int, last: int) -> Cell:
    def parse(value: str) -> int:
        if not WHOLE_NUMBER.fullmatch(value):
            raise BadCell("Not a whole number.", f"Give whole minutes from {first} to {last}.")
        number = int(value)
        if not first <= number <= last:
            raise BadCell(
                f"A meeting cannot last {number} minutes.",
                f"Give whole minutes from {first} to {last}.",
            )
        return number

    return Cell(lru_cache(maxsize=1000)(parse), f"whole minutes from {first} to {last}")


def choice(choices: type[TextChoices], *, but: Collection[str] = ()) -> Cell:
    values = [str(value) for value in choices.values if value not in but]
    return Cell(
        _one_of({value: value for value in values}), "one of: " + ", ".join(values), empty=""
    )


def truth() -> Cell:
    return Cell(_one_of({"true": True, "false": False}), "true or false", empty=False)


def _one_of(values: dict[str, Any]) -> Callable[[str], Any]:
    allowed = ", ".join(values)

    def parse(value: str) -> Any:
        try:
            return values[value.lower()]
        except KeyError:
            near = get_close_matches(value[:100].lower(), values, n=1)
            hint = f"Did you mean {near[0]}? " if near else ""
            raise BadCell(
                "This value is not in the list.", f"{hint}Use one of: {allowed}."
            ) from None

    return parse


def _on_one_line(value: str) -> str:
    if not any(char.isprintable() and not char.isspace() for char in value):
        raise BadCell("Nothing can be seen in this cell.", "Clear it, or type it afresh.")
    value = BREAKS.sub(" ", value)
    found = UNSTORABLE.search(value)
    if found:
        raise BadCell(
            f"A control character (U+{ord(found[0]):04X}) hides in this cell.",
            "Type the cell afresh, by hand.",
        )
    return value


def _address(value: str) -> str:
    try:
        validate_email(value)
    except ValidationError:
        raise BadCell(
            "This is not an e-mail address.", "Write it like name@example.edu, or leave it empty."
        ) from None
    if len(value) > 254:
        raise BadCell(
            f"{len(value)} characters are too long.", "An address has at most 254 characters."
        )
    return value


@lru_cache(maxsize=10_000)
def _day(value: str) -> date:
    if not DATE.fullmatch(value):
        raise BadCell(
            "A date stands alone, without a time."
            if DATE.match(value)
            else "This is not a date in the form year-month-day.",
            "Write it like 2025-09-02.",
        )
    try:
        result = date.fromisoformat(value)
    except ValueError:
        raise BadCell("There is no such day.", "Check the month and the day.") from None
    _check_year(result.year)
    return result


def _moment(value: str) -> datetime:
    form = MOMENT.fullmatch(value)
    if not form:
        raise BadCell(
            "The time of day is missing, and its offset from UTC."
            if DATE.fullmatch(value)
            else "This is not a date and time.",
            "Write it like 2025-09-08T08:30:00-04:00.",
        )
    if not form["offset"]:
        raise BadCell(
            "The offset from UTC is missing.",
            "Add it at the end, like -04:00 in 2025-09-08T08:30:00-04:00. Z stands for UTC.",
        )
    try:
        result = datetime.fromisoformat(value.upper())
    except ValueError:
        raise BadCell("There is no such date and time.", "Check each of its parts.") from None
    if abs(result.utcoffset() or timedelta()) > timedelta(hours=14):
        raise BadCell("No place is that far from UTC.", "Offsets run from -12:00 to +14:00.")
    _check_year(result.year)
    return result


def _check_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadCell(
            f"The year {year} cannot be meant.", f"Years run from {FIRST_YEAR} to {LAST_YEAR}."
        )
