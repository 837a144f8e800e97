"""The thank-you that every conversation is owed: until when, and a first draft of it."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self
from urllib.parse import quote

from django.conf import settings
from django.db.models import Count, F, Q
from django.template.loader import render_to_string

from apps.meetings.models import (
    ENDS_AT,
    Commitment,
    Debrief,
    Finding,
    FindingKind,
    Meeting,
    Promiser,
    Referral,
    ReferralAnswer,
)

LONGEST_LINK = 2000
"""What mail programs are sure to take in a link. Beyond it some cut off the end of the note."""

_SAYABLE = (
    FindingKind.SKILL_NEEDED,
    FindingKind.INDUSTRY,
    FindingKind.WHERE_I_FIT,
    FindingKind.HOW_I_CAN_HELP,
    FindingKind.CULTURE,
)
"""What a note of thanks may come back to, the best first. Never to an opening."""


@dataclass(frozen=True)
class ThankYouClock:
    """How much time is left for the note, and how often it was on time so far."""

    due_at: datetime
    sent_at: datetime | None
    left: timedelta
    on_time: int
    settled: int

    @classmethod
    def of(cls, meeting: Meeting, *, now: datetime) -> Self:
        on_time, settled = on_time_so_far(meeting.student_id, now=now)
        due_at = meeting.thank_you_due_at
        return cls(due_at, meeting.thank_you_sent_at, due_at - now, on_time, settled)

    @property
    def is_late(self) -> bool:
        return self.left < timedelta() if self.sent_at is None else self.sent_at > self.due_at

    @property
    def left_in_words(self) -> str:
        """Write the time that is left, or has passed: "2 h 40 min", "3 days"."""
        minutes = int(abs(self.left).total_seconds() // 60)
        hours, minutes = divmod(minutes, 60)
        if hours >= 48:
            return f"{hours // 24} days"
        if not hours:
            return f"{minutes} min" if minutes else "less than a minute"
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"


def on_time_so_far(student: int, *, now: datetime) -> tuple[int, int]:
    """Return how many of the student's thank-yous went out on time, and of how many.

    Of those held, the ones that are thanked for or overdue: what is still in time is neither.
    """
    limit = timedelta(hours=settings.THANK_YOU_HOURS)
    held = Meeting.objects.held().filter(student=student).annotate(ends_at=ENDS_AT)
    settled = held.filter(Q(thank_you_sent_at__isnull=False) | Q(ends_at__lt=now - limit))
    counts = settled.aggregate(
        of=Count("pk"), on_time=Count("pk", filter=Q(thank_you_sent_at__lte=F("ends_at") + limit))
    )
    return counts["on_time"], counts["of"]


@dataclass(frozen=True)
class Letter:
    """A note, as text. Nothing sends it but the student."""

    to: str
    subject: str
    body: str

    @property
    def mailto(self) -> str:
        """Return the link that opens the note in the reader's mail program (RFC 6068)."""
        body = quote(re.sub(r"\r\n|\r|\n", "\r\n", self.body), safe="")
        subject = quote(" ".join(self.subject.split()), safe="")
        return f"mailto:{quote(self.to, safe='@')}?subject={subject}&body={body}"

    @property
    def is_long(self) -> bool:
        return len(self.mailto) > LONGEST_LINK


def draft(meeting: Meeting) -> Letter:
    """Compose a first note from what the debrief of the conversation says."""
    debrief = Debrief.objects.filter(meeting=meeting).first()
    contact = meeting.contact
    context = {
        "greeted": contact.given_name or contact.name,
        "minutes": meeting.minutes,
        "finding": _finding(meeting),
        "names": [
            row.contact.name
            for row in Referral.objects.filter(meeting=meeting)
            .select_related("contact")
            .order_by("pk")
            if not row.contact.is_erased
        ],
        "promises": list(
            Commitment.objects.open()
            .filter(meeting=meeting, promised_by=Promiser.STUDENT)
            .order_by("due_on", "pk")
        ),
        "asks": debrief is not None and debrief.referral_answer == ReferralAnswer.NOT_YET,
        "signed": meeting.student.name,
    }
    text = render_to_string("meetings/thank_you.txt", context)
    subject, _, body = text.strip().partition("\n")
    return Letter(contact.email, subject.strip(), re.sub(r"\n{3,}", "\n\n", body).strip() + "\n")


def _finding(meeting: Meeting) -> str:
    """Return what stayed with the student, in their words, without the last full stop."""
    findings = Finding.objects.shared().filter(meeting=meeting, kind__in=_SAYABLE).order_by("pk")
    best = min(findings, key=lambda row: _SAYABLE.index(FindingKind(row.kind)), default=None)
    return " ".join(best.text.split()).rstrip(".") if best else ""
