from datetime import UTC, datetime, timedelta

import pytest

from apps.common.localtime import local_date
from apps.meetings.pace import behind_pace
from apps.reminders.next_steps import next_steps
from apps.students.models import Student, institution_zone
from apps.students.next_steps import NextStep, StepKind
from tests.clock import NOW, TODAY, ago
from tests.meetings.factories import MeetingFactory
from tests.students.factories import EnrolmentFactory, TermFactory

pytestmark = pytest.mark.django_db

# NOW lies in the eighth week, which began on Monday, October 13: of 12 conversations in 109 days
# the plan is five by then, and asks for 0.8 a week.
WEEK_BEGAN = datetime(2025, 10, 13, 4, tzinfo=UTC)


def steps(now=NOW):
    return [s for s in next_steps(Student.objects.all(), now) if s.kind == StepKind.KEEP_PACE]


def hold(student, number, **values):
    MeetingFactory.create_batch(number, student=student, thanked=True, **values)


def test_says_by_how_many_the_plan_of_the_week_is_ahead():
    enrolment = EnrolmentFactory()
    hold(enrolment.student, 3)
    assert steps() == [
        NextStep(
            kind=StepKind.KEEP_PACE,
            student=enrolment.student_id,
            subject=enrolment.pk,
            contact=None,
            contact_name="",
            organization="",
            happened_at=WEEK_BEGAN,
            due_at=datetime(2025, 10, 20, 3, 59, tzinfo=UTC),
            detail="2",
        )
    ]


def test_ends_with_the_conversation_that_was_missing():
    enrolment = EnrolmentFactory()
    hold(enrolment.student, 4)
    assert [step.detail for step in steps()] == ["1"]
    hold(enrolment.student, 1)
    assert not steps()


def test_leaves_out_practice_what_fell_through_and_other_terms():
    enrolment = EnrolmentFactory()
    hold(enrolment.student, 4)
    MeetingFactory(student=enrolment.student, practice=True)
    MeetingFactory(student=enrolment.student, missed=True)
    hold(enrolment.student, 1, starts_at=datetime(2025, 8, 25, 3, 59, tzinfo=UTC))
    assert [step.detail for step in steps()] == ["1"]


def test_leaves_alone_who_lacks_less_than_a_whole_week():
    enrolment = EnrolmentFactory(cohort__goal=46)  # 20 by October 13, and 2.95 a week
    hold(enrolment.student, 18)
    assert not steps()
    enrolment.student.meetings.first().delete()
    assert [step.detail for step in steps()] == ["3"]


def test_judges_once_a_week_and_changes_nothing_in_between():
    EnrolmentFactory()
    days = [step for n in range(7) for step in steps(WEEK_BEGAN + timedelta(days=n, hours=1))]
    assert {(step.happened_at, step.detail) for step in days} == {(WEEK_BEGAN, "5")}
    (later,) = steps(WEEK_BEGAN + timedelta(days=7, hours=1))
    assert (later.happened_at, later.detail) == (WEEK_BEGAN + timedelta(days=7), "6")
    assert not later.is_overdue(WEEK_BEGAN + timedelta(days=7, hours=1))


@pytest.mark.parametrize(("days", "is_asked"), [(6, False), (7, True)])
def test_leaves_the_first_week_in_peace(days, is_asked):
    EnrolmentFactory(cohort__goal=109, enrolled_on=TODAY - timedelta(days=days))
    assert bool(steps()) is is_asked


def test_ends_with_the_term():
    EnrolmentFactory()
    assert steps(datetime(2025, 12, 12, 20, tzinfo=UTC))
    assert not steps(datetime(2025, 12, 13, 20, tzinfo=UTC))


def test_asks_nobody_in_a_term_of_a_single_day():
    term = TermFactory(starts_on=TODAY, census_on=TODAY, ends_on=TODAY, closes_on=TODAY)
    EnrolmentFactory(cohort__term=term)
    assert not steps()


def test_plans_as_the_class_board_does():
    enrolment = EnrolmentFactory()
    for days in range(14, 100):
        now = enrolment.cohort.term.starts_on - TODAY + timedelta(days=days) + NOW
        place = behind_pace(Student.objects.all(), now).get()
        assert place.week_begins_on <= local_date(now, institution_zone())
        assert place.missing == enrolment.cohort.planned_by(place.week_begins_on)


def test_forgets_what_lies_ahead_of_the_moment():
    enrolment = EnrolmentFactory()
    hold(enrolment.student, 5, starts_at=ago(days=1))
    assert [step.detail for step in steps(ago(days=2))] == ["5"]
