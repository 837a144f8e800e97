"""Text that two tabs may write at once. A save says which revision it began from.

A save that changes nothing is never refused: a request whose answer was lost is sent again as it
was, and finds its own work. A save takes the meeting's row lock first, so that saves queue up.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol


class StaleText(Exception):
    """Something newer stands there, most likely from another tab; nothing was written."""

    def __init__(self) -> None:
        super().__init__("This was changed in another tab since you opened it.")


class Revised(Protocol):
    revision: int
    saved_at: datetime


def changed_fields(row: Revised, details: Mapping[str, Any]) -> list[str]:
    """Return the names of the fields that would differ from what stands there."""
    return [name for name, value in details.items() if getattr(row, name) != value]


def begin_revision(row: Revised, *, since: int, now: datetime) -> None:
    """Give the row its next revision, unsaved, if `since` is still the latest. Raises StaleText."""
    if row.revision != since:
        raise StaleText
    row.revision += 1
    row.saved_at = now
