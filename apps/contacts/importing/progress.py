"""How far an import has come, told while it works, so that people see it and others keep off."""

import time
from collections.abc import Callable

from django.db import connection

from apps.contacts.models import ImportBatch
from apps.contacts.models.batch import LEASE

Report = Callable[[int, int], None]  # rows done, rows in all

PAUSE = 1.0  # seconds between two reports

_UPDATE = """
UPDATE contacts_importbatch
SET done = %s, total = %s, claimed_until = clock_timestamp() + make_interval(secs => %s)
WHERE id = %s AND claim = %s
"""


def silent(done: int, total: int) -> None:
    """Report to nobody."""


class BatchReport:
    """Writes progress into the batch and renews the claim; before the first pause it is silent.

    It has a connection of its own: what is written in the import's own transaction would show
    only once everything is over.
    """

    def __init__(self, batch: ImportBatch) -> None:
        self._batch = batch
        self._connection = connection.copy()
        self._last = time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        if time.monotonic() - self._last < PAUSE:
            return
        self._last = time.monotonic()
        seconds = LEASE.total_seconds()
        with self._connection.cursor() as cursor:
            cursor.execute(_UPDATE, [done, total, seconds, self._batch.pk, self._batch.claim])

    def close(self) -> None:
        self._connection.close()
