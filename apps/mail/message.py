"""A row as the bytes that travel. The same row gives the same bytes, however often it is sent.

Put together here and not by `EmailMessage`, which takes longer for it (4 ms) than a quick mail
server takes for the whole mail. What is not plainly plain is still left to the library.
"""

import re
from binascii import b2a_qp
from email.headerregistry import BaseHeader, HeaderRegistry, UnstructuredHeader
from email.policy import SMTP, Policy
from email.utils import format_datetime, parseaddr
from functools import lru_cache

from django.conf import settings

from apps.mail.kinds import is_essential
from apps.mail.models import OutgoingEmail
from apps.mail.unsubscribe import stop_url
from apps.mail.verp import bounce_address

LINE = 78  # characters of a header before it is folded
PLAIN_WORDS = re.compile(r"[A-Za-z0-9.,;:!?'()/&+-]+(?: [A-Za-z0-9.,;:!?'()/&+-]+)*")
# Addresses and ids are never folded, however long they are.
PLAIN_ADDRESS = re.compile(
    r"<?[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*>?"
)
ALTERNATIVES = 'Content-Type: multipart/alternative;\r\n boundary="{}"\r\n'


class WholeHeader(UnstructuredHeader, BaseHeader):
    """A header that is one long link, which folding would turn into encoded words."""

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


_headers = HeaderRegistry()
_headers.map_to_type("list-unsubscribe", WholeHeader)
POLICY = SMTP.clone(header_factory=_headers)


def sender_address() -> str:
    """Return the bare address of DEFAULT_FROM_EMAIL, for MAIL FROM."""
    return ascii_address(parseaddr(settings.DEFAULT_FROM_EMAIL)[1])


def envelope_sender(email: OutgoingEmail) -> str:
    """Return where reports about this mail go, and MAIL FROM with them.

    With MAIL_BOUNCE_ADDRESS set that is an address for this mail alone.
    """
    return bounce_address(email.pk) or sender_address()


def ascii_address(address: str) -> str:
    """Return the address with its domain as it stands in the DNS.

    Raises ValueError where that is not possible: few servers take letters beyond ASCII before the
    "@", and none has to.
    """
    local, _, domain = address.rpartition("@")
    if not (local and domain):
        raise ValueError("no address")
    return f"{local.encode('ascii').decode()}@{domain.encode('idna').decode()}"


def compose(email: OutgoingEmail) -> bytes:
    """Return the message with CRLF line ends and nothing but ASCII.

    Raises ValueError where the row cannot be put into a valid message.
    """
    # A reminder waits in the queue for days; dated when it was queued it would sink in the inbox.
    date = format_datetime(max(email.created_at, email.due_at))
    head = [
        _header("From", settings.DEFAULT_FROM_EMAIL),
        _header("To", ascii_address(email.to_address)),
        _header("Reply-To", ascii_address(email.reply_to)) if email.reply_to else "",
        _header("Subject", email.subject),
        _header("Date", date),
        _header("Message-ID", email.message_id),
        _header("X-CareerHub-Ref", email.reference),  # relays may rewrite the Message-ID
        "Auto-Submitted: auto-generated\r\nX-Auto-Response-Suppress: All\r\n",
    ]
    if email.recipient_id and not is_essential(email.kind):
        # RFC 2369 and RFC 8058. Only the link: nobody reads mail to an address here.
        head.append(_header("List-Unsubscribe", f"<{stop_url(email.recipient_id, email.kind)}>"))
        head.append("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n")
    head.append("MIME-Version: 1.0\r\n")
    text = _part("plain", email.text_body)
    if not email.html_body:
        return "".join(head).encode("ascii") + text
    # No line of quoted-printable text can begin like this, and it is the same for each copy.
    boundary = f"=_{email.reference}"
    between = f"--{boundary}\r\n".encode("ascii")
    return b"".join(
        [
            "".join([*head, ALTERNATIVES.format(boundary), "\r\n"]).encode("ascii"),
            between,
            text,
            b"\r\n",
            between,
            _part("html", email.html_body),
            b"\r\n",
            f"--{boundary}--\r\n".encode("ascii"),
        ]
    )


def _part(subtype: str, words: str) -> bytes:
    lines = b"".join(line + b"\r\n" for line in words.encode().splitlines()) or b"\r\n"
    return (
        f'Content-Type: text/{subtype}; charset="utf-8"\r\n'
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    ).encode("ascii") + b2a_qp(lines, istext=True)


def _header(name: str, value: str) -> str:
    if PLAIN_ADDRESS.fullmatch(value):
        return f"{name}: {value}\r\n"
    if len(name) + 2 + len(value) <= LINE and PLAIN_WORDS.fullmatch(value):
        return f"{name}: {value}\r\n"
    return _folded(name, value)


@lru_cache(maxsize=512)
def _folded(name: str, value: str) -> str:
    """Return the header as the library writes it. Raises ValueError for a line break in it."""
    return str(POLICY.fold(name, POLICY.header_store_parse(name, value)[1]))
