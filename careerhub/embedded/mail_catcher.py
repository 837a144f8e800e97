"""A mail server that delivers nothing: each mail becomes a file, and a page shows it.

Run as a program of its own: python -m careerhub.embedded.mail_catcher FOLDER SMTP_PORT PAGE_PORT
(0 lets the system pick a port). It notes in FOLDER/catcher.json where it listens.
"""

import asyncio
import json
import os
import secrets
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from careerhub.embedded import ports
from careerhub.embedded.mail_pages import server_of_pages
from careerhub.embedded.processes import (
    CannotStart,
    end_child,
    end_of_log,
    end_process,
    is_running,
    pause,
    spawn,
)
from careerhub.embedded.state import CLONE, Running, write_private

ENDING = [(signal.SIGTERM, 5.0), (signal.SIGKILL, 5.0)]
PATIENCE = 30  # seconds to come up
SIZE_LIMIT = 32 * 1024 * 1024  # bytes a mail


class MailCatcher:
    """The mail catcher of one var folder."""

    name = "mail"
    title = "Mail catcher"
    replaced_by = None

    def __init__(self, var: Path) -> None:
        self.folder = var / "mail"
        self.log = var / "log" / "mail.log"
        self._ports = (0, 0)  # SMTP and page; kept over a restart
        self._child: subprocess.Popen[bytes] | None = None

    def pid(self) -> int | None:
        running = self.find()
        return running.pid if running else None

    def find(self) -> Running | None:
        try:
            entry = json.loads(self._note.read_text())
            running = Running(entry["pid"], entry["smtp_port"], entry["page"])
            self._ports = (entry["smtp_port"], entry["page_port"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return running if is_running(running.pid, self.folder) else None

    def start(self, *, tied: bool) -> Running:
        if self._child:
            end_child(self._child)
        self.folder.mkdir(mode=0o700, exist_ok=True)
        self._note.unlink(missing_ok=True)
        command: list[str | Path] = [sys.executable, "-m", __name__, self.folder]
        command += [str(port and ports.free_port(port)) for port in self._ports]
        self._child = spawn(command, log=self.log, tied=tied, cwd=CLONE)
        until = time.monotonic() + PATIENCE
        try:
            while self._child.poll() is None and time.monotonic() < until:
                if running := self.find():
                    return running
                pause(0.02)
            raise CannotStart(f"The mail catcher does not start:\n{end_of_log(self.log)}")
        except BaseException:
            end_process(self._child.pid, self.folder, ENDING)
            raise

    def stop(self) -> bool:
        pid = self.pid()
        if pid:
            end_process(pid, self.folder, ENDING)
        if self._child:
            end_child(self._child)
        self._note.unlink(missing_ok=True)
        return pid is not None

    @property
    def _note(self) -> Path:
        return self.folder / "catcher.json"


class _ToFile:
    """Keep every mail that arrives, whoever it is for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        moment = f"{datetime.now(UTC):%Y%m%dT%H%M%S.%f}"
        path = self.folder / f"{moment}-{secrets.token_hex(4)}.eml"
        fresh = path.with_suffix(".new")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            # The envelope's receivers, since a blind copy stands in no header of the mail itself.
            file.write(f"X-Envelope-To: {', '.join(envelope.rcpt_tos)}\r\n".encode())
            file.write(envelope.original_content or b"")
        fresh.rename(path)
        return "250 Caught"


async def _catch(folder: Path, smtp_port: int, page_port: int) -> None:
    loop = asyncio.get_running_loop()
    done = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, done.set)
    pages = server_of_pages(folder, page_port)
    threading.Thread(target=pages.serve_forever, daemon=True).start()
    handler = _ToFile(folder)
    smtp = await loop.create_server(
        lambda: SMTP(handler, data_size_limit=SIZE_LIMIT, enable_SMTPUTF8=True),
        "127.0.0.1",
        smtp_port,
    )
    note = {
        "pid": os.getpid(),
        "smtp_port": smtp.sockets[0].getsockname()[1],
        "page_port": pages.server_port,
        "page": f"http://127.0.0.1:{pages.server_port}/",
    }
    write_private(folder / "catcher.json", json.dumps(note))
    await done.wait()
    smtp.close()
    pages.shutdown()


if __name__ == "__main__":
    asyncio.run(_catch(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
