"""Real senders in processes of their own, on the test's database, broker and mail server."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol
from urllib.parse import quote, urlsplit

from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


class Sender:
    """A process that sends: a Celery worker, or the command that needs no broker."""

    def __init__(self, process: "subprocess.Popen[bytes]", log: Path) -> None:
        self._process = process
        self.log = log

    def kill(self) -> None:
        """End the process at once, as a power cut would."""
        self._process.kill()
        self._process.wait()

    def ask_to_stop(self) -> None:
        self._process.send_signal(signal.SIGTERM)

    def wait(self, seconds: float) -> int:
        """Return the exit code."""
        return self._process.wait(seconds)

    @property
    def is_running(self) -> bool:
        return self._process.poll() is None


class Listens(Protocol):
    """A mail server on this machine."""

    @property
    def port(self) -> int: ...


class Senders:
    def __init__(self, sink: Listens, broker_url: str, folder: Path) -> None:
        self._sink = sink
        self._broker_url = broker_url
        self._folder = folder
        self._started: list[Sender] = []

    def worker(self, pool: str = "threads") -> Sender:
        """Start a Celery worker that works on two mails at a time."""
        options = ["--pool", pool, "--concurrency", "2", "--without-gossip"]
        return self._start("-m", "celery", "-A", "careerhub", "worker", *options)

    def loop(self) -> Sender:
        """Start `manage.py send_due_mail --loop`, without any broker."""
        return self._start("manage.py", "send_due_mail", "--loop", REDIS_URL="redis://127.0.0.1:1")

    def end_all(self) -> None:
        for sender in self._started:
            if sender.is_running:
                sender.kill()

    def _start(self, *arguments: str, **changes: str) -> Sender:
        log = self._folder / f"sender-{len(self._started)}.log"
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.mail.worker_settings",
            "DATABASE_URL": database_url(),
            "REDIS_URL": self._broker_url,
            "EMAIL_URL": f"smtp://127.0.0.1:{self._sink.port}",
            **changes,
        }
        with log.open("wb") as file:
            process = subprocess.Popen(
                [sys.executable, *arguments], cwd=ROOT, env=environment, stdout=file, stderr=file
            )
        sender = Sender(process, log)
        self._started.append(sender)
        return sender


def database_url() -> str:
    """Return how other processes reach the database of this test."""
    options = connection.settings_dict
    user, password = quote(options["USER"]), quote(options["PASSWORD"] or "")
    host = f"{options['HOST']}:{options['PORT']}"
    return f"postgres://{user}:{password}@{host}/{options['NAME']}"


def broker_url_for(worker: str, url: str) -> str:
    """Return a database of the broker that belongs to this test process alone ("gw1" -> 9)."""
    number = int(worker.removeprefix("gw")) if worker.startswith("gw") else 0
    return urlsplit(url)._replace(path=f"/{8 + number % 8}").geturl()


def wait_until(is_so: Callable[[], bool], seconds: float = 120) -> None:
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, "it took too long"
        time.sleep(0.1)
