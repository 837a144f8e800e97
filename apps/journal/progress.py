"""How a student's talks go over time: prepared, surer, clearer, with whom. For them alone."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import accumulate
from typing import Self
from zoneinfo import ZoneInfo

from django.utils import dateformat

from apps.common.charts import TrendChart, TrendLine
from apps.common.localtime import local_date
from apps.contacts.models import Closeness
from apps.meetings.models import Debrief, Meeting, Skill, Status
from apps.students.models import Student

RATING = (1, 2, 3, 4, 5)
SHARE = (0, 50, 100)
LATEST = 5
FEW = "This draws itself from the second conversation on."


@dataclass(frozen=True)
class Talk:
    """One held conversation with what was written about it, if anything was."""

    meeting: Meeting
    on: date
    debrief: Debrief | None

    @property
    def change(self) -> str:
        return self.debrief.change_next_time if self.debrief else ""

    def rating(self, name: str) -> int | None:
        value: int | None = getattr(self.debrief, name) if self.debrief else None
        return value


@dataclass(frozen=True)
class Progress:
    """The conversations in order; those for practice stand apart and count in nothing else."""

    talks: list[Talk]
    practice: list[Talk]

    @classmethod
    def of(cls, student: Student, zone: ZoneInfo) -> Self:
        """Gather the held conversations; a day is one in `zone`."""
        held = (
            Meeting.objects.filter(student=student, status=Status.HELD)
            .select_related("contact", "debrief")
            .order_by("starts_at", "pk")
        )
        talks = [
            Talk(meeting, local_date(meeting.starts_at, zone), _debrief_of(meeting))
            for meeting in held
        ]
        return cls(
            [talk for talk in talks if not talk.meeting.is_practice],
            [talk for talk in talks if talk.meeting.is_practice],
        )

    @property
    def ready(self) -> int:
        return sum(talk.meeting.is_ready for talk in self.talks)

    @property
    def practice_ready(self) -> int:
        return sum(talk.meeting.is_ready for talk in self.practice)

    @cached_property
    def rated(self) -> list[tuple[int, int]]:
        """Confidence before and after, where both are known."""
        pairs = [(t.rating("confidence_before"), t.rating("confidence_after")) for t in self.talks]
        return [(before, after) for before, after in pairs if before and after]

    @property
    def surer(self) -> int:
        return sum(after > before for before, after in self.rated)

    @property
    def clarity(self) -> list[int]:
        return [value for talk in self.talks if (value := talk.rating("clarity"))]

    @cached_property
    def with_strangers(self) -> list[bool | None]:
        """For each conversation whether it was with a stranger; None if nobody has said."""
        closeness = [talk.meeting.contact.closeness for talk in self.talks]
        return [known == Closeness.STRANGER if known else None for known in closeness]

    @property
    def known_closeness(self) -> list[bool]:
        return [is_stranger for is_stranger in self.with_strangers if is_stranger is not None]

    @property
    def strangers(self) -> int:
        return sum(self.known_closeness)

    @property
    def latest(self) -> list[bool]:
        """Whether each of the latest few was with a stranger; empty while there are no others."""
        known = self.known_closeness
        return known[-LATEST:] if len(known) > LATEST else []

    @property
    def latest_strangers(self) -> int:
        return sum(self.latest)

    @property
    def skills(self) -> list[tuple[str, int]]:
        """What was practised, the most often first."""
        counted = Counter(
            skill
            for talk in [*self.talks, *self.practice]
            if talk.debrief
            for skill in talk.debrief.skills
        )
        return [(Skill(skill).label, count) for skill, count in counted.most_common()]

    @property
    def changes(self) -> list[Talk]:
        """The conversations with a note on what to do differently, the latest first."""
        talks = [talk for talk in [*self.talks, *self.practice] if talk.change]
        return sorted(talks, key=lambda talk: talk.meeting.starts_at, reverse=True)

    @property
    def readiness_chart(self) -> TrendChart:
        return self._chart(
            "readiness",
            "Prepared beforehand, share of all so far",
            f"Of {len(self.talks)} conversations, {self.ready} were prepared in all four blocks.",
            [TrendLine("prepared", _running([talk.meeting.is_ready for talk in self.talks]))],
            ticks=SHARE,
            unit=" %",
        )

    @property
    def confidence_chart(self) -> TrendChart:
        return self._chart(
            "confidence",
            "How sure of yourself, from 1 to 5",
            f"Of {len(self.rated)} conversations, {self.surer} left you surer than before.",
            [
                TrendLine("after", [talk.rating("confidence_after") for talk in self.talks]),
                TrendLine(
                    "before",
                    [talk.rating("confidence_before") for talk in self.talks],
                    is_background=True,
                ),
            ],
        )

    @property
    def clarity_chart(self) -> TrendChart:
        values = self.clarity
        return self._chart(
            "clarity",
            "How clearly you see what you want, from 1 to 5",
            f"From {values[0]} at first to {values[-1]} now." if values else "Not rated yet.",
            [TrendLine("clarity", [talk.rating("clarity") for talk in self.talks])],
        )

    @property
    def strangers_chart(self) -> TrendChart:
        return self._chart(
            "strangers",
            "With people new to you, share of all so far",
            f"Of {len(self.known_closeness)} conversations, {self.strangers} were with people new "
            "to you.",
            [TrendLine("new to you", _running(self.with_strangers))],
            ticks=SHARE,
            unit=" %",
        )

    def _chart(
        self,
        id: str,
        title: str,
        description: str,
        lines: Sequence[TrendLine],
        *,
        ticks: tuple[float, ...] = RATING,
        unit: str = "",
    ) -> TrendChart:
        return TrendChart(
            id=f"{id}-chart",
            title=title,
            description=description,
            counted="Conversation",
            labels=[dateformat.format(talk.on, "M j") for talk in self.talks],
            lines=lines,
            ticks=ticks,
            when_empty=FEW,
            unit=unit,
        )


def _debrief_of(meeting: Meeting) -> Debrief | None:
    return meeting.debrief if hasattr(meeting, "debrief") else None


def _running(answers: Iterable[bool | None]) -> list[float | None]:
    """Return the share of yes, in percent, among all answers up to each; None leaves it open."""
    counts = accumulate(
        answers,
        lambda so_far, answer: so_far if answer is None else (so_far[0] + answer, so_far[1] + 1),
        initial=(0, 0),
    )
    return [100 * yes / known if known else None for yes, known in list(counts)[1:]]
