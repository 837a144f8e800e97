"""Pages that show caught mails: text only, on this machine only, nothing can be changed."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

SHOWN = 200  # newest mails in the list
FILE_NAME = re.compile(r"[\dT.]+-[0-9a-f]+\.eml")
LINK = re.compile(r"(https?://[^\s<>\"']+[^\s<>\"'.,;:!?)])")
STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 48rem; margin: 2rem auto; padding: 0 1rem }
li { margin: .75rem 0 } dt { font-weight: 600 } dd { margin: 0 0 .5rem }
pre { font: inherit; white-space: pre-wrap; overflow-wrap: anywhere; border-top: 1px solid #777;
      padding-top: 1rem }
"""
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/style.css"></head>
<body>{body}</body></html>
"""


def server_of_pages(folder: Path, port: int) -> ThreadingHTTPServer:
    """Return a server, not yet serving, of the mails in this folder."""

    class Pages(_Pages):
        mails = folder

    return ThreadingHTTPServer(("127.0.0.1", port), Pages)


class _Pages(BaseHTTPRequestHandler):
    mails: Path

    def do_GET(self) -> None:
        # A foreign site may let its name point here; only our own names are answered.
        host = self.headers.get("Host", "").rpartition(":")[0]
        if host not in ("127.0.0.1", "localhost"):
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
        elif self.path == "/":
            self._answer("text/html", mail_list(self.mails))
        elif self.path == "/style.css":
            self._answer("text/css", STYLE)
        else:
            name = self.path.removeprefix("/mail/")
            if FILE_NAME.fullmatch(name) and (self.mails / name).is_file():
                self._answer("text/html", mail_page(self.mails / name))
            else:
                self.send_error(HTTPStatus.NOT_FOUND)

    def _answer(self, kind: str, text: str) -> None:
        body = text.encode()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", "default-src 'none'; style-src 'self'")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Write no access log."""


def mail_list(folder: Path) -> str:
    """Return the page that lists the newest mails."""
    files = sorted(folder.glob("*.eml"), reverse=True)[:SHOWN]
    items = "".join(_item(file) for file in files) or "<li>No mail yet.</li>"
    body = f"<h1>Caught mail</h1><p>Nothing here was delivered. Newest first.</p><ul>{items}</ul>"
    return PAGE.format(title="Caught mail", body=body)


def mail_page(file: Path) -> str:
    """Return the page of one mail: its headers and its text, links made clickable."""
    mail = _read(file)
    headers = "".join(f"<dt>{name}</dt><dd>{escape(value)}</dd>" for name, value in _headers(mail))
    text = "".join(_linked(LINK.split(_text(mail))))
    subject = escape(str(mail["Subject"] or "No subject"))
    back = '<p><a href="/">All caught mail</a></p>'
    body = f"{back}<h1>{subject}</h1><dl>{headers}</dl><pre>{text}</pre>"
    return PAGE.format(title=subject, body=body)


def _item(file: Path) -> str:
    mail = _read(file)
    subject = escape(str(mail["Subject"] or "No subject"))
    receiver = escape(str(mail["To"] or mail["X-Envelope-To"] or ""))
    return f'<li><a href="/mail/{file.name}">{subject}</a><br>to {receiver}</li>'


def _headers(mail: EmailMessage) -> Iterator[tuple[str, str]]:
    shown = ("From", "To", "Cc", "Reply-To", "Date", "List-Unsubscribe", "X-Envelope-To")
    # As a person calls it: whom the sending program named, blind copies included.
    titles = {"X-Envelope-To": "Delivered to"}
    return ((titles.get(name, name), str(mail[name])) for name in shown if mail[name])


def _linked(pieces: list[str]) -> Iterator[str]:
    """Yield markup for text that was split at its links: every second piece is one."""
    for position, piece in enumerate(map(escape, pieces)):
        yield f'<a href="{piece}">{piece}</a>' if position % 2 else piece


def _text(mail: EmailMessage) -> str:
    part = mail.get_body(("plain", "html"))
    if part is None:
        return "This mail has no text."
    attached = [str(file.get_filename()) for file in mail.iter_attachments()]
    names = f"\n\nAttached: {', '.join(attached)}" if attached else ""
    try:
        text = str(part.get_content())
    except LookupError:  # a character set that Python does not know
        raw = part.get_payload(decode=True)
        text = raw.decode(errors="replace") if isinstance(raw, bytes) else ""
    return text + names


def _read(file: Path) -> EmailMessage:
    mail = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert isinstance(mail, EmailMessage)  # what this policy makes
    return mail
