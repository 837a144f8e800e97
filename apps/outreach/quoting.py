"""The earlier notes below a follow-up, as a reply to all shows them (E7)."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import dateformat

from apps.outreach.models import Attempt, NoteKind

_LONGEST_SUBJECT = Attempt._meta.get_field("subject").max_length


def notes_above(attempts: Sequence[Attempt]) -> list[Attempt]:
    """Return the notes that a follow-up continues, the newest first, down to the first one.

    `attempts` are all to one contact, the oldest first. What was said without a text, in a call
    for instance, is left out.
    """
    chain = []
    for attempt in reversed(attempts):
        chain.append(attempt)
        if attempt.kind != NoteKind.FOLLOW_UP:
            break
    return [attempt for attempt in chain if attempt.text]


def quotation(notes: Sequence[Attempt], *, writer: str, zone: ZoneInfo) -> str:
    """Quote the notes, the newest first, each below the one that came after it."""
    text = ""
    for note in reversed(notes):
        said = f"{note.text}\n\n{text}" if text else note.text
        quoted = "\n".join(f"> {line}" if line else ">" for line in said.splitlines())
        text = f"{_attribution(note.sent_at, writer, zone)}\n{quoted}"
    return text


def reply_subject(subject: str) -> str:
    """Return the subject as a reply shows it; nothing to a note without one."""
    if not subject or subject.lower().startswith("re:"):
        return subject
    return f"Re: {subject}"[:_LONGEST_SUBJECT]


def _attribution(sent_at: datetime, writer: str, zone: ZoneInfo) -> str:
    when = dateformat.format(sent_at.astimezone(zone), r"M j, Y, \a\t g:i A")
    return f"On {when}, {' '.join(writer.split())} wrote:"
