"""What to recall of one person besides what happened: promises both ways, and stories."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from django.db.models import Q

from apps.contacts.models import Contact
from apps.meetings.models import Commitment, Story, Telling

SHOWN_AFTER = timedelta(days=7)
"""How long a promise that was kept is still shown, so that a slip can be taken back."""


@dataclass(frozen=True)
class Recall:
    """`told` are stories that they have heard, `to_tell` is one of the student's own that is new.

    `promises` are those that are open, the first due first, and those kept of late.
    """

    promises: list[Commitment]
    told: list[Telling]
    to_tell: Story | None

    @classmethod
    def of(cls, contact: Contact, *, now: datetime) -> Self:
        promises = Commitment.objects.filter(
            Q(done_at__isnull=True) | Q(done_at__gte=now - SHOWN_AFTER), meeting__contact=contact
        )
        told = Telling.objects.filter(meeting__contact=contact).select_related("story", "meeting")
        own = Story.objects.own().filter(student=contact.student_id)
        return cls(
            promises=sorted(
                promises.order_by("due_on", "pk"), key=lambda promise: promise.done_at is not None
            ),
            told=list(told.order_by("-meeting__starts_at", "pk")),
            to_tell=own.untold_to(contact).order_by("-created_at", "-pk").first(),
        )
