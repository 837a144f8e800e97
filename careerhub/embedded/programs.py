"""A program of ours that is kept running: web server, worker, beat."""

import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from careerhub.embedded.console import say
from careerhub.embedded.processes import end_child, spawn
from careerhub.embedded.state import CLONE

LONGEST_PAUSE = 30  # seconds between two tries to start a program that keeps stopping
STEADY = 60  # seconds after which a start counts as a success
PATIENCE = 10  # seconds to finish what they are doing when asked to end


@dataclass
class Program:
    """Started tied to this process, and started again whenever it stops by itself."""

    title: str
    command: Sequence[str]
    log: Path
    environment: Mapping[str, str]
    child: subprocess.Popen[bytes] | None = None
    started_at: float = 0
    failures: int = 0

    def start(self) -> None:
        self.child = spawn(
            self.command, log=self.log, tied=True, environment=self.environment, cwd=CLONE
        )
        self.started_at = time.monotonic()

    def look_after(self) -> None:
        """Start the program again if it stopped, after a pause that grows with every failure."""
        now = time.monotonic()
        if self.child and self.child.poll() is not None:
            self.failures = 1 if now - self.started_at > STEADY else self.failures + 1
            pause = min(2**self.failures, LONGEST_PAUSE)
            say(
                f"The {self.title} stopped (exit {self.child.returncode}) and is started again "
                f"in {pause} s. Its log: {self.log}"
            )
            self.child, self.started_at = None, now + pause
        elif self.child is None and now >= self.started_at:
            self.start()


def end_programs(programs: Sequence[Program]) -> None:
    """Ask all to end at the same time, then make sure of each."""
    children = [program.child for program in programs if program.child]
    for child in children:
        if child.poll() is None:
            child.terminate()
    until = time.monotonic() + PATIENCE
    for child in children:
        end_child(child, patience=max(0.1, until - time.monotonic()))
