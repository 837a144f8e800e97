"""The list and the board of a student's contacts, in a fixed number of queries."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.core.paginator import Page, Paginator
from django.utils import timezone

from apps.contacts.models import Contact, Source
from apps.journal.forms import PeopleFilter
from apps.journal.stages import STAGES, TOUCHES, LastTouch, Stage, ask
from apps.journal.templatetags.journal import due
from apps.outreach.follow_up import FORGOTTEN_AFTER
from apps.reminders.next_steps import next_steps_with_people
from apps.students.models import Student
from apps.students.next_steps import NextStep, StepKind

PER_PAGE = 50
PER_LANE = 20

LANES = {
    Stage.LISTED: "People you could learn from. Discard nobody.",
    Stage.REACHED_OUT: "You wrote. Silence is usually a full inbox.",
    Stage.SCHEDULED: "Prepare, and enjoy the conversation.",
    Stage.MET: "A thank-you within a day.",
    Stage.IN_TOUCH: "A few lines every few months.",
}
STEP_WORDS: dict[str, str] = {
    StepKind.SAY_HOW_IT_WENT: "Say how it went",
    StepKind.THANK: "Thank-you",
    StepKind.PREPARE: "Prepare",
    StepKind.DEBRIEF: "Debrief",
    StepKind.KEEP_PROMISE: "Keep a promise",
    StepKind.ASK_ABOUT_PROMISE: "Ask once more",
    StepKind.WRITE_TO_REFERRAL: "First note",
    StepKind.FOLLOW_UP: "Follow up",
    StepKind.AGREE_ON_A_TIME: "Agree on a time",
    StepKind.TAKE_A_TIME: "Take a time of theirs",
    StepKind.ASK_AGAIN: "Ask again",
    StepKind.TRY_ELSEWHERE: "Try a colleague as well",
    StepKind.KEEP_IN_TOUCH: "Send news",
}
SOURCES = dict(Source.choices)
RESTING = STAGES.index(Stage.RESTING)

# In the order of the fields of Person; the last one is `has_channel`.
COLUMNS = """
  contact.id, name, concat_ws(', ', nullif(job_title, ''), nullif(organization, '')),
  closeness, source, how_known,
  (SELECT name FROM contacts_contact AS other WHERE other.id = contact.introduced_by_id),
  stage, wrote_at, heard_at, met_at, meets_at,
  email <> '' OR more_emails <> '{}' OR phones <> '{}' OR links <> '{}'
"""
NEWEST = "listed_on DESC, id DESC"
BY_NEXT_STEP = f"""
  due, meets_at, greatest(wrote_at, heard_at, met_at) DESC NULLS LAST, {NEWEST}
"""
# Peers first, those at the top last; who has no word on it counts as near.
SUGGESTED = """
  array_position('{peer,"",manager,director,executive,owner}', seniority::text),
  array_position('{knows_well,knows,"",stranger}', closeness::text),
  listed_on, id
"""
ORDERS = {
    "": BY_NEXT_STEP,
    "suggested": SUGGESTED,
    "name": "search_text, id",
    "newest": NEWEST,
}


@dataclass(frozen=True)
class ToDo:
    """The next step with somebody in a few words; `state` is late, soon, missing or later."""

    words: str
    state: str = "later"


FIND_A_WAY = ToDo("Find an e-mail or phone", "missing")


class Person(NamedTuple):
    """A contact as the list shows it. The moments are None for what has not happened."""

    pk: int
    name: str
    role: str
    closeness: str
    source: str
    how_known: str
    introducer: str | None
    stage_number: int
    wrote_at: datetime | None
    heard_at: datetime | None
    met_at: datetime | None
    meets_at: datetime | None
    has_channel: bool

    @property
    def stage(self) -> Stage:
        return STAGES[self.stage_number]

    @property
    def through(self) -> str:
        """By whom or what the student came upon the person."""
        return self.introducer or SOURCES.get(self.source) or self.how_known

    @property
    def is_waiting(self) -> bool:
        """Whether the latest note has had no answer."""
        return self.wrote_at is not None and not (self.heard_at and self.heard_at >= self.wrote_at)

    def last_touch(self, now: datetime) -> str:
        """Return what passed last and when, in words; nothing if nothing has."""
        moments = (("Wrote", self.wrote_at), ("Heard back", self.heard_at), ("Met", self.met_at))
        known = [(moment, word) for word, moment in moments if moment]
        if not known:
            return ""
        moment, word = max(known)
        return f"{word} {_day(moment, now)}"

    def to_do(self, step: NextStep | None, now: datetime) -> ToDo:
        if step:
            return _due(step, now)
        if self.meets_at:
            weekday = self.meets_at.astimezone(now.tzinfo).strftime("%a")
            return ToDo(f"Meet {weekday}, {_day(self.meets_at, now)}")
        if self.stage == Stage.RESTING:
            return ToDo("")
        if not self.has_channel:
            return FIND_A_WAY
        if self.stage == Stage.LISTED:
            return ToDo("Write first note")
        if self.stage == Stage.REACHED_OUT and self.is_waiting:
            is_long_ago = self.wrote_at and self.wrote_at < now - FORGOTTEN_AFTER
            return ToDo("Write again" if is_long_ago else "Waiting for a reply")
        return ToDo("")


class Row(NamedTuple):
    """A person with what is to be said about them now."""

    person: Person
    touch: str
    to_do: ToDo

    @property
    def is_out_of_reach(self) -> bool:
        """Whether it has to be said that no way to reach them is known; the next step may do so."""
        is_open = self.person.stage != Stage.RESTING and self.to_do != FIND_A_WAY
        return is_open and not self.person.has_channel


# How many there are, after the people themselves, so that their history is gathered once: by stage
# and last touch of those who are known, and of everybody. Of each so many rest as the last says.
COUNTS = f"""
UNION ALL SELECT {"NULL, " * len(Person._fields)} NULL,
  ARRAY[stage, touch, count(*), count(archived_at)]
FROM known WHERE {{narrowed}} GROUP BY stage, touch
UNION ALL SELECT {"NULL, " * len(Person._fields)} NULL,
  ARRAY[NULL, NULL, count(*), count(archived_at)]
FROM contacts_contact WHERE student_id = %(student)s AND {{narrowed}}
"""
_PAGE_NUMBER = re.compile("[1-9][0-9]{0,5}")


@dataclass(frozen=True)
class FilterLink:
    label: str
    count: int
    query: str
    is_current: bool


@dataclass(frozen=True)
class Lane:
    stage: Stage
    hint: str
    count: int
    rows: list[Row]
    query: str

    @property
    def more(self) -> int:
        return self.count - len(self.rows)


class People:
    """All contacts of a student as their page shows them: which, in which order, how many."""

    def __init__(
        self, *, student: Student, chosen: PeopleFilter, now: datetime, page: str = ""
    ) -> None:
        self.student = student
        self.filter = chosen
        self.now = timezone.localtime(now)
        self.stage: str = chosen.chosen("stage")
        self.touch: str = chosen.chosen("touch")
        self.narrowed = "TRUE"
        self.keys: list[int] = []
        if chosen.narrows:
            contacts = Contact.objects.filter(student=student).order_by()
            self.narrowed = "id = ANY(%(keys)s)"
            self.keys = list(chosen.narrow(contacts).values_list("pk", flat=True))
        self.steps = _first_steps(student, now)
        self.lanes: list[Lane] = []
        self.page: Page[int] | None = None
        self.rows: list[Row] = []
        if chosen.chosen("view") == "board":
            self.lanes = self._board()
        else:
            self.page, self.rows = self._turn_to(page)

    def _count(self, counted: Iterable[list[Any]]) -> None:
        """Keep the numbers by stage and last touch, as `COUNTS` has them.

        Everybody counts as untouched, less those who are known to be at some stage.
        """
        counts: Counter[tuple[Stage, LastTouch]] = Counter()
        for stage, touch, number, at_rest in counted:
            if stage is None:
                counts[Stage.LISTED, LastTouch.NEVER] += number - at_rest
                counts[Stage.RESTING, LastTouch.NEVER] += at_rest
            else:
                untouched = Stage.RESTING if at_rest else Stage.LISTED
                counts[untouched, LastTouch.NEVER] -= number
                counts[STAGES[stage], TOUCHES[touch]] += number
        self.counts = +counts

    def count(self, stage: str, touch: str) -> int:
        """Return how many are left; an empty stage means everybody who does not rest."""
        return sum(
            number
            for (at, touched), number in self.counts.items()
            if (at == stage if stage else at != Stage.RESTING) and touch in ("", touched)
        )

    @property
    def everyone(self) -> int:
        return self.count("", "")

    @property
    def resting(self) -> FilterLink:
        return self._stage_link(Stage.RESTING.value, Stage.RESTING.label)

    @property
    def links(self) -> list[FilterLink]:
        """Return a link to each stage, and to those one has not heard of for long."""
        quiet = LastTouch.LONGER.value
        is_quiet = self.touch == quiet
        other = self.filter.link(touch="" if is_quiet else quiet)
        return [
            self._stage_link("", "Everyone"),
            *(self._stage_link(stage.value, stage.label) for stage in LANES),
            FilterLink("Quiet for three months", self.count(self.stage, quiet), other, is_quiet),
            self.resting,
        ]

    def _turn_to(self, number: str) -> tuple[Page[int], list[Row]]:
        """Return a page of the list, and who is on it: on page 2, those in places 50 to 99.

        A number beyond the last page is the last one. How many pages there are is known only with
        the people, so then these are asked for once more.
        """
        turned_to = int(number) if _PAGE_NUMBER.fullmatch(number) else 1
        rows = self._on_page(turned_to)
        total = self.count(self.stage, self.touch)
        page = Paginator(range(total), PER_PAGE).get_page(number)
        return page, rows if page.number == turned_to else self._on_page(page.number)

    def _on_page(self, number: int) -> list[Row]:
        turns = self._turns(self.stage, self.filter.chosen("sort"))
        return self._find(
            f"{turns} ORDER BY turn LIMIT %(limit)s OFFSET %(offset)s",
            limit=PER_PAGE,
            offset=PER_PAGE * (number - 1),
            last=PER_PAGE * number,
        )

    def _board(self) -> list[Lane]:
        """Return the first people of each stage."""
        turns = self._turns("", "", "PARTITION BY stage")
        rows = self._find(f"SELECT * FROM ({turns}) WHERE turn <= %(last)s", last=PER_LANE)
        return [
            Lane(
                stage,
                hint,
                self.count(stage, self.touch),
                [row for row in rows if row.person.stage == stage],
                self.filter.link(stage=stage.value, view=""),
            )
            for stage, hint in LANES.items()
        ]

    def _stage_link(self, stage: str, label: str) -> FilterLink:
        link = self.filter.link(stage=stage, view="")
        return FilterLink(label, self.count(stage, self.touch), link, self.stage == stage)

    def _chosen(self, stage: str) -> str:
        chosen = [self.narrowed]
        chosen.append(f"stage = {STAGES.index(Stage(stage))}" if stage else f"stage <> {RESTING}")
        if self.touch:
            chosen.append(f"touch = {TOUCHES.index(LastTouch(self.touch))}")
        return " AND ".join(chosen)

    def _turns(self, stage: str, order: str, partition: str = "") -> str:
        """Return a statement about whose turn is when among the first %(last)s people.

        Of those without a history, it is enough to sort the first few among those with one.
        """
        chosen = self._chosen(stage)
        return (
            "SELECT id, stage, wrote_at, heard_at, met_at, meets_at, "
            f"row_number() OVER ({partition} ORDER BY {ORDERS[order]}) AS turn "
            f"FROM (SELECT * FROM known WHERE {chosen} UNION ALL (SELECT * FROM untouched "
            f"WHERE {chosen} ORDER BY {ORDERS[order or 'newest']} LIMIT %(last)s))"
        )

    def _find(self, turns: str, **values: Any) -> list[Row]:
        """Count everybody, and return the people whose turn it is by a statement, in its order.

        Their turns first and the rest for these few: so a long list is sorted without its texts.
        """
        found = ask(
            f"SELECT {COLUMNS}, turn, NULL::bigint[] AS counted FROM ({turns}) AS shown, "
            # OFFSET 0: look these few up one by one, instead of reading the whole list.
            "LATERAL (SELECT * FROM contacts_contact WHERE id = shown.id OFFSET 0) AS contact "
            f"{COUNTS.format(narrowed=self.narrowed)} ORDER BY turn",
            student=self.student,
            now=self.now,
            keys=self.keys,
            due=self.steps,
            **values,
        )
        self._count(counted for *_, counted in found if counted)
        return [
            Row(
                person,
                person.last_touch(self.now),
                person.to_do(self.steps.get(person.pk), self.now),
            )
            for person in (Person._make(row) for *row, _, counted in found if not counted)
        ]


def _first_steps(student: Student, now: datetime) -> dict[int, NextStep]:
    """Return what is due first with each contact, the longest due first."""
    steps: dict[int, NextStep] = {}
    for step in next_steps_with_people(student, now):
        assert step.contact is not None
        steps.setdefault(step.contact, step)
    return steps


def _due(step: NextStep, now: datetime) -> ToDo:
    words = STEP_WORDS[step.kind]
    if step.is_overdue(now):
        return ToDo(f"{words}, overdue", "late")
    when = due(step, now)
    day = {"soon": "today", "later": when.words.replace("Tomorrow", "tomorrow")}[when.state]
    if step.kind == StepKind.PREPARE:
        return ToDo(f"{words} for {day} {when.hour}".rstrip(), when.state)
    return ToDo(f"{words}, {when.hour} {day}".replace("  ", " "), when.state)


def _day(moment: datetime, now: datetime) -> str:
    """Write a day on the clock of `now`, "Oct 6", with its year if that is another one."""
    local = moment.astimezone(now.tzinfo)
    day = f"{local:%b} {local.day}"
    return day if local.year == now.year else f"{day}, {local.year}"
