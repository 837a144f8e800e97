"""What the benchmarks found: each row with its reference, goal and verdict, as a table and as JSON.

BENCH_JSON names the file (var/bench.json by default). A goal that is missed is said, never hidden,
and fails no run: what must not get worse is asserted beside it, in the test.
"""

import json
import os
import platform
import resource
import subprocess
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any, NoReturn

import django
import pytest
from django.db import connection

FILE = Path(os.environ.get("BENCH_JSON", "var/bench.json"))


@dataclass
class Verdict:
    """`times` is how many references the work takes; `more_is_better` where it has to be above."""

    work: str
    reference: str
    goal: float
    times: float
    students: int
    more_is_better: bool = False
    seconds: list[float] = field(default_factory=list)
    reference_seconds: list[float] = field(default_factory=list)

    @property
    def took(self) -> str:
        """The median of ours and its spread; empty where nothing was timed."""
        if not self.seconds:
            return ""
        unit, times = ("ms", 1000) if median(self.seconds) < 1 else ("s", 1)
        least, usual, most = (
            round(one * times, 2)
            for one in (min(self.seconds), median(self.seconds), max(self.seconds))
        )
        return f"{usual:g} {unit} ({least:g} to {most:g})"

    @property
    def is_reached(self) -> bool:
        return self.times >= self.goal if self.more_is_better else self.times <= self.goal

    def __str__(self) -> str:
        sign = "≥" if self.more_is_better else "≤"
        word = "reached" if self.is_reached else "MISSED"
        return (
            f"{self.work:<58} {self.times:>7.2f} × {self.reference:<28} {sign} {self.goal:g} {word}"
            f"  {self.took}"
        )


VERDICTS: list[Verdict] = []
NOT_MEASURED: list[str] = []
"""What a run left out, and why."""

DATABASE_VERSIONS: set[str] = set()


def seconds_of(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def compare(
    work: str,
    ours: Callable[[], object],
    reference: str,
    theirs: Callable[[], object],
    *,
    goal: float,
    students: int,
    rounds: int = 3,
    faster: bool = False,
) -> Verdict:
    """Take turns, so that both meet the same other work on the machine; the medians are compared.

    With `faster` the ratio is how many times as fast ours is, and the goal is a least.
    """
    pairs = [(seconds_of(theirs), seconds_of(ours)) for _ in range(rounds)]
    reference_seconds, seconds = map(list, zip(*pairs, strict=True))
    times = median(seconds) / median(reference_seconds)
    return add(
        Verdict(
            work,
            reference,
            goal,
            1 / times if faster else times,
            students,
            faster,
            seconds,
            reference_seconds,
        )
    )


def add(verdict: Verdict) -> Verdict:
    VERDICTS.append(verdict)
    DATABASE_VERSIONS.add(database_version())
    print(verdict)
    return verdict


def leave_out(work: str, why: str) -> NoReturn:
    """Skip a test whose row the table then names as not measured."""
    NOT_MEASURED.append(f"{work}: not measured. {why}")
    pytest.skip(why)


def table() -> list[str]:
    rows = [f"{one.students:>9} students  {one}" for one in VERDICTS]
    place = where()
    machine, versions = (
        ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in place[kind].items())
        for kind in ("machine", "versions")
    )
    return [*rows, *NOT_MEASURED, f"Measured on: {machine}.", f"Versions: {versions}."]


def where() -> dict[str, dict[str, Any]]:
    """Return the machine and the versions."""
    commit = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "machine": {
            "system": platform.platform(),
            "processors": os.cpu_count(),
            "memory_gb": round(memory, 1),
            "load": ", ".join(f"{load:.1f}" for load in os.getloadavg()),
        },
        "versions": {
            "python": platform.python_version(),
            "django": django.get_version(),
            "postgresql": ", ".join(sorted(DATABASE_VERSIONS)),
            "commit": commit.stdout.strip(),
        },
    }


def write() -> None:
    """Keep all verdicts with the machine and the versions they were measured on."""
    document = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        **where(),
        "not_measured": NOT_MEASURED,
        "rows": [
            {
                **asdict(one),
                "is_reached": one.is_reached,
                "median": median(one.seconds) if one.seconds else None,
                "spread": [min(one.seconds), max(one.seconds)] if one.seconds else None,
            }
            for one in VERDICTS
        ],
    }
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(json.dumps(document, indent=1))


def database_version() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return str(cursor.fetchone()[0])


def peak_memory() -> float:
    """Return the largest size that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
