"""What a worker says about its run while it works, so that people see it and others keep off."""

import time
from types import TracebackType
from typing import Self

from django.db import connection

from apps.exchange.models import LEASE, ImportRun

PAUSE = 1.0  # seconds between two reports

UPDATE = """
UPDATE exchange_importrun
SET step = %s, steps_done = %s, steps_total = %s,
    claimed_until = clock_timestamp() + make_interval(secs => %s)
WHERE id = %s AND claim = %s
"""


class RunReport:
    """Writes progress into the run and renews the claim.

    It has a connection of its own: what is written in the import's own transaction would show
    only once everything is over.
    """

    def __init__(self, run: ImportRun) -> None:
        self._run = run
        self._connection = connection.copy()
        self._last = -PAUSE

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        self._connection.close()

    def __call__(self, words: str, done: int, total: int) -> None:
        if time.monotonic() - self._last < PAUSE:
            return
        self._last = time.monotonic()
        seconds = LEASE.total_seconds()
        with self._connection.cursor() as cursor:
            cursor.execute(UPDATE, [words, done, total, seconds, self._run.pk, self._run.claim])
