"""Queries whose text is built once, and planned once for each connection.

Django builds the text of a query anew each time it is asked, with the values in it, so that
PostgreSQL also plans it anew. For one of many parts each of the two takes longer than the answer.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.backends.utils import CursorWrapper
from django.db.models import QuerySet
from psycopg.pq import Format

_KEY = 1_234_567_890_123_456
_MOMENT = datetime(1901, 2, 3, 4, 5, 6, tzinfo=UTC)


class _Cursor(ServerBindingCursor):
    """Tells its statement also when that is planned already, for Django's list of queries."""

    def _send_query_prepared(self, name: bytes, pgq: Any, **options: Any) -> None:
        self._query = pgq
        super()._send_query_prepared(name, pgq, **options)  # type: ignore[misc]


@contextmanager
def planned_once() -> Iterator[CursorWrapper]:
    """Give a cursor whose statements are planned once, however often a connection executes them.

    The values travel apart from the text. At most 65,535 of them do, which is why Django's own
    queries, some with a value for each of many rows, go without. Answers come in binary: reading
    a moment from text takes thirty times as long.
    """
    with connection.cursor() as cursor:
        cursor.cursor = _Cursor(cursor.connection)  # type: ignore[call-arg]
        cursor.cursor.format = Format.BINARY
        yield cursor


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
        with planned_once() as cursor:
            cursor.execute(text, values)
            return list(cursor.fetchall())
