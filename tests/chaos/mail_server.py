"""A mail server in a process of its own, whose ledger is on the disk before it says yes.

    python -m tests.chaos.mail_server LEDGER [PORT] [SECONDS]

It answers the content after so many seconds, as a relay on another machine would. It says on
standard output on which port it listens, and is told on standard input how to behave, a word a
line (`Mood`). Each line of the ledger is one mail that it took: recipient, Message-ID and a hash
of all bytes.
"""

import asyncio
import hashlib
import os
import re
import sys
from enum import Enum
from pathlib import Path

MESSAGE_ID = re.compile(rb"^message-id:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
ADDRESS = re.compile(rb"<([^>]*)>")
END = b"\r\n.\r\n"


class Mood(Enum):
    """How the server behaves from now on."""

    WELL = "well"
    REFUSES = "refuses"  # nobody listens, and who talks to it is cut off
    STALLS = "stalls"  # it hears and says nothing; once well again it takes up what it has heard
    DROPS = "drops"  # it takes each mail and hangs up instead of saying so


class MailServer:
    def __init__(self, ledger: Path, port: int, answers_after: float = 0) -> None:
        self._ledger = os.open(ledger, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._port = port
        self.answers_after = answers_after
        self._server: asyncio.Server | None = None
        self.mood = Mood.WELL
        self.talks: set[Talk] = set()

    async def run(self) -> None:
        await self._listen()
        print(self._port, flush=True)
        reader = asyncio.StreamReader()
        await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
        )
        while word := (await reader.readline()).strip():
            await self._become(Mood(word.decode()))
            print(word.decode(), flush=True)

    def enter(self, recipient: bytes, content: bytes) -> None:
        """Write the mail down so that it is there whatever happens next."""
        found = MESSAGE_ID.search(content)
        message_id = found[1] if found else b"-"
        digest = hashlib.sha256(content).hexdigest().encode()
        os.write(self._ledger, b"%s %s %s\n" % (recipient, message_id, digest))
        os.fsync(self._ledger)

    async def _listen(self) -> None:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: Talk(self), "127.0.0.1", self._port)
        self._port = self._server.sockets[0].getsockname()[1]

    async def _become(self, mood: Mood) -> None:
        before, self.mood = self.mood, mood
        if mood is Mood.REFUSES and self._server:
            self._server.close()
            self._server = None
            for talk in list(self.talks):
                talk.cut_off()
        if before is Mood.REFUSES and mood is not Mood.REFUSES:
            await self._listen()
        if mood is not Mood.STALLS:
            for talk in list(self.talks):
                talk.go_on()


class Talk(asyncio.Protocol):
    """One connection."""

    transport: asyncio.Transport

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._heard = bytearray()
        self._recipient = b""
        self._is_in_content = False
        self._has_greeted = False
        self._has_ended = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport  # type: ignore[assignment]
        self._server.talks.add(self)
        self.go_on()

    def connection_lost(self, error: Exception | None) -> None:
        self._server.talks.discard(self)

    def data_received(self, data: bytes) -> None:
        self._heard += data
        self.go_on()

    def eof_received(self) -> bool:
        self._has_ended = True
        return self._server.mood is Mood.STALLS  # what was heard is still taken up

    def cut_off(self) -> None:
        self.transport.abort()

    def go_on(self) -> None:
        if self._server.mood is Mood.STALLS:
            return
        if not self._has_greeted:
            self._has_greeted = True
            self._say(b"220 here")
        while self._content() if self._is_in_content else self._verb():
            pass
        if self._has_ended:
            self.transport.close()

    def _content(self) -> bool:
        end = self._heard.find(END)
        if end < 0:
            return False
        content = bytes(self._heard[:end]).replace(b"\r\n..", b"\r\n.")
        del self._heard[: end + len(END)]
        self._is_in_content = False
        self._server.enter(self._recipient, content)
        if self._server.mood is Mood.DROPS:
            self.cut_off()
            return False
        if self._server.answers_after:
            loop = asyncio.get_running_loop()
            loop.call_later(self._server.answers_after, self._say, b"250 2.0.0 taken")
        else:
            self._say(b"250 2.0.0 taken")
        return True

    def _verb(self) -> bool:
        line, found, _ = self._heard.partition(b"\r\n")
        if not found:
            return False
        del self._heard[: len(line) + 2]
        match bytes(line[:4]).upper():
            case b"RCPT":
                address = ADDRESS.search(line)
                self._recipient = bytes(address[1]) if address else b"-"
                self._say(b"250 2.1.5 fine")
            case b"DATA":
                self._is_in_content = True
                self._say(b"354 go on")
            case b"QUIT":
                self._say(b"221 bye")
                self.transport.close()
            case _:
                self._say(b"250 2.0.0 fine")
        return True

    def _say(self, words: bytes) -> None:
        self.transport.write(words + b"\r\n")


if __name__ == "__main__":
    given_port, seconds = [*sys.argv[2:], "0", "0"][:2]
    asyncio.run(MailServer(Path(sys.argv[1]), int(given_port), float(seconds)).run())
