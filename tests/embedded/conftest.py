"""Every test here gets a var folder of its own and must leave no process behind."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

CLONE = Path(__file__).resolve().parents[2]
FOREIGN = ("DATABASE_URL", "REDIS_URL", "PORT", "CAREERHUB_ROOT_RUNS_AS")


def processes_in(var: Path) -> list[str]:
    """What still runs on this folder: on its command line, in its environment, or inside it."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            traces = [words, os.readlink(process / "cwd"), (process / "environ").read_text()]
        except OSError:
            continue
        if any(str(var) in trace for trace in traces):
            found.append(f"{process.name} {words}")
    return found


def wait_until(condition: Callable[[], object], seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.05)


@pytest.fixture
def var(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with a short path, made the one that CAREERHUB_VAR names."""
    for name in FOREIGN:
        monkeypatch.delenv(name, raising=False)
    folder = Path(tempfile.mkdtemp(prefix="ch-"))
    folder.chmod(0o711)
    monkeypatch.setenv("CAREERHUB_VAR", str(folder))
    yield folder
    if processes_in(folder):
        embedded("stop")
    left = processes_in(folder)
    shutil.rmtree(folder)
    assert left == []


def begin(*words: str) -> subprocess.Popen[str]:
    """Start `python -m careerhub.embedded` with these words."""
    command = [sys.executable, "-m", "careerhub.embedded", *words]
    return subprocess.Popen(
        command, cwd=CLONE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def embedded(*words: str) -> subprocess.CompletedProcess[str]:
    """Run `python -m careerhub.embedded` with these words to its end."""
    with begin(*words) as process:
        output, _nothing = process.communicate(timeout=120)
    return subprocess.CompletedProcess(words, process.returncode, output)
