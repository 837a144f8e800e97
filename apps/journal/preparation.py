"""What the prepare page shows of one conversation: the four blocks, and what to fill them from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.db.models import F

from apps.meetings.models import (
    ENOUGH_QUESTIONS,
    BankQuestion,
    Block,
    Meeting,
    PlannedQuestion,
    PrepSheet,
    QuestionGroup,
    Readiness,
    Status,
    readiness,
)
from apps.outreach.tone import Finding, check_question

WORDS_A_MINUTE = 135
"""An unhurried speaker; the pace at which people follow easily is between 120 and 150."""

BANK_SHOWN = 3  # of each group; the rest unfolds
PITCHES_SHOWN = 5


@dataclass(frozen=True)
class BlockState:
    block: Block
    is_done: bool
    words: str


@dataclass(frozen=True)
class Line:
    """A question on the sheet with where it comes from, and a word about it if it needs one."""

    question: PlannedQuestion
    origin: str
    finding: Finding | None

    @property
    def better(self) -> str:
        """A question to ask instead, if the coach knows one."""
        return other_question(self.finding) if self.finding else ""

    @property
    def up(self) -> str:
        """The name of the button that moves it up."""
        return f"up-{self.question.pk}"

    @property
    def down(self) -> str:
        return f"down-{self.question.pk}"


@dataclass(frozen=True)
class BankGroup:
    label: str
    questions: list[BankQuestion]

    @property
    def first(self) -> list[BankQuestion]:
        return self.questions[:BANK_SHOWN]

    @property
    def more(self) -> list[BankQuestion]:
        return self.questions[BANK_SHOWN:]


@dataclass(frozen=True)
class Preparation:
    meeting: Meeting
    sheet: PrepSheet
    lines: list[Line]
    left_over: list[PlannedQuestion]
    bank: list[BankGroup]
    bank_size: int
    readiness: Readiness
    is_frozen: bool

    @classmethod
    def of(cls, meeting: Meeting, *, now: datetime) -> Self:
        """Gather what there is for a meeting, in five queries."""
        sheet = PrepSheet.objects.filter(meeting=meeting).first() or PrepSheet(meeting=meeting)
        questions = list(
            PlannedQuestion.objects.filter(meeting=meeting)
            .select_related("bank_question", "carried_from__contact")
            .order_by("position", "pk")
        )
        own_first = F("student").asc(nulls_last=True)
        offered = BankQuestion.objects.offered_to(meeting.student).order_by(own_first, "pk")
        bank: dict[str, BankQuestion] = {}
        for question in offered:
            bank.setdefault(question.text, question)  # the student may have one of the programme's
        return cls(
            meeting=meeting,
            sheet=sheet,
            lines=[Line(row, _origin(row), first_finding(row.text)) for row in questions],
            left_over=list(PlannedQuestion.objects.left_over_for(meeting)),
            bank=_groups(bank.values(), questions),
            bank_size=len(bank),
            readiness=readiness(sheet, len(questions)),
            is_frozen=_is_frozen(meeting, now),
        )

    @property
    def states(self) -> list[BlockState]:
        """The four blocks in order, each with a word on how far it is."""
        words = {
            Block.GOALS: _goals_in_words(self.sheet),
            Block.QUESTIONS: _questions_in_words(len(self.lines)),
            Block.RESEARCH: _research_in_words(self.sheet),
            Block.PITCH: "Not rehearsed" if self.sheet.pitch else "Not written yet",
        }
        done = self.readiness.done
        return [
            BlockState(block, block in done, "Done" if block in done else words[block])
            for block in Block
        ]

    @property
    def to_do(self) -> str:
        """What is open, as a sentence."""
        asks = {
            Block.GOALS: "say what you want to know and whom you hope to hear of",
            Block.QUESTIONS: f"choose {ENOUGH_QUESTIONS} questions",
            Block.RESEARCH: "look up the person, their duties and the organization",
            Block.PITCH: "rehearse your pitch"
            if self.sheet.pitch
            else "write and rehearse a pitch",
        }
        asked = [asks[block] for block in self.readiness.open]
        sentence = " and ".join(part for part in (", ".join(asked[:-1]), *asked[-1:]) if part)
        return f"{sentence[:1].upper()}{sentence[1:]}."

    @property
    def pitch_length(self) -> str:
        return length_in_words(self.sheet.pitch)


def first_finding(question: str) -> Finding | None:
    """Return what the tone coach has to say about a question first, if anything."""
    return next(iter(check_question(question)), None)


def other_question(finding: Finding) -> str:
    """Return the coach's sentence if it can stand in place of the question."""
    return finding.advice if finding.advice.endswith("?") else ""


def earlier_pitches(meeting: Meeting) -> list[PrepSheet]:
    """Return the last sheets of other conversations that hold a pitch, each pitch once."""
    sheets = (
        PrepSheet.objects.filter(meeting__student=meeting.student_id)
        .exclude(meeting=meeting)
        .exclude(pitch="")
        .select_related("meeting__contact")
        .order_by("-saved_at")
    )
    latest: dict[str, PrepSheet] = {}
    for sheet in sheets[: 4 * PITCHES_SHOWN]:
        latest.setdefault(sheet.pitch, sheet)
    return list(latest.values())[:PITCHES_SHOWN]


def length_in_words(pitch: str) -> str:
    """Say how long a pitch is and, to the next five seconds, how long it takes."""
    words = len(pitch.split())
    if not words:
        return ""
    seconds = max(5, 5 * round(words / WORDS_A_MINUTE * 60 / 5))
    return f"{words} {'word' if words == 1 else 'words'}, about {seconds} seconds"


def _is_frozen(meeting: Meeting, now: datetime) -> bool:
    """Whether `is_ready` stays as it is; while it lies ahead it follows the sheet."""
    lies_ahead = meeting.status == Status.SCHEDULED and now < meeting.starts_at
    return not (lies_ahead or meeting.status == Status.PROPOSED)


def _origin(question: PlannedQuestion) -> str:
    if question.carried_from:
        return f"Carried over, not reached with {question.carried_from.contact.name}"
    source = question.bank_question
    if source and source.student_id is None and source.text == question.text:
        return f"Question bank: {source.get_group_display()}"
    return "Yours"


def _groups(bank: Iterable[BankQuestion], planned: Iterable[PlannedQuestion]) -> list[BankGroup]:
    """Return what is not on the sheet yet, the student's own first in each group."""
    taken = {question.text for question in planned}
    questions = [row for row in bank if row.text not in taken]
    return [
        BankGroup(
            str(group.label),
            [row for row in questions if row.group == group],
        )
        for group in QuestionGroup
    ]


def _goals_in_words(sheet: PrepSheet) -> str:
    if sheet.goal_information or sheet.goal_contacts:
        return "One of two written"
    return "Not written yet"


def _questions_in_words(number: int) -> str:
    return f"{number} of {ENOUGH_QUESTIONS} chosen"


def _research_in_words(sheet: PrepSheet) -> str:
    fields = (sheet.research_person, sheet.research_duties, sheet.research_organization)
    return f"{sum(map(bool, fields))} of {len(fields)} looked up"
