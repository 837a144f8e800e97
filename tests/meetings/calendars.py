"""Reading what we wrote with a program that others wrote."""

from typing import Any

from icalendar import Calendar


def events_in(content: bytes) -> list[Any]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


def lines_of(content: bytes) -> list[str]:
    """Return the lines with their folds undone."""
    return content.decode().replace("\r\n ", "").split("\r\n")
