"""Recovery to a moment: a base backup, and the write-ahead log as it was archived since.

The settings and commands are those that docs/operations.md gives to operators.
"""

import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

import psycopg

from careerhub.embedded.postgres import Postgres, _clean_environment
from careerhub.embedded.postgres_files import Home, prepare_home
from careerhub.embedded.state import password
from tests.drill.stage import rows_of, unequal

ARCHIVE_SECONDS = 2  # of archive_timeout; 60 in an installation: what a lost disk may cost at most
PATIENCE = 60.0


def drill(server: Postgres, var: Path) -> dict[str, Any]:
    """Lose what the server holds, recover to just before, and compare every table."""
    home = prepare_home(var)
    archive, base = _folder(home, "archive"), home.data.with_name("base")
    _ask(server, f"ALTER SYSTEM SET archive_command = 'cp %p {archive}/%f'")
    _ask(server, "ALTER SYSTEM SET archive_mode = on")
    _ask(server, f"ALTER SYSTEM SET archive_timeout = {ARCHIVE_SECONDS}")
    server.stop()
    url = server.start(tied=True).url
    _base_backup(server, home, base)
    # Work after the backup, then what nobody meant.
    _run(
        url,
        "INSERT INTO students_holiday (created_at, day, name) "
        "SELECT now(), date '2031-01-01' + n, 'Day ' || n FROM generate_series(1, 500) n",
    )
    before = rows_of(url)
    moment = _moment(url)
    _run(url, "TRUNCATE students_student, accounts_user CASCADE")
    lost_at = _moment(url)
    _wait_until_archived(url, archive)
    server.stop()
    began = time.monotonic()
    shutil.rmtree(home.data)
    base.rename(home.data)
    with (home.data / "postgresql.auto.conf").open("a") as settings:
        settings.write(
            f"restore_command = 'cp {archive}/%f %p'\n"
            f"recovery_target_time = '{moment}'\nrecovery_target_action = promote\n"
        )
    (home.data / "recovery.signal").touch()
    home.account.own(home.data / "recovery.signal")
    url = server.start(tied=True).url
    _wait_until_it_writes(url)
    took = time.monotonic() - began
    after = rows_of(url)
    return {
        "unequal_tables": unequal(before, after),
        "rows": sum(count for count, _ in after.values()),
        "rows_after_the_base_backup": 500,
        "recovered_to": str(moment),
        "lost_at": str(lost_at),
        "seconds": round(took, 2),
    }


def _folder(home: Home, name: str) -> Path:
    folder = home.data.with_name(name)
    folder.mkdir(mode=0o700)
    home.account.own(folder)
    return folder


def _base_backup(server: Postgres, home: Home, base: Path) -> None:
    folder = _folder(home, base.name)
    login = f"host=127.0.0.1 port={server.port} user=postgres"
    command = [*home.account.prefix, str(home.programs / "pg_basebackup")]
    command += ["-d", login, "-D", str(folder), "--checkpoint=fast", "--wal-method=stream"]
    environment = {**_clean_environment(), "PGPASSWORD": password(server.var, "postgres")}
    subprocess.run(command, check=True, cwd="/", env=environment, **home.account.become)


def _ask(server: Postgres, statement: str) -> None:
    with psycopg.connect(
        host="127.0.0.1",
        port=server.port,
        user="postgres",
        password=password(server.var, "postgres"),
        dbname="postgres",
        autocommit=True,
    ) as connection:
        connection.execute(statement)  # type: ignore[call-overload]


def _run(url: str, statement: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute(statement)  # type: ignore[call-overload]


def _moment(url: str) -> Any:
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT clock_timestamp()").fetchone()[0]  # type: ignore[index]


def _wait_until_archived(url: str, archive: Path) -> None:
    """Wait as long as the log of this second takes to reach the archive by itself."""
    with psycopg.connect(url) as connection:
        (segment,) = connection.execute("SELECT pg_walfile_name(pg_current_wal_lsn())").fetchone()  # type: ignore[misc]
    until = time.monotonic() + PATIENCE
    while not (archive / segment).exists():
        if time.monotonic() > until:
            raise RuntimeError(f"{segment} did not reach the archive")
        time.sleep(0.2)


def _wait_until_it_writes(url: str) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        with psycopg.connect(url) as connection:
            (is_recovering,) = connection.execute("SELECT pg_is_in_recovery()").fetchone()  # type: ignore[misc]
        if not is_recovering:
            return
        if time.monotonic() > until:
            raise RuntimeError("The recovery does not end")
        time.sleep(0.1)
