"""A student's conversations in the order in which they matter now."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from django.core.paginator import Page, Paginator
from django.db.models import F, Q

from apps.meetings.models import ENDS_AT, Meeting, Status
from apps.meetings.next_steps import ASKED_FOR
from apps.students.models import Student

PER_PAGE = 20


@dataclass(frozen=True)
class Agenda:
    """`ahead` are proposed or agreed and not over; `open` want a word, a debrief or thanks.

    Each comes with its people, `ends_at`, and `debriefed_at` or None.
    After a month nothing is asked any more, as in the next steps. `past` are the others, the
    latest first.
    """

    ahead: list[Meeting]
    open: list[Meeting]
    past: Page[Any]

    @classmethod
    def of(cls, student: Student, *, now: datetime, page: str = "") -> Self:
        """Gather the conversations; a page number that makes no sense is the nearest that does."""
        ahead = Q(status=Status.PROPOSED) | Q(status=Status.SCHEDULED, ends_at__gt=now)
        unfinished = Q(thank_you_sent_at=None) | Q(debriefed_at=None)
        to_finish = Q(ends_at__gte=now - ASKED_FOR, contact__erased_at=None) & (
            Q(status=Status.SCHEDULED) | Q(status=Status.HELD) & unfinished
        )
        meetings = (
            Meeting.objects.filter(student=student)
            .annotate(ends_at=ENDS_AT, debriefed_at=F("debrief__completed_at"))
            .select_related("contact", "student__user")
        )
        over = meetings.exclude(ahead)
        past = over.exclude(to_finish).order_by("-starts_at", "-pk")
        return cls(
            ahead=list(meetings.filter(ahead).order_by("starts_at", "pk")),
            open=list(over.filter(to_finish).order_by("starts_at", "pk")),
            past=Paginator(past, PER_PAGE).get_page(page),
        )

    @property
    def is_empty(self) -> bool:
        return not (self.ahead or self.open or self.past.paginator.count)
