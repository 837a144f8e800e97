"""Read what a mailbox for bounces gets: delivery reports, old-style bounces, automatic replies.

Nothing here knows the database, and nothing here raises: whatever comes in is a report or not.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.utils import parseaddr
from enum import StrEnum

from apps.mail.statuses import severity_of, status_in

# A report quotes at most one mail of ours; the rest of something larger says nothing to us.
MOST_BYTES = 1024 * 1024
MOST_PARTS = 100

FROM_A_SERVER = re.compile(r"mailer-daemon|mail delivery (sub)?system|postmaster", re.I)
RETURNED = re.compile(
    r"undeliver|returned\s(mail|to\ssender)|delivery\s(status|failure|has\sfailed|notification)|"
    r"failure\snotice|could\snot\sbe\sdelivered|mail\sdelivery\sfailed|unzustellbar|non\sremis",
    re.I,
)
STILL_TRYING = re.compile(r"\b(delayed|warning|still being retried|will keep trying)\b", re.I)
AWAY = re.compile(
    r"^\s*(auto(matic)?[ -]?(reply|response)|autoreply|out of (the )?office|auto:|abwesen|"
    r"absence|absent du|away (until|from|on)|on (vacation|leave)|vacation)|"
    r"\bout of (the )?office\b",
    re.I,
)
SMTP_CODE = re.compile(rb"\b([45]\d\d)[ -]")
MESSAGE_ID = re.compile(rb"^\s*Message-ID:\s*(<[!-;=?-~]{3,250}>)", re.I | re.M)
REFERENCE = re.compile(rb"^\s*X-CareerHub-Ref:\s*([0-9a-f]{32})\b", re.I | re.M)
ADDRESS = re.compile(rb"<([^<>@\s]{1,64}@[^<>@\s]{1,253})>")
TO_US = ("To", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To")


class Outcome(StrEnum):
    HARD = "hard"
    SOFT = "soft"
    DELAYED = "delayed"
    AUTO_REPLY = "auto_reply"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Report:
    """What came in.

    `message_ids` and `references` are of what it sends back, wherever that stands in it;
    `addressed_to` is where it was sent to, for the signature in it.
    """

    outcome: Outcome
    digest: str
    address: str = ""
    status: str = ""
    message_ids: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    addressed_to: str = ""

    @property
    def is_bounce(self) -> bool:
        return self.outcome in (Outcome.HARD, Outcome.SOFT)


@dataclass(frozen=True)
class Finding:
    """What one group of lines says about one recipient."""

    outcome: Outcome
    address: str = ""
    status: str = ""


def read(content: bytes) -> Report:
    """Return what the bytes of one incoming mail report."""
    try:
        return _read(content[:MOST_BYTES])
    except Exception:  # parts in parts in parts, and whatever else the standard parser trips over
        return Report(Outcome.UNKNOWN, hashlib.sha256(content).hexdigest())


def _read(content: bytes) -> Report:
    mail = message_from_bytes(content)
    parts = list(_parts(mail))
    found = _finding(mail, parts, content)
    own_id = _header(mail, "Message-ID")
    ids = dict.fromkeys(found.decode(errors="replace") for found in MESSAGE_ID.findall(content))
    return Report(
        outcome=found.outcome,
        digest=hashlib.sha256(own_id.encode(errors="replace") or content).hexdigest(),
        address=found.address if found.address.isprintable() else "",
        status=found.status,
        message_ids=tuple(found for found in ids if found != own_id)[:MOST_PARTS],
        references=tuple(found.decode() for found in REFERENCE.findall(content))[:MOST_PARTS],
        addressed_to=" ".join(_header(mail, name) for name in TO_US),
    )


def _finding(mail: Message, parts: list[Message], content: bytes) -> Finding:
    groups = [group for part in parts for group in _groups(part)]
    if findings := [finding for group in groups if (finding := _of_group(group))]:
        return min(findings, key=lambda finding: list(Outcome).index(finding.outcome))
    if _is_automatic_reply(mail):
        return Finding(Outcome.AUTO_REPLY, parseaddr(_header(mail, "From"))[1])
    return _of_text(mail, content)


def _groups(part: Message) -> Iterator[Message]:
    """Yield the groups of fields of a delivery status, which the parser makes messages of."""
    if part.get_content_type() in ("message/delivery-status", "message/global-delivery-status"):
        payload = part.get_payload()
        if isinstance(payload, list):
            yield from (group for group in payload[:MOST_PARTS] if isinstance(group, Message))


def _of_group(group: Message) -> Finding | None:
    action = _header(group, "Action").lower()
    diagnostic = _header(group, "Diagnostic-Code")
    status = status_in(_header(group, "Status").encode(errors="replace"))
    _, _, address = _header(group, "Final-Recipient").rpartition(";")
    if not (action or status):
        return None
    if action == "failed" or not action:
        code = SMTP_CODE.search(diagnostic.encode(errors="replace"))
        if status.endswith(".0.0") and status_in(diagnostic.encode(errors="replace")):
            status = status_in(diagnostic.encode(errors="replace"))
        outcome = Outcome(severity_of(status, int(code[1]) if code else None).value)
    else:  # delivered, relayed and expanded are nobody's trouble
        outcome = Outcome.DELAYED if action == "delayed" else Outcome.UNKNOWN
    return Finding(outcome, address.strip().strip("<>"), status)


def _is_automatic_reply(mail: Message) -> bool:
    submitted = _header(mail, "Auto-Submitted").lower()
    return (
        submitted.startswith("auto-replied")
        or any(_header(mail, name) for name in ("X-Autoreply", "X-Autorespond", "X-Vacation"))
        or _header(mail, "Precedence").lower() == "auto_reply"
        or bool(AWAY.search(_header(mail, "Subject")))
    )


def _of_text(mail: Message, content: bytes) -> Finding:
    """Read a bounce from before there were delivery reports, or from a server that makes none."""
    subject = _header(mail, "Subject")
    failed = parseaddr(_header(mail, "X-Failed-Recipients"))[1]
    is_from_server = _header(mail, "Return-Path") == "<>" or FROM_A_SERVER.search(
        _header(mail, "From")
    )
    if not failed and not (is_from_server and RETURNED.search(subject + _first_text(mail)[:2000])):
        return Finding(Outcome.UNKNOWN)
    body = content.partition(b"\n\n")[2] or content.partition(b"\r\n\r\n")[2]
    address = ADDRESS.search(body)
    named = failed or (address[1].decode(errors="replace") if address else "")
    if STILL_TRYING.search(subject):
        return Finding(Outcome.DELAYED, named, status_in(body))
    code = SMTP_CODE.search(body)
    severity = severity_of(status_in(body), int(code[1]) if code else None)
    return Finding(Outcome(severity.value), named, status_in(body))


def _parts(mail: Message) -> Iterator[Message]:
    waiting = [mail]
    for _ in range(MOST_PARTS):
        if not waiting:
            return
        part = waiting.pop(0)
        yield part
        payload = part.get_payload()
        if isinstance(payload, list) and part.get_content_maintype() == "multipart":
            waiting += [inner for inner in payload if isinstance(inner, Message)]


def _first_text(mail: Message) -> str:
    for part in _parts(mail):
        payload = part.get_payload()
        if part.get_content_maintype() == "text" and isinstance(payload, str):
            return payload
    return ""


def _header(mail: Message, name: str) -> str:
    """Return the header as one line, with no more trust in it than in the rest."""
    return " ".join(str(mail.get(name, "")).split())
