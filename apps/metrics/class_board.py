"""The class board: who needs a word, and what each student has done, in a handful of queries."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet, Subquery

from apps.coaching.models import WordSpoken
from apps.common.charts import Sparkline
from apps.common.localtime import local_date, start_of_day
from apps.common.prepared import Prepared
from apps.journal.spine import current_step
from apps.metrics.attention import Facts, NeedsWord, foremost, reasons
from apps.metrics.class_figures import Figures, figures_of
from apps.metrics.statistics import Proportion, proportion
from apps.reminders.next_steps import next_steps_of_class
from apps.students.models import Cohort, Holiday, Milestone, Term, institution_zone
from apps.students.next_steps import NextStep, StepKind

STEPS = ["Purpose", "List", "Contact", "Appointment", "Prepare", "Conduct"]


@dataclass(frozen=True)
class BoardRow:
    """One student. Counts are of held meetings in the term's window, practice left out.

    `ahead` is how many more were held than planned to date (negative: behind); `quiet_days` how
    long ago anything happened, None if nothing has; `step` which of the six it is, from 1.
    """

    at: Figures
    name: str
    held: int
    ahead: int
    step: int
    overdue: int
    open_thank_yous: int
    quiet_days: int | None
    last_active_on: date | None
    sparkline: Sparkline
    needs: NeedsWord | None = None

    @property
    def student(self) -> int:
        return self.at.student

    @property
    def behind(self) -> int:
        return max(-self.ahead, 0)

    @property
    def step_name(self) -> str:
        return STEPS[self.step - 1]

    @property
    def waiting(self) -> int:
        """Pieces and questions that wait for a counselor."""
        return self.at.pieces_waiting + self.at.questions_waiting


@dataclass(frozen=True)
class Reached:
    """A milestone, and how many students of the class reached it by its day, or by today."""

    milestone: Milestone
    students: int
    is_past: bool


@dataclass(frozen=True)
class Board:
    """A cohort's students, those who left apart, with the plan to date for each."""

    cohort: Cohort
    today: date
    rows: list[BoardRow]
    withdrawn: list[BoardRow]
    planned: int
    milestones: list[Reached] = field(default_factory=list)

    @property
    def has_ended(self) -> bool:
        return self.today > self.cohort.term.ends_on

    @property
    def week(self) -> int:
        """Which week of the term it is, from 1; none once it has ended or before it begins."""
        return 0 if self.has_ended else (self.today - self.cohort.term.starts_on).days // 7 + 1

    @property
    def weeks(self) -> int:
        term = self.cohort.term
        return (term.ends_on - term.starts_on).days // 7 + 1

    @property
    def needing(self) -> list[NeedsWord]:
        return [row.needs for row in self.rows if row.needs]

    @property
    def foremost(self) -> list[NeedsWord]:
        return foremost(self.needing, len(self.rows))

    @property
    def held(self) -> int:
        return sum(row.held for row in self.rows)

    @property
    def practice(self) -> int:
        return sum(row.at.practice for row in self.rows)

    @property
    def planned_in_all(self) -> int:
        return self.planned * len(self.rows)

    @property
    def thanked_on_time(self) -> Proportion:
        return proportion(sum(row.at.thanked_on_time for row in self.rows), self.held)

    @property
    def ready(self) -> Proportion:
        return proportion(sum(row.at.ready for row in self.rows), self.held)


def class_board(cohort: Cohort, now: datetime) -> Board:
    """Return the board of a cohort as of `now`; the number of queries does not grow with it."""
    today = local_date(now, institution_zone())
    steps = defaultdict(list)
    for step in next_steps_of_class(cohort, now):
        steps[step.student].append(step)
    at_rest = _at_rest(cohort, today)
    days_off = {day for (day,) in _days_off_of.rows(cohort.pk, today)}
    weeks = week_ends(cohort.term, today)
    plan = [cohort.planned_by(end) for end in weeks]
    ends = [_end_of(day) for day in weeks]
    rows = []
    for at in figures_of(cohort, now):
        facts = _facts(at, cohort, steps[at.student], now, days_off)
        line = Sparkline(actual=[bisect_left(at.held_at, end) for end in ends], plan=plan)
        resting = at_rest.get(at.student, set())
        rows.append(_row(facts, steps[at.student], line, plan[-1], resting))
    gone = [row for row in rows if is_gone(row.at, today)]
    here = [row for row in rows if not is_gone(row.at, today)]
    return Board(cohort, today, here, gone, plan[-1], _milestones(cohort, here, today))


def is_gone(at: Figures, today: date) -> bool:
    return at.withdrawn_on is not None and at.withdrawn_on <= today


def week_ends(term: Term, today: date) -> list[date]:
    """Return the last day of each week of the term so far, the running one cut off at today."""
    last = min(today, term.ends_on)
    weeks = max((last - term.starts_on).days // 7 + 1, 1)
    return [min(term.starts_on + timedelta(days=7 * n + 6), last) for n in range(weeks)]


def _facts(
    at: Figures, cohort: Cohort, steps: Iterable[NextStep], now: datetime, days_off: set[date]
) -> Facts:
    term = cohort.term
    return Facts(
        at,
        [step for step in steps if step.kind == StepKind.THANK and step.is_overdue(now)],
        now,
        institution_zone(),
        term.starts_on,
        term.ends_on,
        cohort.goal,
        days_off,
    )


def _row(
    facts: Facts, steps: Sequence[NextStep], line: Sparkline, planned: int, resting: set[str]
) -> BoardRow:
    at, last = facts.at, facts.last_active_on
    kinds = {step.kind for step in steps}
    found = [] if is_gone(at, facts.today) else reasons(facts, resting)
    return BoardRow(
        at=at,
        name=at.name,
        held=at.held,
        ahead=at.held - planned,
        step=STEPS.index(current_step(at, kinds)) + 1,
        # What is owed to somebody; a purpose still empty keeps nobody waiting.
        overdue=sum(step.is_overdue(facts.now) for step in steps if step.contact),
        open_thank_yous=sum(step.kind == StepKind.THANK for step in steps),
        quiet_days=(facts.today - last).days if last else None,
        last_active_on=last,
        sparkline=line,
        needs=NeedsWord(at.student, at.name, found) if found else None,
    )


def _at_rest(cohort: Cohort, today: date) -> dict[int, set[str]]:
    """Return for each student which flags rest today, since a counselor has spoken with them."""
    at_rest: dict[int, set[str]] = defaultdict(set)
    for student, flags in _spoken_of.rows(cohort.pk, today):
        at_rest[student].update(flags)
    return at_rest


def _milestones(cohort: Cohort, rows: list[BoardRow], today: date) -> list[Reached]:
    milestones = []
    for day, number in _milestones_of.rows(cohort.pk):
        end = _end_of(day)
        students = sum(bisect_left(row.at.held_at, end) >= number for row in rows)
        milestone = Milestone(due_on=day, conversations=number)
        milestones.append(Reached(milestone, students, is_past=day < today))
    return milestones


def _end_of(day: date) -> float:
    """Return the moment at which a day of the institution's ends, in seconds since 1970."""
    return start_of_day(day + timedelta(days=1), institution_zone()).timestamp()


def _days_off(key: int, today: date) -> QuerySet[Any, Any]:
    begins = Cohort.objects.filter(pk=key).values_list("term__starts_on")
    return (
        Holiday.objects.filter(day__gte=Subquery(begins), day__lte=today)
        .order_by()
        .values_list("day")
    )


_days_off_of = Prepared(_days_off, of_day=True)
_spoken_of = Prepared(
    lambda key, today: (
        WordSpoken.objects.filter(cohort=key, rests_until__gt=today)
        .order_by()
        .values_list("student_id", "reasons")
    ),
    of_day=True,
)
_milestones_of = Prepared(
    lambda key, _: (
        Milestone.objects.filter(cohort=key)
        .order_by("due_on")
        .values_list("due_on", "conversations")
    )
)
