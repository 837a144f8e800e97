"""How a student stands against the goal of the term, as plain values for the chart and the words.

The plan rises evenly from the first day of the term to its last.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from apps.common.charts import PaceChart, PacePoint
from apps.common.localtime import local_date, start_of_day
from apps.meetings.models import Meeting
from apps.students.models import (
    Cohort,
    Enrolment,
    Holiday,
    Milestone,
    Student,
    institution_zone,
)
from apps.students.pace import Week, monday_of, weekly_targets


@dataclass(frozen=True)
class Pace:
    """`held_on` holds the day of each conversation that counts, sorted, up to today."""

    goal: int
    planned: int
    held_on: list[date]
    starts_on: date
    ends_on: date
    today: date
    days_off: Collection[date] = ()
    milestones: list[Milestone] = field(default_factory=list)

    @property
    def held(self) -> int:
        return len(self.held_on)

    @property
    def ahead(self) -> int:
        """How many conversations beyond the plan; negative when behind."""
        return self.held - self.planned

    @property
    def behind(self) -> int:
        return max(-self.ahead, 0)

    @property
    def since(self) -> date:
        """The day on which the running week began, or will."""
        return max(monday_of(self.today), self.starts_on)

    @cached_property
    def weeks(self) -> list[Week]:
        """The weeks to the end of the term, planned on Monday from what was left then."""
        if self.today > self.ends_on:
            return []
        left = self.goal - sum(day < self.since for day in self.held_on)
        return weekly_targets(left=left, since=self.since, by=self.ends_on, days_off=self.days_off)

    @property
    def held_this_week(self) -> int:
        return sum(day >= self.since for day in self.held_on)

    @property
    def later(self) -> tuple[int, int] | None:
        """The least and the most of a full week after this one; None if there is none."""
        targets = [week.target for week in self.weeks[1:-1] or self.weeks[1:]]
        return (min(targets), max(targets)) if targets else None

    @property
    def milestone(self) -> Milestone | None:
        """The next milestone, or the last one if its day has passed."""
        ahead = [row for row in self.milestones if row.due_on >= self.today]
        return next(iter(ahead or self.milestones[-1:]), None)

    @property
    def to_milestone(self) -> int:
        """How many conversations the milestone still asks for, held by its day."""
        milestone = self.milestone
        if milestone is None:
            return 0
        held = sum(day <= milestone.due_on for day in self.held_on)
        return max(milestone.conversations - held, 0)

    @property
    def chart(self) -> PaceChart:
        return PaceChart(
            id="pace-chart",
            title="Conversations held against the plan",
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            today=min(self.today, self.ends_on),
            actual=[PacePoint(day, number) for number, day in enumerate(self.held_on, start=1)],
            plan=[PacePoint(self.starts_on, 0), PacePoint(self.ends_on, self.goal)],
            actual_word="held",
        )


def pace_of(student: Student, day: date) -> Pace | None:
    """Return a student's pace in the current term; None between terms."""
    enrolment = (
        Enrolment.objects.current(day)
        .filter(student=student)
        .select_related("cohort__term")
        .order_by("-cohort__term__starts_on", "pk")
        .first()
    )
    return pace_in(enrolment.cohort, student, day) if enrolment else None


def pace_in(cohort: Cohort, student: Student, day: date) -> Pace:
    """Return a student's pace in one class as of a day."""
    term, zone = cohort.term, institution_zone()
    moments = (
        Meeting.objects.held()
        .filter(
            student=student,
            starts_at__gte=start_of_day(term.starts_on, zone),
            starts_at__lt=start_of_day(term.closes_on + timedelta(days=1), zone),
        )
        .order_by("starts_at")
        .values_list("starts_at", flat=True)
    )
    days_off = Holiday.objects.filter(day__range=(term.starts_on, term.ends_on))
    return Pace(
        goal=cohort.goal,
        planned=cohort.planned_by(day),
        held_on=[local_date(moment, zone) for moment in moments],
        starts_on=term.starts_on,
        ends_on=term.ends_on,
        today=day,
        days_off=set(days_off.order_by().values_list("day", flat=True)),
        milestones=list(cohort.milestones.order_by("due_on")),
    )
