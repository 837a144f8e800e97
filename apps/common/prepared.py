"""Queries as text: put together from parts, built once, and planned once for each connection.

Django builds the text of a query anew each time it is asked, with the values in it, so that
PostgreSQL also plans it anew. For one of many parts each of the two takes longer than the answer.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.backends.utils import CursorWrapper
from django.db.models import QuerySet
from psycopg import RawCursor, sql
from psycopg.pq import Format

_KEY = 1_234_567_890_123_456
_MOMENT = datetime(1901, 2, 3, 4, 5, 6, tzinfo=UTC)
_DAY = _MOMENT.date()
_PLACE = re.compile(r"%%|%s|%\((\w+)\)s")


@dataclass(frozen=True)
class Statement:
    """The text of a query, with %s where each of its values stands; iterates over its tuples."""

    text: str
    values: tuple[Any, ...] = ()

    @classmethod
    def of(cls, text: str, **values: Any) -> "Statement":
        """Return a statement whose text names its values as %(name)s; one may be a statement."""
        places: list[Any] = []

        def place(found: re.Match[str]) -> str:
            if not (name := found[1]):
                return found[0]
            value = values[name]
            places.extend(value.values if isinstance(value, Statement) else [value])
            return value.text if isinstance(value, Statement) else "%s"

        return cls(_PLACE.sub(place, text), tuple(places))

    @classmethod
    def of_rows(cls, rows: "QuerySet[Any, Any] | Statement") -> "Statement | None":
        """Return what asks for the rows of a queryset; None if that is known to have none."""
        if isinstance(rows, Statement):
            return rows
        try:
            return cls(*rows.query.sql_with_params())
        except EmptyResultSet:
            return None

    @classmethod
    def union(cls, parts: "Iterable[QuerySet[Any, Any] | Statement]") -> "Statement":
        """Return what asks for all rows of all parts. There has to be one that may have some."""
        known = [statement for part in parts if (statement := cls.of_rows(part))]
        return cls(
            " UNION ALL ".join(f"({statement.text})" for statement in known),
            tuple(value for statement in known for value in statement.values),
        )

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(self.text, self.values)
            return iter(cursor.fetchall())


class _Binary:
    """A cursor whose answers come in binary: reading a moment from text takes thirty times as long.

    It tells its statement also when that is planned already, for Django's list of queries.
    """

    format: Format

    def _send_query_prepared(self, name: bytes, pgq: Any, **options: Any) -> None:
        self._query = pgq
        super()._send_query_prepared(name, pgq, **options)  # type: ignore[misc]


class _Cursor(_Binary, ServerBindingCursor):
    pass


class _NumberedCursor(_Binary, RawCursor[Any]):
    """The places of its statements are $1, $2 and so on already, so it need not look for them."""


@contextmanager
def planned_once(kind: type[_Binary] = _Cursor) -> Iterator[CursorWrapper]:
    """Give a cursor whose statements are planned once, however often a connection executes them.

    The values travel apart from the text. At most 65,535 of them do, which is why Django's own
    queries, some with a value for each of many rows, go without.
    """
    with connection.cursor() as cursor:
        cursor.cursor = kind(cursor.connection)  # type: ignore[call-arg]
        cursor.cursor.format = Format.BINARY
        yield cursor


class Prepared:
    """A query of tuples about one row (by its key) and a moment; `build` makes it from the two.

    Or about many rows, by a list of keys, where `build` makes an array of what it is given. In
    the query the key stands as it is, and every moment lies some fixed time before or after
    the one that is given: that is how their places are found again. All other values become part
    of the text, so that they are planned with. The moment may be a day, as `of_day` says.
    """

    def __init__(
        self,
        build: Callable[[int, Any], QuerySet[Any, Any] | Statement],
        *,
        of_day: bool = False,
    ) -> None:
        self.build = build
        self.moment: Any = _DAY if of_day else _MOMENT

    @cached_property
    def _statement(self) -> tuple[str, tuple[Any, ...]]:
        statement = Statement.of_rows(self.build(_KEY, self.moment))
        assert statement is not None
        given: list[Any] = []
        places = iter(statement.values)

        def place(found: re.Match[str]) -> str:
            if found[0] == "%%":
                return "%"
            value = next(places)
            if not self._is_given(value):
                return sql.Literal(value).as_string(connection.connection)
            if value not in given:
                given.append(value)
            return f"${given.index(value) + 1}"

        return _PLACE.sub(place, statement.text), tuple(given)

    def _is_given(self, value: Any) -> bool:
        return value == _KEY or type(value) is type(self.moment)

    def rows(self, key: int | list[int], moment: date | None = None) -> list[tuple[Any, ...]]:
        """Return what the queryset of this key and moment would; without one if it uses none."""
        connection.ensure_connection()
        text, places = self._statement
        values = [key if value == _KEY else moment + (value - self.moment) for value in places]
        with planned_once(_NumberedCursor) as cursor:
            cursor.execute(text, values)
            return list(cursor.fetchall())
