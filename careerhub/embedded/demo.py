"""The whole product on this machine, in the foreground, until somebody ends it."""

import http.client
import os
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from careerhub.embedded import ports
from careerhub.embedded.console import say, step
from careerhub.embedded.locks import locked
from careerhub.embedded.processes import CannotStart, end_of_log, finish, pause, spawn
from careerhub.embedded.programs import Program, end_programs
from careerhub.embedded.stack import Stack
from careerhub.embedded.state import CLONE, Running, password, read_running

DEFAULT_PORT = 8000
WEB_PATIENCE = 60  # seconds for the first page
GREETING = """
CareerHub is at {address}
Sign in as      student@demo.example     a student
                counselor@demo.example   a counselor
                substitute@demo.example  who stands in for the counselor
                worker@demo.example      a student worker
                admin@demo.example       an administrator
Password        demo
Mail it sends   {mail}

Ctrl-C stops everything.
"""


class Demo:
    """Services, database, demo semester, web, worker and beat, in this order."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.stack = Stack(var, tied=True)
        self.programs: list[Program] = []
        self.port = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def run(self) -> None:
        """Run until Stopped is raised; then, or on an error, end everything that was started."""
        with locked(self.var / "demo.lock", wait=False) as alone:
            if not alone:
                other = read_running(self.var).get("demo")
                raise CannotStart(f"The demo runs already{f' at {other.url}' if other else ''}.")
            try:
                self._start()
                say(GREETING.format(address=self.address, mail=self.stack.running["mail"].url))
                while True:
                    pause(1)
                    self._look_after()
            finally:
                say("Stopping …")
                end_programs(self.programs)
                self.stack.stop_started()
                self.stack.note("demo", None)
                say("Stopped. What you entered is kept for the next `make demo`.")

    def _start(self) -> None:
        self.port = _web_port()
        # Entered first, so that `make stop` finds us at any time.
        self.stack.note("demo", Running(os.getpid(), self.port, self.address))
        with step("Starting PostgreSQL, Valkey and the mail catcher"):
            self.stack.start()
        environment = self._environment()
        with step("Creating the tables"):
            self._manage("migrate", environment)
        with step("Loading the demo semester"):
            self._manage("load_demo", environment)
        self.programs = self._programs(environment)
        with step("Starting the web server, the worker and the beat"):
            for program in self.programs:
                program.start()
            self._wait_for_web()

    def _environment(self) -> Mapping[str, str]:
        """Return what the programs see: the caller's settings, but for what makes it a demo."""
        running = self.stack.running
        defaults = {
            "SECRET_KEY": password(self.var, "django"),
            "SITE_URL": self.address.rstrip("/"),
        }
        # Given in words, since a program that starts while a service is down would miss it.
        if "postgres" in running:
            defaults["DATABASE_URL"] = running["postgres"].url
        if "valkey" in running:
            defaults["REDIS_URL"] = running["valkey"].url
        demo = {
            "DJANGO_DEBUG": "1",
            "CAREERHUB_DEMO": "1",
            "REMINDER_HOUR": "0",  # tomorrow's reminder is caught at once, whatever the hour
            "REMINDER_QUIET_FROM": "0",  # and no hour is quiet
            "REMINDER_QUIET_UNTIL": "0",
            "EMAIL_URL": f"smtp://127.0.0.1:{running['mail'].port}",  # nothing leaves the machine
        }
        defaults["INSTITUTION_NAME"] = "Hartwell University Career Center"
        return {**defaults, **os.environ, **demo}

    def _manage(self, command: str, environment: Mapping[str, str]) -> None:
        log = self.var / "log" / f"{command}.log"
        said_before = log.stat().st_size if log.exists() else 0
        words = [sys.executable, "manage.py", command]
        child = spawn(words, log=log, tied=True, environment=environment, cwd=CLONE)
        if finish(child) != 0:
            raise CannotStart(f"`manage.py {command}` failed:\n{end_of_log(log, said_before)}")

    def _programs(self, environment: Mapping[str, str]) -> list[Program]:
        web = ["gunicorn", "careerhub.wsgi", "--bind", f"127.0.0.1:{self.port}", "--threads", "4"]
        # Both would otherwise write outside the clone, the first into a home that may not be.
        web += ["--no-control-socket", "--worker-tmp-dir", str(self.var)]
        celery = ["celery", "-A", "careerhub"]
        worker = [*celery, "worker", "--pool", "threads", "--concurrency", "2"]
        beat = [*celery, "beat", "--schedule", str(self.var / "celerybeat-schedule"), "--pidfile="]
        commands = {"web": web, "worker": worker, "beat": beat}
        return [
            Program(title, [sys.executable, "-m", *words], self._log(title), environment)
            for title, words in commands.items()
        ]

    def _log(self, title: str) -> Path:
        return self.var / "log" / f"{title}.log"

    def _wait_for_web(self) -> None:
        web = self.programs[0]
        until = time.monotonic() + WEB_PATIENCE
        while not _serves(self.port):
            if web.child is None or web.child.poll() is not None or time.monotonic() > until:
                raise CannotStart(f"The web server shows no page:\n{end_of_log(web.log)}")
            pause(0.1)

    def _look_after(self) -> None:
        for title in self.stack.restart_the_dead():
            say(f"{title} had stopped and was started again. Its log is in {self.var / 'log'}")
        for program in self.programs:
            program.look_after()


def _web_port() -> int:
    given = os.environ.get("PORT")
    if given:
        if not given.isdecimal() or not 0 < int(given) < 65536:
            raise CannotStart(f"PORT={given} is not a port number.")
        if not ports.is_free(int(given)):
            raise CannotStart(f"Port {given} is taken. Give another one: PORT=8001 make demo")
        return int(given)
    port = ports.free_port(DEFAULT_PORT)
    if port != DEFAULT_PORT:
        say(f"Port {DEFAULT_PORT} is taken, so this demo uses {port}. PORT=… chooses one.")
    return port


def _serves(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status < 500
    except OSError:
        return False
    finally:
        connection.close()
