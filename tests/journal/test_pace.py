"""The pace of a student: this week's part of the goal, milestones, and the planner."""

from datetime import date, timedelta

import pytest

from apps.journal.pace import pace_in, pace_of
from apps.journal.plan import PlanForm
from tests.clock import NOW, TODAY, ago
from tests.meetings.factories import MeetingFactory
from tests.students.factories import HolidayFactory, MilestoneFactory

pytestmark = pytest.mark.django_db


def hold(student, *days):
    for day in days:
        MeetingFactory(student=student, thanked=True, starts_at=ago(days=day))


def test_plans_the_running_week_on_monday_and_counts_what_was_held_in_it(ana, cohort):
    cohort.goal = 12
    cohort.save()
    hold(ana, 1, 20, 30)  # a Tuesday, and before
    pace = pace_of(ana, TODAY)
    assert pace.since == date(2025, 10, 13)
    assert pace.weeks[0].starts_on == pace.since
    assert sum(week.target for week in pace.weeks) == 10
    assert (pace.held_this_week, pace.weeks[0].target) == (1, 2)
    assert pace.weeks[-1].ends_on == cohort.term.ends_on


def test_spreads_missed_weeks_over_those_that_are_left(ana, cohort):
    early, late = (pace_in(cohort, ana, TODAY + timedelta(days=days)) for days in (0, 28))
    assert sum(week.target for week in early.weeks) == cohort.goal
    assert sum(week.target for week in late.weeks) == cohort.goal
    assert late.weeks[0].target > early.weeks[0].target


def test_asks_less_of_a_week_with_days_off(ana, cohort):
    before = pace_of(ana, TODAY).weeks[0].target
    for day in range(7):
        HolidayFactory(day=date(2025, 10, 13) + timedelta(days=day))
    assert before > pace_of(ana, TODAY).weeks[0].target == 0


def test_has_no_plan_once_the_term_is_over(ana, cohort):
    assert pace_in(cohort, ana, cohort.term.ends_on + timedelta(days=1)).weeks == []


def test_says_how_far_the_next_milestone_is(ana, cohort, ana_client):
    MilestoneFactory(cohort=cohort, conversations=1, due_on=TODAY - timedelta(days=5))
    MilestoneFactory(cohort=cohort, conversations=3, due_on=TODAY)
    hold(ana, 2, 9)
    pace = pace_of(ana, TODAY)
    assert (pace.milestone.conversations, pace.to_milestone) == (3, 1)
    assert "3 held by October 15: 1 to go." in ana_client.get("/today/").text
    hold(ana, 1)
    assert pace_of(ana, TODAY).to_milestone == 0


def test_holds_to_the_last_milestone_once_its_day_has_passed(ana, cohort):
    MilestoneFactory(cohort=cohort, conversations=3, due_on=TODAY - timedelta(days=5))
    hold(ana, 1, 2, 3)  # all of them later
    pace = pace_of(ana, TODAY)
    assert (pace.milestone.conversations, pace.to_milestone) == (3, 3)


def test_says_on_today_what_this_week_asks_for(ana_client, ana, cohort):
    hold(ana, 1)
    assert (
        "This week 1 of 2, then 1 or 2 a week until December 12." in ana_client.get("/today/").text
    )


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "Plan your weeks"),
        ("?goal=26&by=2026-04-15", "And so on until April 15, 2026."),
        ("?goal=125&by=2025-10-19", '<td class="n">125</td>'),
        ("?goal=26&by=2025-10-01", "Choose a day to come"),
        ("?goal=0&by=2026-04-15", "is-invalid"),
        ("?goal=x&by=y", "is-invalid"),
    ],
)
def test_plans_any_goal_by_any_day_and_saves_nothing(ana_client, query, words):
    assert words in ana_client.get(f"/progress/{query}").text


def test_begins_the_planner_with_what_the_term_leaves(ana, cohort):
    hold(ana, 1, 2)
    plan = PlanForm(pace=pace_of(ana, TODAY), today=TODAY)
    assert sum(week.target for week in plan.weeks) == cohort.goal - 2
    free = PlanForm(pace=None, today=TODAY)
    assert sum(week.target for week in free.weeks) == 26
    assert {week.target for week in free.weeks[1:-1]} == {1}
    assert NOW.date() == TODAY
