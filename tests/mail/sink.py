"""A mail server for tests: it enters every mail in a ledger before it answers, as told."""

import asyncio
import hashlib
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP as Server
from aiosmtpd.smtp import AuthResult

HANG_UP = "hang up"


@dataclass(frozen=True)
class Accepted:
    """One entry of the ledger."""

    sender: str
    recipient: str
    content: bytes

    @property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.content, policy=SMTP)

    @property
    def fingerprint(self) -> tuple[str, str]:
        """What makes two copies the same mail: Message-ID and a hash of all bytes."""
        return self.message["Message-ID"], hashlib.sha256(self.content).hexdigest()


class Sink:
    """Answers every verb with yes, unless `answers` holds something else for it.

    An answer is a line to send, `HANG_UP`, or a function of the recipient's address that returns
    one of the two or None for yes. What `holds` names by verb waits until it is released.
    """

    def __init__(self) -> None:
        self.ledger: list[Accepted] = []
        self.answers: dict[str, str | Callable[[str], str | None]] = {}
        self.on_accepted: Callable[[], None] = lambda: None
        self.connections = 0
        self.verbs: list[str] = []
        self.holds: Callable[[str, str], bool] = lambda verb, recipient: False
        self.waiting = 0
        self._controller = AnyPortController(
            self,
            hostname="127.0.0.1",
            port=0,
            authenticator=lambda *_: AuthResult(success=False, handled=False),
            auth_require_tls=False,
        )

    @property
    def port(self) -> int:
        return self._controller.port

    def start(self) -> None:
        self._controller.start()
        self.connections = 0  # starting makes one

    def stop(self) -> None:
        self.release()
        if self._controller.server:
            self._controller.stop()

    def release(self) -> None:
        self.holds = lambda verb, recipient: False

    def wait_until_waiting(self, count: int, seconds: float = 60) -> None:
        until = time.monotonic() + seconds
        while self.waiting < count:
            assert time.monotonic() < until, f"{self.waiting} of {count} came to wait"
            time.sleep(0.01)

    @property
    def copies(self) -> Counter[tuple[str, str]]:
        return Counter(mail.fingerprint for mail in self.ledger)

    @property
    def recipients(self) -> list[str]:
        return [mail.recipient for mail in self.ledger]

    # What aiosmtpd calls

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):
        envelope.mail_from = address
        return await self._answer("MAIL", "", server)

    async def handle_RCPT(self, server, session, envelope, address, options):
        envelope.rcpt_tos.append(address)
        return await self._answer("RCPT", address, server)

    async def handle_RSET(self, server, session, envelope):
        return await self._answer("RSET", "", server)

    async def handle_DATA(self, server, session, envelope):
        (recipient,) = envelope.rcpt_tos
        answer = self._told("content", recipient)
        if answer is None or answer == HANG_UP:
            self.ledger.append(Accepted(envelope.mail_from, recipient, envelope.content))
            await asyncio.to_thread(self.on_accepted)
        return await self._answer("content", recipient, server)

    async def _answer(self, verb: str, recipient: str, server: Server) -> str:
        self.verbs.append(verb)
        if self.holds(verb, recipient):
            self.waiting += 1
            while self.holds(verb, recipient):
                await asyncio.sleep(0.01)
            self.waiting -= 1
        answer = self._told(verb, recipient)
        if answer == HANG_UP:
            server.transport.abort()
            return "421 unheard"
        return answer or "250 2.0.0 OK"

    def _told(self, verb: str, recipient: str) -> str | None:
        answer = self.answers.get(verb)
        return answer(recipient) if callable(answer) else answer


class AnyPortController(Controller):
    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()
