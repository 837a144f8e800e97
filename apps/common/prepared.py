"""Queries whose text is built once.

Django builds the text of a query anew each time it is asked. For one of many parts that takes
several times as long as the answer of PostgreSQL, and only a key and a moment differ.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import QuerySet

_KEY = 1_234_567_890_123_456
_MOMENT = datetime(1901, 2, 3, 4, 5, 6, tzinfo=UTC)


class Prepared:
    """A queryset of tuples about one row (by its key) and a moment; `build` makes it from the two.

    In the query the key stands as it is, and every moment lies some fixed time before or after
    the one that is given: that is how the places for the values are found again.
    """

    def __init__(self, build: Callable[[int, datetime], QuerySet[Any, Any]]) -> None:
        self.build = build

    @cached_property
    def _statement(self) -> tuple[str, tuple[Any, ...]]:
        return self.build(_KEY, _MOMENT).query.sql_with_params()

    def rows(self, key: int, moment: datetime) -> list[tuple[Any, ...]]:
        """Return what the queryset of this key and moment would."""
        text, places = self._statement
        values = [
            key
            if value == _KEY
            else moment + (value - _MOMENT)
            if isinstance(value, datetime)
            else value
            for value in places
        ]
        with connection.cursor() as cursor:
            cursor.execute(text, values)
            return list(cursor.fetchall())
