"""Everything the chaos run needs, in processes of its own: services, mail server, beats, workers.

All of them end with this process, however it ends.
"""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from careerhub.embedded.postgres import Postgres
from careerhub.embedded.processes import (
    CannotStart,
    die_with_parent,
    end_of_log,
    finish,
    spawn,
)
from careerhub.embedded.state import CLONE
from careerhub.embedded.valkey import Valkey
from tests.chaos.mail_server import Mood

WORKERS = 4
BEATS = 2
SENDERS_IN_A_WORKER = 2


def zone_where_it_is_noon() -> str:
    """Return a zone in the middle of its day, so that no list of the day expires in the run."""
    hours = 12 - datetime.now(UTC).hour
    return f"Etc/GMT{-hours:+d}" if hours else "Etc/GMT"


class Stage:
    """`folder` takes the data and, below `log`, what all processes say."""

    def __init__(self, folder: Path) -> None:
        self.log = folder / "log"
        self.ledger = folder / "ledger"
        self.postgres = Postgres(folder, durable=True)
        self.valkey = Valkey(folder, durable=False)
        self._folder = folder
        self._programs: dict[str, subprocess.Popen[bytes]] = {}
        self._mail: subprocess.Popen[bytes] | None = None
        self.environment: Mapping[str, str] = {}

    def set_up(self, *, seconds_between_looks: float) -> None:
        """Start the services and the mail server, and create the tables."""
        self.log.mkdir(mode=0o700, exist_ok=True)
        database = self.postgres.start(tied=True)
        broker = self.valkey.start(tied=True)
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.chaos.settings",
            "DJANGO_DEBUG": "0",
            "SECRET_KEY": "only-for-a-run-of-chaos-" + "0" * 40,
            "DATABASE_URL": database.url,
            "REDIS_URL": broker.url,
            "EMAIL_URL": f"smtp://127.0.0.1:{self._start_mail_server()}",
            "INSTITUTION_TIME_ZONE": zone_where_it_is_noon(),
            "REMINDER_HOUR": "0",
            "REMINDER_QUIET_FROM": "0",
            "REMINDER_QUIET_UNTIL": "0",
            "CHAOS_SECONDS_BETWEEN_LOOKS": str(seconds_between_looks),
        }
        migrate = spawn(
            [sys.executable, "manage.py", "migrate", "--verbosity=0"],
            log=self.log / "migrate.log",
            tied=True,
            environment=self.environment,
            cwd=CLONE,
        )
        if finish(migrate) != 0:
            raise CannotStart(end_of_log(self.log / "migrate.log"))

    def start_programs(self) -> None:
        for number in range(BEATS):
            self._start(f"beat-{number}")
        for number in range(WORKERS):
            self._start(f"worker-{number}")

    def look_after(self) -> None:
        """Start again what has stopped by itself, as every supervisor does."""
        for name, program in list(self._programs.items()):
            if program.poll() is not None:
                self._start(name)

    def worker_names(self) -> list[str]:
        return [name for name in self._programs if name.startswith("worker")]

    def senders(self) -> list[int]:
        """Return the processes of all workers that do their work."""
        return [pid for name in self.worker_names() for pid in _children(self._programs[name].pid)]

    def kill_worker(self, name: str) -> None:
        """Kill a worker with all its senders at one stroke, and start another one."""
        self._kill_group(self._programs[name])
        self._start(name)

    def crash_broker(self) -> None:
        if pid := self.valkey.pid():
            os.kill(pid, signal.SIGKILL)
        self.valkey.start(tied=True)

    def crash_database(self) -> None:
        """Stop PostgreSQL as a power cut would: nothing is written, and the log is replayed."""
        if pid := self.postgres.pid():
            os.kill(pid, signal.SIGQUIT)
        self.postgres.start(tied=True)

    def tell_mail_server(self, mood: Mood) -> None:
        assert self._mail is not None
        assert self._mail.stdin is not None
        assert self._mail.stdout is not None
        self._mail.stdin.write(f"{mood.value}\n".encode())
        self._mail.stdin.flush()
        self._mail.stdout.readline()  # it has understood

    def take_down(self) -> None:
        for program in self._programs.values():
            self._kill_group(program)
        if self._mail:
            self._mail.kill()
            self._mail.wait()
        self.valkey.stop()
        self.postgres.stop()

    def _start(self, name: str) -> None:
        if name in self._programs:
            self._kill_group(self._programs[name])  # whatever it has left behind
        celery = [sys.executable, "-m", "celery", "-A", "careerhub"]
        beat = [*celery, "beat", "--schedule", str(self._folder / name), "--pidfile="]
        worker = [*celery, "worker", "--pool=prefork", f"--concurrency={SENDERS_IN_A_WORKER}"]
        worker += ["--without-gossip", "--without-mingle", f"--hostname={name}@chaos"]
        self._programs[name] = spawn(
            [*(beat if name.startswith("beat") else worker), "--loglevel=WARNING"],
            log=self.log / f"{name}.log",
            tied=True,
            environment=self.environment,
            cwd=CLONE,
        )

    def _kill_group(self, program: subprocess.Popen[bytes]) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(program.pid, signal.SIGKILL)
        program.wait()

    def _start_mail_server(self) -> int:
        with (self.log / "mail.log").open("ab") as log:
            self._mail = subprocess.Popen(
                [sys.executable, "-m", "tests.chaos.mail_server", str(self.ledger)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                cwd=CLONE,
                start_new_session=True,
                preexec_fn=die_with_parent(signal.SIGKILL),
            )
        assert self._mail.stdout is not None
        if not (said := self._mail.stdout.readline()):
            raise CannotStart(end_of_log(self.log / "mail.log"))
        return int(said)


def _children(pid: int) -> list[int]:
    try:
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []
