"""Links that open a note in the student's own mail, filled in and not sent."""

from dataclasses import dataclass
from typing import Self
from urllib.parse import quote

from apps.meetings.thank_you import Letter

LONGEST_LINK = 1900
"""What every mail program takes in a link; some cut off the end of a longer one."""

LONGEST_WEB_LINK = 4000
"""Signing in on the way may encode a link a second time, and about 8,000 is what servers take."""

_GMAIL = "https://mail.google.com/mail/?view=cm&fs=1&to={to}&su={subject}&body={body}"
_OUTLOOK = "https://outlook.office.com/mail/deeplink/compose?to={to}&subject={subject}&body={body}"


@dataclass(frozen=True)
class MailLinks:
    """One link for each way to write; empty where the note is too long for it."""

    program: str = ""
    gmail: str = ""
    outlook: str = ""

    @classmethod
    def of(cls, letter: Letter) -> Self:
        if not letter.to:
            return cls()
        said = {
            "to": quote(letter.to, safe=""),
            "subject": quote(" ".join(letter.subject.split()), safe=""),
            "body": quote("\r\n".join(letter.body.splitlines()), safe=""),
        }
        return cls(
            _unless_long(letter.mailto, LONGEST_LINK),
            _unless_long(_GMAIL.format(**said), LONGEST_WEB_LINK),
            _unless_long(_OUTLOOK.format(**said), LONGEST_WEB_LINK),
        )

    @property
    def is_any_left_out(self) -> bool:
        return not (self.program and self.gmail and self.outlook)


def _unless_long(link: str, most: int) -> str:
    return link if len(link) <= most else ""
