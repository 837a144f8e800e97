"""Many rows in few statements, however many they are. PostgreSQL's COPY does the work."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet
from psycopg import sql

BATCH = 10_000  # ids in one WHERE … IN (…)

Values = Sequence[Any]


def in_batches(queryset: QuerySet[Any], lookup: str, values: Iterable[Any]) -> Iterator[Any]:
    """Yield the rows of `queryset` whose `lookup` is among `values`, with few queries."""
    every = list(values)
    for start in range(0, len(every), BATCH):
        yield from queryset.filter(**{f"{lookup}__in": every[start : start + BATCH]})


def new_ids(model: type[Model], count: int) -> list[int]:
    """Take `count` primary keys from the sequence of `model`."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [number for (number,) in cursor.fetchall()]


def insert_rows(model: type[Model], fields: Sequence[str], rows: Iterable[Values]) -> None:
    """Insert `rows`, whose values stand in the order of `fields`; the rest gets its default."""
    defaults = {
        field.name: field.get_default()
        for field in model._meta.concrete_fields
        if not (
            field.name in fields or field.primary_key or field.generated or field.has_db_default()
        )
    }
    columns = _columns(model, [*fields, *defaults])
    rows = ((*row, *defaults.values()) for row in rows)
    _copy(sql.Identifier(model._meta.db_table), columns, rows)


def update_rows(model: type[Model], fields: Sequence[str], rows: Sequence[Values]) -> None:
    """Set `fields` of existing rows; the first field is "id".

    One statement updates them all, so that no trigger sees a state in between.
    """
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


def check_constraints_now() -> None:
    """Have the database look at the constraints that it would put off until the commit."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def count_afresh(*models: type[Model]) -> None:
    """Have the planner look at these tables again.

    Right after a first large import it still takes them for empty, and joins them by nested loops
    that run for minutes.
    """
    tables = [sql.Identifier(model._meta.db_table) for model in models]
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("ANALYZE {}").format(sql.SQL(", ").join(tables)))


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
