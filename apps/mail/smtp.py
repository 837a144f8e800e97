"""The talk with the mail server, verb by verb, since it matters how far it came."""

import re
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import Enum
from smtplib import SMTP, SMTPAuthenticationError, SMTPNotSupportedError
from types import TracebackType
from typing import Self, cast

from django.core.mail.backends.smtp import EmailBackend

from apps.mail.limits import answer_seconds, step_seconds
from apps.mail.models import Severity
from apps.mail.statuses import severity_of, status_in

LINE_STARTING_WITH_A_DOT = re.compile(rb"^\.", re.MULTILINE)
SERVICE_CLOSING = 421

SHORT_PAUSE = timedelta(minutes=1)
LONG_PAUSE = timedelta(minutes=15)


class Verdict(Enum):
    ACCEPTED = "accepted"
    REFUSED = "refused"  # this mail, for good
    LATER = "later"  # surely not accepted, and worth another try
    UNANSWERED = "unanswered"  # handed over; nobody knows whether it was accepted
    OUR_FAULT = "our fault"  # the server does not take mail from us
    HELD_BACK = "held back"  # by us, before anything was handed over
    UNWANTED = "no longer wanted"
    NO_ADDRESS = "the address takes no mail"
    TOO_MANY = "too many for its domain"


@dataclass(frozen=True)
class Answer:
    """What came of one try. `words` are ours: a server's text may quote somebody's address."""

    verdict: Verdict
    code: int | None = None
    words: str = ""
    is_mailbox_gone: bool = False


class ServerUnavailable(Exception):
    """The server takes no mail from us now. `pause` says how long to leave it alone."""

    def __init__(self, words: str, pause: timedelta) -> None:
        super().__init__(words)
        self.pause = pause

    @classmethod
    def because_of(cls, cause: OSError) -> Self:
        # A refused password stays refused until somebody acts, and trying on may lock the account.
        needs_somebody = isinstance(cause, SMTPNotSupportedError) or (
            isinstance(cause, SMTPAuthenticationError) and cause.smtp_code >= 500
        )
        return cls(type(cause).__name__, LONG_PAUSE if needs_somebody else SHORT_PAUSE)


class MailServer:
    """One connection, opened when needed and used for one mail after another."""

    def __init__(self) -> None:
        self._smtp: SMTP | None = None
        self._is_waiting = False  # for a mail, as far as we know
        self._is_used = False

    def __enter__(self) -> "MailServer":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._smtp and error is None:
            with suppress(OSError):
                self._smtp.quit()
        self._hang_up()

    def make_ready(self) -> None:
        """Leave the server waiting for a mail, on the old connection if that still answers.

        Raises ServerUnavailable.
        """
        if self._smtp and not self._is_waiting:
            with suppress(OSError):
                self._is_waiting = self._smtp.rset()[0] == 250
        if not self._is_waiting:
            self._hang_up()
            self._smtp = _connect()
            self._is_waiting = True

    def hand_over(
        self, content: bytes, *, sender: str, recipient: str, begin: Callable[[], float | None]
    ) -> Answer:
        """Hand one composed mail to the server that `make_ready` left waiting.

        `begin` is called when the server has everything but the final dot, without which it
        accepts nothing. If it returns None, or a moment of the monotonic clock that has passed,
        the mail is held back.
        """
        if self._smtp is None:
            raise RuntimeError("make_ready comes first")
        was_used, self._is_used, self._is_waiting = self._is_used, True, False
        talk = _Talk(self._smtp)
        try:
            answer = talk.announce(sender, recipient) or talk.transmit(content, begin)
        except Exception as error:
            # Whatever broke the talk off, only the final dot decides what we may conclude.
            verdict = Verdict.UNANSWERED if talk.has_sent_dot else Verdict.LATER
            answer = Answer(verdict, words=f"{talk.verb} {type(error).__name__}")
            self._hang_up()
        if answer.code == SERVICE_CLOSING or answer.verdict is Verdict.HELD_BACK:
            self._hang_up()
        if was_used and self._smtp is None and talk.verb == "MAIL":
            # The server had enough of the connection, as it may between two mails; on a fresh
            # one this mail would be the first, so it cannot go on like this.
            return Answer(Verdict.HELD_BACK, words=answer.words)
        self._is_waiting = answer.verdict is Verdict.ACCEPTED
        return answer

    def _hang_up(self) -> None:
        if self._smtp:
            self._smtp.close()
            self._smtp = None
        self._is_waiting = self._is_used = False


def _connect() -> SMTP:
    backend = EmailBackend()  # Django's own way to connect, encrypt and sign in by the settings
    try:
        backend.open()
        smtp = cast(SMTP, backend.connection)
        smtp.ehlo_or_helo_if_needed()
        # The final dot travels by itself, and would wait some 40 ms until what came before it is
        # acknowledged.
        cast(socket.socket, smtp.sock).setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except OSError as error:  # SMTPException is one
        with suppress(OSError):
            backend.close()
        raise ServerUnavailable.because_of(error) from error
    return smtp


class _Talk:
    """The verbs for one mail, and how far they came."""

    def __init__(self, smtp: SMTP) -> None:
        self._smtp = smtp
        self.verb = "MAIL"
        self.has_sent_dot = False

    def announce(self, sender: str, recipient: str) -> Answer | None:
        """Name sender and recipient. Return what ended the talk, or None if it may go on."""
        code, text = self._smtp.mail(sender)
        if code != 250:
            return self._refusal(code, text, for_good=Verdict.OUR_FAULT)
        self.verb = "RCPT"
        code, text = self._smtp.rcpt(recipient)
        if code not in (250, 251):
            is_gone = severity_of(status_in(text), code) is Severity.HARD
            return replace(self._refusal(code, text), is_mailbox_gone=is_gone)
        return None

    def transmit(self, content: bytes, begin: Callable[[], float | None]) -> Answer:
        self.verb = "DATA"
        code, text = self._smtp.docmd("DATA")
        if code != 354:
            return self._refusal(code, text)
        self.verb = "content"
        self._smtp.send(LINE_STARTING_WITH_A_DOT.sub(b"..", content))
        latest = begin()
        if latest is None or time.monotonic() > latest:
            return Answer(Verdict.HELD_BACK)
        self.has_sent_dot = True
        self._smtp.send(b".\r\n")
        code, text = self._wait_for_answer()
        if 200 <= code < 300:
            return Answer(Verdict.ACCEPTED, code, self._words(text))
        if 400 <= code < 600:
            return self._refusal(code, text)
        return Answer(Verdict.UNANSWERED, words=f"{self.verb} answered in no known way")

    def _wait_for_answer(self) -> tuple[int, bytes]:
        sock = self._smtp.sock
        if sock is None:
            raise ConnectionError("the connection is gone")
        sock.settimeout(answer_seconds())
        answer = self._smtp.getreply()
        sock.settimeout(step_seconds())
        return answer

    def _refusal(self, code: int, text: bytes, for_good: Verdict = Verdict.REFUSED) -> Answer:
        return Answer(for_good if 500 <= code < 600 else Verdict.LATER, code, self._words(text))

    def _words(self, text: bytes) -> str:
        return f"{self.verb} {status_in(text)}".strip()
