"""Many rows in few statements, however many they are. PostgreSQL's COPY does the work."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model
from psycopg import sql

Values = Sequence[Any]


def new_ids(model: type[Model], count: int) -> list[int]:
    """Take `count` primary keys from the sequence of `model`."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [number for (number,) in cursor.fetchall()]


def insert_rows(model: type[Model], fields: Sequence[str], rows: Iterable[Values]) -> None:
    """Insert `rows`, whose values stand in the order of `fields`."""
    _copy(sql.Identifier(model._meta.db_table), _columns(model, fields), rows)


def update_rows(model: type[Model], fields: Sequence[str], rows: Sequence[Values]) -> None:
    """Set `fields` of existing rows in one statement; the first field is "id"."""
    if not rows:
        return
    table = sql.Identifier(model._meta.db_table)
    columns = _columns(model, fields)
    settings = [sql.SQL("{0} = incoming.{0}").format(column) for column in columns[1:]]
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("CREATE TEMPORARY TABLE incoming AS SELECT {} FROM {} WITH NO DATA").format(
                sql.SQL(", ").join(columns), table
            )
        )
        _copy(sql.Identifier("incoming"), columns, rows)
        cursor.execute(
            sql.SQL("UPDATE {0} SET {1} FROM incoming WHERE {0}.id = incoming.id").format(
                table, sql.SQL(", ").join(settings)
            )
        )
        cursor.execute("DROP TABLE incoming")


def _columns(model: type[Model], fields: Sequence[str]) -> list[sql.Identifier]:
    columns = {field.name: str(field.column) for field in model._meta.concrete_fields}
    return [sql.Identifier(columns[name]) for name in fields]


def _copy(table: sql.Identifier, columns: Sequence[sql.Identifier], rows: Iterable[Values]) -> None:
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(table, sql.SQL(", ").join(columns))
    # What fails only when all rows are in would else come as psycopg's exception, not Django's.
    with (
        connection.cursor() as cursor,
        connection.wrap_database_errors,
        cursor.copy(statement) as copy,
    ):
        for row in rows:
            copy.write_row(row)
