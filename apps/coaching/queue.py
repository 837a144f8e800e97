"""What waits for a counselor's word, the longest first, and what came back of late."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self

from django.db.models import QuerySet

from apps.accounts.models import User
from apps.coaching.models import Piece, Question, Submission
from apps.common.localtime import local_date

QUESTION = "question"
SHOWN = 200
LATELY = timedelta(days=14)
KINDS = [(Piece.DEBRIEF.value, "Debriefs"), (Piece.PREP_SHEET.value, "Preparations")]
KINDS += [(Piece.DRAFT.value, "Drafts"), (QUESTION, "Questions")]


@dataclass(frozen=True)
class Waiting:
    """One row of the queue: a piece that was handed in, or a question."""

    kind: str
    row: Submission | Question
    since: datetime
    days: int

    @property
    def in_words(self) -> str:
        if self.days == 0:
            return "Today"
        return "Since yesterday" if self.days == 1 else f"{self.days} days"


@dataclass(frozen=True)
class Queue:
    rows: list[Waiting]
    counts: list[tuple[str, str, int]]

    @classmethod
    def of(cls, user: User, *, kind: str = "", now: datetime) -> Self:
        """Return what waits for `user`, of one kind or of every one, in two queries."""
        today = local_date(now, user.zone)
        pieces = submissions_waiting(user).select_related(
            "student", "read_by", "meeting__contact", "contact"
        )
        asked = questions_waiting(user).select_related("student", "cohort")
        rows = [
            *_rows(((row.piece, row, row.handed_in_at) for row in pieces), user, today),
            *_rows(((QUESTION, row, row.asked_at) for row in asked), user, today),
        ]
        rows.sort(key=lambda row: (row.since, row.kind, row.row.pk))
        counts = [(key, label, sum(row.kind == key for row in rows)) for key, label in KINDS]
        return cls([row for row in rows if kind in ("", row.kind)][:SHOWN], counts)

    @property
    def total(self) -> int:
        return sum(count for _, _, count in self.counts)


def submissions_waiting(user: User) -> QuerySet[Submission]:
    return Submission.objects.for_counselor(user).waiting().order_by("handed_in_at", "pk")


def questions_waiting(user: User) -> QuerySet[Question]:
    return Question.objects.for_counselor(user).waiting().order_by("asked_at", "pk")


def returned_lately(user: User, *, now: datetime) -> QuerySet[Submission]:
    """Return what came back in the last two weeks, the latest first."""
    rows = Submission.objects.for_counselor(user).filter(returned_at__gte=now - LATELY)
    return rows.select_related("student", "returned_by").order_by("-returned_at", "-pk")


def _rows(
    found: Iterable[tuple[str, Submission | Question, datetime]], user: User, today: date
) -> list[Waiting]:
    return [
        Waiting(kind, row, since, (today - local_date(since, user.zone)).days)
        for kind, row, since in found
    ]
