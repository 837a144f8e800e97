"""Put a backup in place of what a database holds, and make sure that it is the same."""

import zipfile
from pathlib import Path

from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from psycopg import sql

from apps.exchange.backup.archive import Manifest, Unusable, opened, pieces
from apps.exchange.backup.tables import (
    Sum,
    Table,
    all_tables,
    pointed_at_first,
    sum_of,
    write_plainly,
)
from apps.exchange.backup.taking import applied_migrations, key_check
from apps.mail.actions import pause_sending


def restore_backup(*, path: Path, replaces: bool) -> Manifest:
    """Restore the file, with all mail held back; raise Unusable and change nothing otherwise.

    Where the tables are those of another version they are made anew first, as they were when the
    backup was made; the migrations since then come after it.
    """
    with opened(path) as (archive, manifest):
        if not replaces and _is_in_use():
            raise Unusable("Somebody has an account here. Replace all that with --replace.")
        unknown = [f"{app}.{name}" for app, name in _unknown(manifest)]
        if unknown:
            raise Unusable(f"The backup is of a newer version: {', '.join(unknown)} is not here.")
        if _migrations_here() != sorted(manifest.migrations):
            _make_tables_anew(manifest)
        with transaction.atomic(durable=True):
            _load(archive, manifest)
            _compare(manifest)
    call_command("migrate", interactive=False, verbosity=0)
    return manifest


def differences(manifest: Manifest) -> list[str]:
    """Return the tables that are not what the backup holds."""
    tables = {table.name: table for table in all_tables()}
    different = set(tables) ^ set(manifest.tables)
    for name in set(tables) & set(manifest.tables):
        entry = manifest.tables[name]
        table = Table(name, tuple(entry.columns), ())
        if sum_of(table) != Sum(entry.rows, entry.fingerprint):
            different.add(name)
    return sorted(different)


def has_other_keys(manifest: Manifest) -> bool:
    """Tell whether wishes of contacts, which are kept under a key, find their people no more."""
    return manifest.key_check != key_check()


def _is_in_use() -> bool:
    if "accounts_user" not in connection.introspection.table_names():
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM accounts_user)")
        return bool(cursor.fetchone()[0])


def _migrations_here() -> list[list[str]]:
    if "django_migrations" not in connection.introspection.table_names():
        return []
    return sorted(applied_migrations())


def _unknown(manifest: Manifest) -> list[tuple[str, str]]:
    known = MigrationExecutor(connection).loader.graph.nodes
    return [(app, name) for app, name in manifest.migrations if (app, name) not in known]


def _make_tables_anew(manifest: Manifest) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA IF EXISTS public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    connection.close()  # it knows the types of extensions that are gone
    executor = MigrationExecutor(connection)
    wanted = {(app, name) for app, name in manifest.migrations}
    last = [
        key
        for key in wanted
        if not any(child.key in wanted for child in executor.loader.graph.node_map[key].children)
    ]
    executor.migrate(sorted(last))


def _load(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    tables = [
        Table(table.name, tuple(manifest.tables[table.name].columns), table.key)
        for table in pointed_at_first(all_tables())
        if table.name in manifest.tables
    ]
    names = sql.SQL(", ").join(sql.Identifier(table.name) for table in tables)
    write_plainly()
    with connection.cursor() as cursor:
        # Some rows are never to be changed or deleted, and say so by a trigger.
        _set_triggers(tables, "DISABLE")
        cursor.execute(sql.SQL("TRUNCATE {}").format(names))
        for table in tables:
            statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
                sql.Identifier(table.name), table.column_list
            )
            with cursor.copy(statement) as copy:
                for piece in pieces(archive, table.name):
                    copy.write(piece)
        for name, (value, is_called) in manifest.sequences.items():
            cursor.execute("SELECT setval(%s::regclass, %s, %s)", [f'"{name}"', value, is_called])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        _set_triggers(tables, "ENABLE")


def _set_triggers(tables: list[Table], word: str) -> None:
    with connection.cursor() as cursor:
        for table in tables:
            statement = sql.SQL("ALTER TABLE {} {} TRIGGER USER").format(
                sql.Identifier(table.name),
                sql.SQL(word),
            )
            cursor.execute(statement)


def _compare(manifest: Manifest) -> None:
    different = differences(manifest)
    if different:
        raise Unusable(f"Nothing was restored: {', '.join(different)} would not be the same.")
    pause_sending()
