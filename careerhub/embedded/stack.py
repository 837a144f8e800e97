"""The embedded services together: found if they run, started if not, ended in turn."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from careerhub.embedded.locks import locked
from careerhub.embedded.mail_catcher import MailCatcher
from careerhub.embedded.postgres import Postgres
from careerhub.embedded.state import Running, write_running
from careerhub.embedded.valkey import Valkey


class Service(Protocol):
    """One embedded service."""

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def replaced_by(self) -> str | None:
        """The variable that names a server to use in its place."""

    def pid(self) -> int | None:
        """Return the process that serves our data, whoever started it."""

    def find(self) -> Running | None:
        """Return the service once it answers, None when it does not run."""

    def start(self, *, tied: bool) -> Running:
        """Start it and return it once it answers; raise CannotStart."""

    def stop(self) -> bool:
        """End it, whoever started it; tell whether it ran."""


class Stack:
    """The services of one var folder.

    Tied services end with this process, however it ends. A throwaway stack is fast and may lose
    its data when the machine stops.
    """

    def __init__(self, var: Path, *, tied: bool, throwaway: bool = False) -> None:
        self.var = var
        self.tied = tied
        services: Sequence[Service] = (
            Postgres(var, durable=not throwaway),
            Valkey(var, durable=not throwaway),
            MailCatcher(var),
        )
        self.services = [
            service for service in services if not os.environ.get(service.replaced_by or "")
        ]
        self.running: dict[str, Running] = {}
        self._started: list[Service] = []

    def start(self) -> list[str]:
        """Adopt what runs and start what does not; return the titles of the latter.

        When one cannot start, those that did are ended again.
        """
        fresh: list[str] = []
        with locked(self.var / "lock"):
            try:
                for service in self.services:
                    running = service.find()
                    if running is None:
                        self._started.append(service)
                        running = service.start(tied=self.tied)
                        fresh.append(service.title)
                    self.running[service.name] = running
            except BaseException:
                self._stop_started()
                raise
            write_running(self.var, self.running)
        return fresh

    def restart_the_dead(self) -> list[str]:
        """Start again, at its old address, what stopped by itself; return the titles."""
        if all(service.pid() for service in self.services):
            return []
        return self.start()

    def stop_started(self) -> None:
        """End what this stack started and leave alone what it adopted."""
        with locked(self.var / "lock"):
            self._stop_started()

    def stop_all(self) -> list[str]:
        """End every service of this var folder, whoever started it; return the titles."""
        with locked(self.var / "lock"):
            ended = [service.title for service in reversed(self.services) if service.stop()]
            write_running(self.var, {service.name: None for service in self.services})
        return ended

    def note(self, name: str, running: Running | None) -> None:
        """Enter something else that runs on these services into the state file."""
        with locked(self.var / "lock"):
            write_running(self.var, {name: running})

    def _stop_started(self) -> None:
        for service in reversed(self._started):
            service.stop()
        write_running(self.var, {service.name: None for service in self._started})
        self._started.clear()
