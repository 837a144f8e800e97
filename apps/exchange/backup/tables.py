"""What the database holds, in its own words: tables, columns, sequences, and what they add up to.

All of it is asked of PostgreSQL and nothing of the models, so that no table can be forgotten.
"""

from dataclasses import dataclass
from typing import Any, LiteralString

from django.db import connection
from psycopg import sql

# How rows are written as text does not depend on anybody's configuration.
SETTINGS = {
    "TimeZone": "UTC",
    "DateStyle": "ISO, YMD",
    "IntervalStyle": "postgres",
    "extra_float_digits": "1",
    "bytea_output": "hex",
}
TABLES = """
SELECT class.relname,
  (SELECT array_agg(attname ORDER BY attnum) FROM pg_attribute
   WHERE attrelid = class.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = ''),
  coalesce((SELECT array_agg(attname ORDER BY place) FROM pg_index
   CROSS JOIN unnest(indkey) WITH ORDINALITY AS part (number, place)
   JOIN pg_attribute ON attrelid = indrelid AND attnum = part.number
   WHERE indrelid = class.oid AND indisprimary), '{}')
FROM pg_class AS class
WHERE class.relkind = 'r' AND class.relnamespace = 'public'::regnamespace AND NOT EXISTS (
  SELECT FROM pg_depend
  WHERE objid = class.oid AND classid = 'pg_class'::regclass AND deptype = 'e')
ORDER BY class.relname
"""
SEQUENCES = """
SELECT relname FROM pg_class
WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace ORDER BY relname
"""
POINTS_AT = """
SELECT DISTINCT this.relname, that.relname
FROM pg_constraint AS link
JOIN pg_class AS this ON this.oid = link.conrelid
JOIN pg_class AS that ON that.oid = link.confrelid
WHERE link.contype = 'f' AND NOT link.condeferrable AND this.oid <> that.oid
  AND link.connamespace = 'public'::regnamespace
"""


@dataclass(frozen=True)
class Table:
    """A table with the columns that hold something of their own, and its primary key."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]

    @property
    def column_list(self) -> sql.Composable:
        return sql.SQL(", ").join(map(sql.Identifier, self.columns))

    @property
    def in_order(self) -> sql.Composed:
        """Its rows, always in the same order, so that equal tables give equal files."""
        order = map(sql.Identifier, self.key or self.columns)
        return sql.SQL("SELECT {} FROM {} ORDER BY {}").format(
            self.column_list, sql.Identifier(self.name), sql.SQL(", ").join(order)
        )


@dataclass(frozen=True)
class Sum:
    """What a table adds up to. Tables with equal rows, in whatever order, have equal sums."""

    rows: int
    fingerprint: str


def write_plainly() -> None:
    """Have this transaction write values as text in one fixed way."""
    with connection.cursor() as cursor:
        for name, value in SETTINGS.items():
            cursor.execute("SELECT set_config(%s, %s, true)", [name, value])


def all_tables() -> list[Table]:
    return [Table(name, tuple(columns), tuple(key)) for name, columns, key in _rows(TABLES)]


def sum_of(table: Table) -> Sum:
    query = sql.SQL(
        "SELECT count(*), coalesce(sum(('x' || left(md5(row({})::text), 15))::bit(60)::bigint), 0)"
        " FROM {}"
    ).format(table.column_list, sql.Identifier(table.name))
    ((rows, total),) = _rows(query)
    return Sum(rows, str(total))


def all_sequences() -> dict[str, list[Any]]:
    """Return of each sequence its last value, and whether that was given out."""
    query = "SELECT last_value, is_called FROM {}"
    names = [name for (name,) in _rows(SEQUENCES)]
    return {name: list(_rows(sql.SQL(query).format(sql.Identifier(name)))[0]) for name in names}


def pointed_at_first(tables: list[Table]) -> list[Table]:
    """Sort so that a table comes after those its rows have to find at once."""
    waits_for: dict[str, set[str]] = {table.name: set() for table in tables}
    for this, that in _rows(POINTS_AT):
        waits_for[this].add(that)
    by_name, done = {table.name: table for table in tables}, []
    while waits_for:
        ready = sorted(name for name, others in waits_for.items() if not others & set(waits_for))
        if not ready:
            raise ValueError(f"These tables wait for one another: {', '.join(waits_for)}.")
        done += [by_name[name] for name in ready]
        for name in ready:
            del waits_for[name]
    return done


def _rows(query: LiteralString | sql.Composed) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()
