from datetime import date, timedelta

import pytest

from apps.metrics.class_board import class_board, week_ends
from tests.clock import NOW, TODAY, ago, ahead
from tests.contacts.factories import ContactFactory
from tests.meetings.factories import MeetingFactory
from tests.outreach.factories import AttemptFactory
from tests.students.factories import EnrolmentFactory, MilestoneFactory, StudentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def student(cohort):
    return EnrolmentFactory(
        cohort=cohort, student=StudentFactory(given_name="Lin", family_name="")
    ).student


def row_of(cohort):
    (row,) = class_board(cohort, NOW).rows
    return row


def test_counts_what_was_held_thanked_and_prepared(cohort, student):
    contact = ContactFactory(student=student)
    MeetingFactory(contact=contact, thanked=True, is_ready=True)
    MeetingFactory(contact=contact, held=True)
    MeetingFactory(contact=contact, practice=True)
    MeetingFactory(contact=contact, starts_at=ahead(days=1))
    MeetingFactory(contact=contact, thanked=True, starts_at=ago(days=200))
    row = row_of(cohort)
    assert row.name == "Lin"
    assert (row.held, row.at.thanked_on_time, row.at.ready, row.at.upcoming) == (2, 1, 1, 1)
    assert row.ahead == 2 - cohort.planned_by(TODAY)


def test_counts_practice_apart(cohort, student):
    MeetingFactory(student=student, practice=True, thank_you_sent_at=None)
    board = class_board(cohort, NOW)
    assert (board.held, board.practice) == (0, 1)
    assert board.ready.n == 0


def test_counts_open_thank_yous_and_what_is_overdue_like_the_students_own_list(cohort, student):
    MeetingFactory(student=student, held=True, starts_at=ago(hours=3))
    MeetingFactory(student=student, held=True, starts_at=ago(days=3))
    AttemptFactory(student=student)
    row = row_of(cohort)
    # Overdue are the older thank-you, the debrief of the same conversation and the follow-up. The
    # beginning that is still to be made keeps nobody waiting.
    assert (row.open_thank_yous, row.overdue) == (2, 3)


def test_says_how_long_a_student_has_been_quiet(cohort, student):
    assert row_of(cohort).quiet_days is None
    ContactFactory(student=student, listed_on=TODAY - timedelta(days=20))
    assert row_of(cohort).quiet_days == 20
    AttemptFactory(student=student, sent_at=ago(days=9))
    assert row_of(cohort).quiet_days == 9


def test_lists_who_withdrew_apart(cohort, student):
    gone = EnrolmentFactory(cohort=cohort, withdrawn=True).student
    board = class_board(cohort, NOW)
    assert [row.student for row in board.rows] == [student.pk]
    assert [row.student for row in board.withdrawn] == [gone.pk]


def test_ends_its_weeks_today_or_with_the_term(term):
    weeks = week_ends(term, TODAY)
    assert weeks[0] == date(2025, 8, 31)
    assert weeks[-1] == TODAY
    assert len(weeks) == 8
    assert week_ends(term, date(2026, 6, 1))[-1] == term.ends_on
    assert len(week_ends(term, term.starts_on - timedelta(days=90))) == 1


def test_counts_for_a_milestone_what_was_held_until_midnight_of_its_day(cohort, student):
    """The institution's midnight was 11 hours before NOW; what began then counts for its day."""
    MilestoneFactory(cohort=cohort, due_on=TODAY - timedelta(days=1), conversations=2)
    for hours in (11, 12, 13):
        MeetingFactory(student=student, held=True, starts_at=ago(hours=hours), minutes=15)
    board = class_board(cohort, NOW)
    assert [reached.students for reached in board.milestones] == [1]
    assert board.rows[0].at.held == 3
    assert board.rows[0].sparkline.actual[-1] == 3
    MilestoneFactory(cohort=cohort, due_on=TODAY - timedelta(days=2), conversations=1)
    assert class_board(cohort, NOW).milestones[0].students == 0


@pytest.mark.parametrize("students", [2, 25])
def test_costs_the_same_number_of_queries_for_many_students(
    cohort, students, django_assert_num_queries
):
    for _ in range(students):
        contact = ContactFactory(student=EnrolmentFactory(cohort=cohort).student)
        MeetingFactory(contact=contact, held=True)
        AttemptFactory(contact=contact)
    with django_assert_num_queries(5):
        class_board(cohort, NOW)
