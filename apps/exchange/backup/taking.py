"""Write a backup while the product runs: everything as of one instant."""

import os
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils.crypto import salted_hmac
from psycopg import sql

from apps.exchange.backup.archive import MANIFEST, Entry, Manifest, Summing, file_of
from apps.exchange.backup.tables import Table, all_sequences, all_tables, sum_of, write_plainly


def take_backup(*, path: Path, now: datetime) -> Manifest:
    """Write all tables to the file, which appears once it is whole; only its owner can read it."""
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                manifest = _write(archive, now)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    return manifest


def key_check() -> str:
    """Return a word that is the same as long as FINGERPRINT_KEY is, and gives nothing away."""
    return salted_hmac("backup", "which key", secret=settings.FINGERPRINT_KEY).hexdigest()[:16]


def applied_migrations() -> list[list[str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY id")
        return [list(row) for row in cursor.fetchall()]


def _write(archive: zipfile.ZipFile, now: datetime) -> Manifest:
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        write_plainly()
        manifest = Manifest(
            made_at=now.astimezone(UTC).isoformat(),
            server=str(connection.pg_version),  # type: ignore[attr-defined]
            key_check=key_check(),
            migrations=applied_migrations(),
        )
        for table in all_tables():
            manifest.tables[table.name] = _write_table(archive, table)
        # Last, and they only grow: no key of these rows is ever given out again.
        manifest.sequences = all_sequences()
    archive.writestr(MANIFEST, manifest.to_json())
    return manifest


def _write_table(archive: zipfile.ZipFile, table: Table) -> Entry:
    statement = sql.SQL("COPY ({}) TO STDOUT").format(table.in_order)
    with archive.open(file_of(table.name), "w", force_zip64=True) as file:
        summing = Summing(file)
        with connection.cursor() as cursor, cursor.copy(statement) as copy:
            for piece in copy:
                summing.write(piece)
    found = sum_of(table)
    return Entry(list(table.columns), found.rows, found.fingerprint, summing.sha256)
