"""A clock for the database that a test sets: `Now()` in a query, and nothing of the process."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection

OWN_CLOCK = """
CREATE SCHEMA test_clock;
CREATE FUNCTION test_clock.statement_timestamp() RETURNS timestamptz STABLE LANGUAGE sql AS
  $$ SELECT current_setting('test_clock.now')::timestamptz $$;
SET LOCAL search_path TO test_clock, pg_catalog, "$user", public;
"""


def set_database_clock(now: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('test_clock.now', %s, true)", [now.isoformat()])


@contextmanager
def database_clock(now: datetime) -> Iterator[None]:
    """Let the transaction of a test live at `now` until it ends; `set_database_clock` moves it.

    A function of the same name that stands before PostgreSQL's own is the one that is called.
    """
    with connection.cursor() as cursor:
        cursor.execute(OWN_CLOCK)
    set_database_clock(now)
    yield
    with connection.cursor() as cursor:
        cursor.execute('SET LOCAL search_path TO "$user", public; DROP SCHEMA test_clock CASCADE')
