"""Who needs a word from a counselor, and why: derived from the rows as they are, like next steps.

A reason is gone the moment its cause is. It rests for a week once a counselor has spoken with the
student; nothing else about it is stored. Each function below knows one reason.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from math import ceil
from zoneinfo import ZoneInfo

from django.contrib.humanize.templatetags.humanize import apnumber
from django.urls import reverse
from django.utils import dateformat

from apps.common.localtime import local_date
from apps.metrics.class_figures import Figures
from apps.students.next_steps import NextStep

SETTLING_IN = timedelta(days=14)
FEW_NAMES = 5
MANY_ASKED = 5
MANY_NOTES = 8
MANY_THANKS = 3
GOOD_START = 2
QUIET_DAYS = 14
LONG_QUIET_DAYS = 21
READ_WITHIN = timedelta(days=3)
ANSWER_WITHIN = timedelta(days=1)
ONE_IN = 8
"""At most one student in so many is put on top; all others are in the table below."""


class Flag(StrEnum):
    """Why a student needs a word, the graver first."""

    NOBODY_LISTED = "nobody listed"
    STOPPED = "stopped after a good start"
    WENT_QUIET = "went quiet"
    THANKS_OVERDUE = "thank-yous overdue"
    NO_PURPOSE = "no purpose"
    NOBODY_ASKED = "nobody written to"
    NOT_FOLLOWED_UP = "not followed up"
    NO_APPOINTMENT = "no appointment"
    QUESTION_WAITS = "question waits"
    FEEDBACK_WAITS = "feedback waits"


GRAVITY = [*Flag]
WAIT_FOR_US = {Flag.QUESTION_WAITS, Flag.FEEDBACK_WAITS}
"""The student has done their part; a nudge would be no help."""


@dataclass(frozen=True)
class Reason:
    """One reason: in a few words, in a sentence with its facts, since when, and from which row.

    `source` names the row on the student's page, or what waits in the queue of feedback.
    """

    flag: Flag
    title: str
    words: str
    since: date
    source: str = ""

    @property
    def rank(self) -> tuple[int, date]:
        return GRAVITY.index(self.flag), self.since


@dataclass(frozen=True)
class Facts:
    """A student of a class at one moment. `thanks` are the overdue ones, the oldest first."""

    at: Figures
    thanks: list[NextStep]
    now: datetime
    zone: ZoneInfo
    starts_on: date
    ends_on: date
    goal: int
    days_off: Collection[date] = ()

    @cached_property
    def today(self) -> date:
        return local_date(self.now, self.zone)

    @property
    def begun_on(self) -> date:
        return max(self.starts_on, self.at.enrolled_on)

    @property
    def has_settled_in(self) -> bool:
        return self.begun_on + SETTLING_IN <= self.today <= self.ends_on

    @property
    def week(self) -> int:
        """Which week of the term it is, from 1."""
        return (self.today - self.starts_on).days // 7 + 1

    @property
    def last_active_on(self) -> date | None:
        last = self.at.last_active_at
        return local_date(min(last, self.now), self.zone) if last else None

    @property
    def quiet_days(self) -> int:
        """How many days nothing has happened; days off do not count, nor does what was before."""
        since = max(self.last_active_on or self.begun_on, self.begun_on)
        off = sum(since < day <= self.today for day in self.days_off)
        return (self.today - since).days - off

    @property
    def has_met(self) -> bool:
        return bool(self.at.held or self.at.practice or self.at.upcoming or self.at.proposed)

    @property
    def is_under_way(self) -> bool:
        """Whether something lies ahead, or all is done, or the term is."""
        at = self.at
        lies_ahead = bool(at.upcoming or at.proposed)
        return lies_ahead or at.held >= self.goal or self.today > self.ends_on

    def on(self, moment: datetime) -> date:
        return local_date(moment, self.zone)


def nobody_listed(facts: Facts) -> Reason | None:
    at = facts.at
    if not facts.has_settled_in or at.people or at.notes or facts.has_met:
        return None
    purpose = (
        "The purpose is set, but nobody" if at.purpose else "There is no purpose yet, and nobody"
    )
    words = f"{purpose} is on the list to talk with. A conversation will do more than a reminder."
    return Reason(Flag.NOBODY_LISTED, f"No contact yet, week {facts.week}", words, facts.begun_on)


def stopped(facts: Facts) -> Reason | None:
    at = facts.at
    if facts.is_under_way or at.held < GOOD_START or facts.quiet_days < QUIET_DAYS:
        return None
    last = facts.on(datetime.fromtimestamp(at.held_at[-1], UTC))
    words = (
        f"{_number(at.held)} conversations held, the last on {_day(last)}, then nothing. "
        "Nothing is in the calendar."
    )
    return _quiet(Flag.STOPPED, facts, words)


def went_quiet(facts: Facts) -> Reason | None:
    at = facts.at
    if facts.is_under_way or at.held >= GOOD_START or facts.quiet_days < LONG_QUIET_DAYS:
        return None
    if not (at.notes or at.held):
        return None
    done = f"{_count(at.notes, 'note')} went out" if at.notes else "No note went out"
    held = "one conversation was held" if at.held else "no conversation was held"
    words = f"{done[:1].upper()}{done[1:]} and {held}, then nothing. Nothing is in the calendar."
    return _quiet(Flag.WENT_QUIET, facts, words)


def _quiet(flag: Flag, facts: Facts, words: str) -> Reason:
    since = facts.last_active_on or facts.begun_on
    return Reason(flag, f"Quiet for {(facts.today - since).days} days", words, since, "timeline")


def thanks_overdue(facts: Facts) -> Reason | None:
    if len(facts.thanks) < MANY_THANKS:
        return None
    oldest = facts.thanks[0]
    number, days = len(facts.thanks), (facts.now - oldest.happened_at).days
    words = (
        f"{_number(number)} people gave their time and have not been thanked; "
        f"the oldest has waited {_days(days)}."
    )
    since, source = facts.on(oldest.due_at), f"meeting-{oldest.subject}"
    return Reason(Flag.THANKS_OVERDUE, f"{number} thank-yous not sent", words, since, source)


def no_purpose(facts: Facts) -> Reason | None:
    at = facts.at
    if at.purpose or not 0 < at.people < FEW_NAMES or at.held or at.upcoming:
        return None
    if not facts.has_settled_in:
        return None
    words = f"The purpose is still empty, and the first list has {_count(at.people, 'name')}."
    return Reason(Flag.NO_PURPOSE, f"No purpose yet, week {facts.week}", words, facts.begun_on)


def nobody_asked(facts: Facts) -> Reason | None:
    """A list without a note is no standstill while names are still being added to it."""
    at = facts.at
    if not facts.has_settled_in or not at.people or at.notes or facts.has_met:
        return None
    if facts.quiet_days < QUIET_DAYS:
        return None
    words = f"The list has {_count(at.people, 'name')}, and nobody has been written to."
    since = facts.last_active_on or facts.begun_on
    return Reason(Flag.NOBODY_ASKED, f"No note yet, week {facts.week}", words, since)


def not_followed_up(facts: Facts) -> Reason | None:
    at = facts.at
    if at.asked_a_week_ago < MANY_ASKED or at.replied or at.asked_again or facts.has_met:
        return None
    if at.first_note_at is None or facts.today > facts.ends_on:
        return None
    since = facts.on(at.first_note_at)
    words = (
        f"{_number(at.asked)} people were written to, the first on {_day(since)}. "
        "Nobody has replied, and nobody was written to again."
    )
    return Reason(
        Flag.NOT_FOLLOWED_UP,
        f"{at.asked} people asked, no reply",
        words,
        since,
        f"attempt-{at.last_note}",
    )


def no_appointment(facts: Facts) -> Reason | None:
    at = facts.at
    if at.notes < MANY_NOTES or facts.has_met or at.first_note_at is None:
        return None
    since = facts.on(at.first_note_at)
    if facts.today > facts.ends_on or since + SETTLING_IN > facts.today:
        return None
    replies = _count(at.replied, "reply", "replies") if at.replied else "no reply"
    words = f"None of the notes since {_day(since)} led to a date; {replies} came."
    return Reason(
        Flag.NO_APPOINTMENT,
        f"{at.notes} notes, no appointment",
        words,
        since,
        f"attempt-{at.last_note}",
    )


def question_waits(facts: Facts) -> Reason | None:
    at = facts.at
    if at.question_since is None or at.question_since + ANSWER_WITHIN > facts.now:
        return None
    days = _days((facts.now - at.question_since).days)
    count = at.questions_waiting
    words = f"{_number(count)} question{'s' * (count > 1)} for you; the oldest has waited {days}."
    since, source = facts.on(at.question_since), f"question-{at.question_key}"
    return Reason(Flag.QUESTION_WAITS, "A question waits", words, since, source)


def feedback_waits(facts: Facts) -> Reason | None:
    at = facts.at
    if at.piece_since is None or at.piece_since + READ_WITHIN >= facts.now:
        return None
    days = _days((facts.now - at.piece_since).days)
    what = {"draft": "A draft", "prep_sheet": "A preparation"}.get(at.piece or "", "A debrief")
    words = f"{what} was handed in {days} ago and has not been returned."
    if at.pieces_waiting > 1:
        words += f" {_number(at.pieces_waiting)} pieces wait in all."
    since, source = facts.on(at.piece_since), f"submission-{at.piece_key}"
    return Reason(Flag.FEEDBACK_WAITS, f"{what} waits for you", words, since, source)


FLAGS: list[Callable[[Facts], Reason | None]] = [
    nobody_listed,
    stopped,
    went_quiet,
    thanks_overdue,
    no_purpose,
    nobody_asked,
    not_followed_up,
    no_appointment,
    question_waits,
    feedback_waits,
]


def reasons(facts: Facts, resting: Collection[str] = ()) -> list[Reason]:
    """Return what asks for a word with the student, the gravest first; `resting` are flags."""
    found = [reason for flag in FLAGS if (reason := flag(facts)) and reason.flag not in resting]
    return sorted(found, key=lambda reason: reason.rank)


@dataclass(frozen=True)
class NeedsWord:
    """A student with the reasons for a word, of which the first is the gravest."""

    student: int
    name: str
    reasons: list[Reason]

    @property
    def title(self) -> str:
        return self.reasons[0].title

    @property
    def words(self) -> str:
        return " ".join(reason.words for reason in self.reasons[:2])

    @property
    def flags(self) -> list[Flag]:
        return [reason.flag for reason in self.reasons]

    @property
    def waits_for_us(self) -> bool:
        return set(self.flags) <= WAIT_FOR_US

    @property
    def source(self) -> str:
        return self.reasons[0].source

    @property
    def queue_url(self) -> str:
        """Where what waits for us is read; `source` is "question-7" or "submission-7"."""
        what, _, key = self.source.partition("-")
        return reverse("question" if what == "question" else "feedback", args=[key])


def foremost(found: Iterable[NeedsWord], students: int) -> list[NeedsWord]:
    """Return the few of a class of so many students to speak with first."""
    ranked = sorted(found, key=lambda row: (row.reasons[0].rank, row.name, row.student))
    return ranked[: ceil(students / ONE_IN)]


def _number(count: int) -> str:
    return str(apnumber(count)).capitalize()


def _count(count: int, word: str, words: str = "") -> str:
    return f"{apnumber(count)} {word if count == 1 else words or word + 's'}"


def _days(count: int) -> str:
    return _count(count, "day")


def _day(day: date) -> str:
    return dateformat.format(day, "F j")
