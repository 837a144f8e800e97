"""The embedded PostgreSQL: on 127.0.0.1 only, with random passwords, its data kept."""

import locale
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

import psycopg
from psycopg import sql

from careerhub.embedded import ports
from careerhub.embedded.postgres_files import Home, data_folder, prepare_home
from careerhub.embedded.processes import (
    CannotStart,
    end_child,
    end_of_log,
    end_process,
    finish,
    is_running,
    pause,
    spawn,
)
from careerhub.embedded.state import Running, password, write_private

NAME = "careerhub"  # of the database and of the role that owns it
PATIENCE = 120  # seconds to answer: recovery after a crash may take its time
# Fast, then at once, then for certain: each signal and its seconds.
ENDING = [(signal.SIGINT, 30.0), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 5.0)]
LOCK_PATIENCE = 10  # seconds until the lock of a killed server counts as left behind
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # A constraint's message can quote a row; people's data does not belong in a log.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
}
# Loses data when the machine stops, so only for data that nobody wants to keep.
THROWAWAY_SETTINGS = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}


class Postgres:
    """PostgreSQL of one var folder."""

    name = "postgres"
    title = "PostgreSQL"
    replaced_by = "DATABASE_URL"

    def __init__(self, var: Path, *, durable: bool) -> None:
        self.var = var
        self.durable = durable
        self.log = var / "log" / "postgres.log"
        self.port: int | None = None
        self._child: subprocess.Popen[bytes] | None = None

    def pid(self) -> int | None:
        data = data_folder(self.var)
        lock = _lock(data)
        return lock[0] if lock and is_running(lock[0], data) else None

    def find(self) -> Running | None:
        until = time.monotonic() + PATIENCE
        while self.pid() and (lock := _lock(data_folder(self.var))):
            if self._answers(lock[1]):
                return self._running(*lock)
            if time.monotonic() > until:
                raise CannotStart(f"PostgreSQL (process {lock[0]}) does not answer: {self.log}")
            pause(0.1)
        return None

    def start(self, *, tied: bool) -> Running:
        if self._child:
            end_child(self._child)  # until a dead one is reaped, its lock looks alive
        home = prepare_home(self.var)
        if not home.data.exists():
            self._create_data(home)
        running = self._serve(home, tied)
        self._create_database(running.port)
        return running

    def stop(self) -> bool:
        pid = self.pid()
        if pid:
            end_process(pid, data_folder(self.var), ENDING)
        if self._child:
            end_child(self._child)
        return pid is not None

    def _create_data(self, home: Home) -> None:
        fresh = home.data.with_name("data.new")  # renamed when complete
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        secret = home.data.with_name("superuser-password")
        write_private(secret, password(self.var, "postgres"))
        home.account.own(fresh)
        home.account.own(secret)
        command: list[str | Path] = [*home.account.prefix, home.programs / "initdb"]
        command += ["-D", fresh, "-U", "postgres", "-E", "UTF8", f"--locale={_locale()}"]
        if home.major >= 17:
            command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        command += ["-A", "scram-sha-256", f"--pwfile={secret}"]
        if not self.durable:
            command.append("--no-sync")
        environment, become = _clean_environment(), home.account.become
        try:
            child = spawn(command, log=self.log, tied=True, environment=environment, **become)
            if finish(child) != 0:
                raise CannotStart(f"initdb failed:\n{end_of_log(self.log)}")
        finally:
            secret.unlink()
        fresh.rename(home.data)

    def _serve(self, home: Home, tied: bool) -> Running:
        settings = SETTINGS if self.durable else SETTINGS | THROWAWAY_SETTINGS
        lock_expires = time.monotonic() + LOCK_PATIENCE
        for _attempt in range(60):
            self.port = ports.free_port(self.port)
            command: list[str | Path] = [*home.account.prefix, home.programs / "postgres"]
            command += ["-D", home.data, f"--port={self.port}"]
            command += [f"--{name}={value}" for name, value in settings.items()]
            said_before = self.log.stat().st_size if self.log.exists() else 0
            child = spawn(
                command,
                log=self.log,
                tied=tied,
                death_signal=signal.SIGINT,
                environment=_clean_environment(),
                **home.account.become,
            )
            self._child = child
            if self._came_up(child, home.data):
                return self._running(child.pid, self.port)
            complaint = end_of_log(self.log, said_before)
            self._remove_obstacle(home.data, complaint, time.monotonic() > lock_expires)
        raise CannotStart(f"PostgreSQL does not start:\n{end_of_log(self.log)}")

    def _came_up(self, child: subprocess.Popen[bytes], data: Path) -> bool:
        until = time.monotonic() + PATIENCE
        try:
            while child.poll() is None:
                if self._answers(self.port or 0):
                    return True
                if time.monotonic() > until:
                    raise CannotStart(f"PostgreSQL does not answer:\n{end_of_log(self.log)}")
                pause(0.05)
        except BaseException:
            end_process(child.pid, data, ENDING)
            raise
        return False

    def _remove_obstacle(self, data: Path, complaint: str, lock_expired: bool) -> None:
        """Deal with what kept the server from starting, or raise what it said.

        Just after a crash the lock file and the memory of the dead server still look alive, so
        they get some seconds. Later a lock can only be left behind: its number was given to a
        stranger, for example after the machine or the container was started anew.
        """
        if "could not bind" in complaint or "Address already in use" in complaint:
            return
        if "postmaster.pid" not in complaint and "shared memory block" not in complaint:
            raise CannotStart(f"PostgreSQL does not start:\n{complaint}")
        if not lock_expired:
            pause(0.5)
            return
        lock = _lock(data)
        if "shared memory block" in complaint or (lock and is_running(lock[0], data)):
            raise CannotStart(f"Another PostgreSQL still uses {data}:\n{complaint}")
        (data / "postmaster.pid").unlink(missing_ok=True)

    def _create_database(self, port: int) -> None:
        """Create our role and database. The role owns it, so it may add trusted extensions."""
        name = sql.Identifier(NAME)
        with self._connect(port) as connection:
            if not _exists(connection, "SELECT FROM pg_roles WHERE rolname = %s"):
                secret = sql.Literal(password(self.var, NAME))
                statement = "CREATE ROLE {} LOGIN CREATEDB PASSWORD {}"  # CREATEDB: for tests
                connection.execute(sql.SQL(statement).format(name, secret))
            if not _exists(connection, "SELECT FROM pg_database WHERE datname = %s"):
                statement = "CREATE DATABASE {} OWNER {}"
                connection.execute(sql.SQL(statement).format(name, name))

    def _running(self, pid: int, port: int) -> Running:
        self.port = port
        secret = password(self.var, NAME)
        return Running(pid, port, f"postgres://{NAME}:{secret}@127.0.0.1:{port}/{NAME}")

    def _answers(self, port: int) -> bool:
        try:
            self._connect(port).close()
        except psycopg.OperationalError as error:
            if "password authentication failed" in str(error):
                raise CannotStart(
                    f"PostgreSQL on port {port} does not know the password in "
                    f"{self.var / 'passwords.json'}. Move {self.var} away to start afresh."
                ) from None
            return False
        return True

    def _connect(self, port: int) -> psycopg.Connection:
        return psycopg.connect(
            host="127.0.0.1",
            port=port,
            user="postgres",
            password=password(self.var, "postgres"),
            dbname="postgres",
            connect_timeout=3,
            autocommit=True,
            sslmode="disable",
        )


def _exists(connection: psycopg.Connection, query: str) -> bool:
    return connection.execute(query, [NAME]).fetchone() is not None


def _lock(data: Path) -> tuple[int, int] | None:
    """Return pid and port from the lock file of a server on this data."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
        return int(lines[0]), int(lines[3])
    except (OSError, ValueError, IndexError):
        return None


def _locale() -> str:
    """Return C.UTF-8 where the system has it: trigrams of Müller need it; else plain C."""
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
    except locale.Error:
        return "C"
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
    return "C.UTF-8"


def _clean_environment() -> Mapping[str, str]:
    """Leave out PGHOST, PGDATA and the like, which would point at somebody else's server."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return kept | {"LC_ALL": _locale()}
