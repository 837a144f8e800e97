"""Starting a child so that it cannot outlive us unnoticed, and ending a process for certain."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import FrameType
from typing import Any

PR_SET_PDEATHSIG = 1
LOG_LIMIT = 5_000_000  # bytes; a larger log starts anew and the old one is kept once

_libc = ctypes.CDLL(None) if sys.platform == "linux" else None
_asked: list[int] = []


class CannotStart(Exception):
    """Says to a person, in one or two sentences, why something does not run and what helps."""


class Stopped(Exception):
    """A signal asked this process to end."""


def catch_signals() -> None:
    """Note SIGINT, SIGTERM and SIGHUP instead of breaking off, and look at them between steps.

    An exception thrown at any moment could lose sight of a child that was just being started.
    """

    def note(number: int, _frame: FrameType | None) -> None:
        _asked.append(number)

    signal.signal(signal.SIGINT, note)
    signal.signal(signal.SIGTERM, note)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # nohup stays in force
        signal.signal(signal.SIGHUP, note)


def asked_to_stop() -> int | None:
    """Return the signal that asked us to end, if one did."""
    return _asked[0] if _asked else None


def pause(seconds: float) -> None:
    """Sleep; raise Stopped soon after a signal asked us to end."""
    until = time.monotonic() + seconds
    while True:
        if _asked:
            raise Stopped
        left = until - time.monotonic()
        if left <= 0:
            return
        time.sleep(min(left, 0.1))


def spawn(
    command: Sequence[str | Path],
    *,
    log: Path,
    tied: bool,
    death_signal: signal.Signals = signal.SIGTERM,
    environment: Mapping[str, str] | None = None,
    cwd: Path | str = "/",
    **become: Any,
) -> subprocess.Popen[bytes]:
    """Start a child in a session of its own, so that Ctrl-C reaches only us.

    Tied: it gets `death_signal` when we die, however we die (Linux). Not tied: it lives on.
    `become` is passed on: user, group and extra_groups of the child.
    """
    if _asked:
        raise Stopped
    log.parent.mkdir(mode=0o700, exist_ok=True)
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(log.with_suffix(".old.log"))
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        return subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=descriptor,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            env=environment,
            cwd=cwd,
            preexec_fn=die_with_parent(death_signal) if tied else None,
            **become,
        )
    finally:
        os.close(descriptor)


def finish(child: subprocess.Popen[bytes]) -> int:
    """Wait for the end of a child and return its exit code; a stop request ends the child first."""
    try:
        while child.poll() is None:
            pause(0.05)
    except Stopped:
        end_child(child)
        raise
    return child.returncode


def end_child(child: subprocess.Popen[bytes], *, patience: float = 5) -> None:
    """Ask the child to end, then end its whole group."""
    if child.poll() is None:
        child.terminate()
        try:
            child.wait(patience)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def is_running(pid: int, argument: str | Path) -> bool:
    """Tell whether this process lives and has that argument on its command line.

    The argument (a path of ours) tells our process from a stranger that was given its old number.
    A zombie has no command line, so it counts as gone.
    """
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        if sys.platform == "linux":
            return False
        listing = subprocess.run(
            ["ps", "-ww", "-o", "args=", "-p", str(pid)], capture_output=True, check=False
        )
        return os.fsencode(argument) in listing.stdout
    return os.fsencode(argument) in words


def end_process(
    pid: int, argument: str | Path, steps: Iterable[tuple[signal.Signals, float]]
) -> None:
    """Send each signal in turn and give it its seconds, until the process is gone."""
    for number, patience in steps:
        until = time.monotonic() + patience
        if is_running(pid, argument):
            os.kill(pid, number)
        while is_running(pid, argument):
            if time.monotonic() > until:
                break
            time.sleep(0.02)
        else:
            return
    raise CannotStart(f"Process {pid} ({argument}) does not end, not even when killed.")


def end_of_log(log: Path, since: int = 0, lines: int = 15) -> str:
    """Return the last lines written to a log after this many bytes."""
    if not log.exists():
        return ""
    with log.open("rb") as file:
        file.seek(since if since < log.stat().st_size else 0)  # 0: it was started anew meanwhile
        return "\n".join(file.read().decode(errors="replace").splitlines()[-lines:])


def die_with_parent(number: signal.Signals = signal.SIGTERM) -> Callable[[], None] | None:
    """Return what a child calls before exec to get this signal when we die (Linux; else None)."""
    if _libc is None:
        return None
    prctl, parent = _libc.prctl, os.getpid()

    def tie() -> None:
        prctl(PR_SET_PDEATHSIG, int(number))
        if os.getppid() != parent:  # we died before the line above
            os._exit(1)

    return tie
