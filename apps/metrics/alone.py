"""One worker at a time with one wish, and not for ever with one that breaks it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

MOST_TRIES = 3
"""A report that brings its worker down must not do so for ever."""
BROKE = "Something on our side broke each time we tried. Tell your operator."


@contextmanager
def alone_with(work: int, key: int) -> Iterator[bool]:
    """Say whether nobody else works on it, without waiting for whoever does.

    `work` tells the kinds of work apart, `key` is the row. Outside a transaction only: the lock
    belongs to the connection and is given back at the end.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [work, key])
        [is_ours] = cursor.fetchone() or [False]
        try:
            yield is_ours
        finally:
            if is_ours:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [work, key])
