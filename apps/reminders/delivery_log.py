"""What became of a person's mails, in words for that person."""

from dataclasses import dataclass
from datetime import datetime

from apps.accounts.models import User
from apps.mail.kinds import all_kinds
from apps.mail.models import OutgoingEmail, Reason, State

SHOWN = 20

WORDS: dict[str, tuple[str, str]] = {
    State.PENDING: ("", "Waiting"),
    State.SENDING: ("", "On its way"),
    State.SENT: ("good", "Sent"),
    State.UNKNOWN: ("", "May have arrived"),
    State.FAILED: ("late", "Turned away"),
    State.EXPIRED: ("late", "Not sent"),
    State.CANCELLED: ("", "Not sent"),
    State.SUPPRESSED: ("late", "Not sent"),
    State.BOUNCED: ("late", "Came back"),
}
NOTES: dict[str, str] = {
    State.UNKNOWN: "The mail server did not say.",
    State.FAILED: "Your mail server did not take it.",
    State.EXPIRED: "It would have come too late.",
    State.SUPPRESSED: "Mail to your address has come back before.",
}
REASONS: dict[str, str] = {
    Reason.REFUSED: "You do not want these.",
    Reason.NO_NEED: "It was done, or different, by then.",
    Reason.TAKEN_BACK: "What it was about had changed.",
    Reason.NO_READER: "Your account was closed then.",
    Reason.WEEK_IS_FULL: "You had had as many that week as you want.",
}


@dataclass(frozen=True)
class Entry:
    """One mail: when it was sent or due, what it was about, and what became of it.

    `tone` is good, late or empty.
    """

    at: datetime
    about: str
    tone: str
    words: str
    note: str


def delivery_log(user: User) -> list[Entry]:
    """Return the latest mails to the person, the newest first."""
    labels = {kind.name: kind.label for kind in all_kinds()}
    emails = OutgoingEmail.objects.filter(recipient=user).order_by("-due_at", "-pk")[:SHOWN]
    return [
        Entry(
            email.sent_at or email.due_at,
            labels.get(email.kind, "Mail"),
            *WORDS[email.state],
            NOTES.get(email.state) or REASONS.get(email.reason, ""),
        )
        for email in emails
    ]
