"""What a mail server's status codes say about an address (RFC 5321 and RFC 3463)."""

import re

from apps.mail.models import Severity

STATUS = re.compile(rb"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
# By subject and detail of the status. What is not here says nothing lasting about the mailbox: it
# is full, the mail is too large or looks like spam, a host did not answer, the sender may not.
ABOUT_THE_ADDRESS = {
    *((1, detail) for detail in (0, 1, 2, 3, 4, 6, 9, 10)),  # no such mailbox, moved, takes none
    (2, 0),
    (2, 1),  # disabled
    (3, 0),
    (0, 0),
    (4, 4),  # no route: the domain has no mail server
}
# Where a server gives no status: no such mailbox, not here, no such name, a domain without mail.
# Not 554, which servers also say to senders that they do not like.
REPLIES_ABOUT_THE_ADDRESS = (550, 551, 553, 556)


def status_in(text: bytes) -> str:
    """Return the first enhanced status in a server's words, or nothing."""
    found = STATUS.search(text)
    return found[0].decode() if found else ""


def severity_of(status: str, code: int | None = None) -> Severity:
    """Return whether a mail that did not arrive means that none will."""
    found = STATUS.fullmatch(status.encode(errors="replace"))
    if found is None:
        return Severity.HARD if code in REPLIES_ABOUT_THE_ADDRESS else Severity.SOFT
    kind, subject, detail = map(int, found.groups())
    is_hard = kind == 5 and (subject, detail) in ABOUT_THE_ADDRESS
    return Severity.HARD if is_hard else Severity.SOFT
