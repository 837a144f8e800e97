from datetime import datetime, timedelta

import pytest
from django.test import Client

from apps.mail.models import Reason
from apps.metrics.nudge_effect import nudge_effect
from apps.metrics.statistics import difference, proportion
from apps.students.models import Cohort, Student
from tests.clock import NOW, ago
from tests.coaching.factories import NudgeFactory
from tests.outreach.factories import AttemptFactory
from tests.students.factories import EnrolmentFactory, StudentFactory

pytestmark = pytest.mark.django_db

MONDAY = datetime(2025, 10, 6, 15, tzinfo=NOW.tzinfo)


def student_of(cohort: Cohort) -> Student:
    return EnrolmentFactory(cohort=cohort, student=StudentFactory(with_account=True)).student


def nudge(cohort: Cohort, student: Student, at: datetime = MONDAY) -> None:
    NudgeFactory(cohort=cohort, student=student, delivered=True, queued_at=at)


def act(student: Student, at: datetime) -> None:
    AttemptFactory(student=student, sent_at=at)


def test_counts_who_acts_within_three_days(cohort: Cohort) -> None:
    students = [student_of(cohort) for _ in range(4)]
    for student in students:
        nudge(cohort, student)
    act(students[0], MONDAY + timedelta(minutes=1))
    act(students[1], MONDAY + timedelta(days=3))
    act(students[2], MONDAY + timedelta(days=3, minutes=1))
    act(students[3], MONDAY - timedelta(minutes=1))
    effect = nudge_effect(cohort, NOW)
    assert effect.nudged == proportion(2, 4)
    assert effect.quiet == proportion(2, 3)  # the last one had not been quiet
    assert (effect.weeks, effect.running, effect.waiting) == (1, 0, 0)


def test_looks_at_the_others_from_the_middle_nudge_of_the_week_on(cohort: Cohort) -> None:
    nudged = [student_of(cohort) for _ in range(3)]
    for number, student in enumerate(nudged):
        nudge(cohort, student, MONDAY + timedelta(days=number))
    act(nudged[0], MONDAY + timedelta(hours=1))
    middle = MONDAY + timedelta(days=1)
    others = [student_of(cohort) for _ in range(4)]
    act(others[0], middle + timedelta(hours=1))
    act(others[1], middle - timedelta(hours=1))  # was not quiet
    act(others[2], middle + timedelta(days=4))
    effect = nudge_effect(cohort, NOW)
    assert effect.quiet == proportion(1, 3)
    assert effect.others == proportion(1, 3)
    assert effect.change == difference(proportion(1, 3), proportion(1, 3))


@pytest.mark.parametrize(
    ("days", "is_among_them"), [(-8, True), (-6, False), (0, False), (2, False), (4, True)]
)
def test_keeps_apart_whom_a_nudge_reached_at_about_that_time(
    cohort: Cohort, other_cohort: Cohort, days: int, is_among_them: bool
) -> None:
    nudge(cohort, student_of(cohort))
    other = student_of(cohort)
    nudge(other_cohort, other, MONDAY + timedelta(days=days))
    assert nudge_effect(cohort, NOW).others.n == is_among_them


def test_looks_at_those_only_who_were_in_the_class(cohort: Cohort, other_cohort: Cohort) -> None:
    nudge(cohort, student_of(cohort))
    student_of(other_cohort)
    day = MONDAY.date()
    EnrolmentFactory(cohort=cohort, enrolled_on=day + timedelta(days=1))
    EnrolmentFactory(cohort=cohort, withdrawn_on=day)
    EnrolmentFactory(cohort=cohort, withdrawn_on=day + timedelta(days=1))
    assert nudge_effect(cohort, NOW).others.n == 1


def test_waits_for_the_three_days_and_says_what_became_of_the_rest(cohort: Cohort) -> None:
    nudge(cohort, student_of(cohort), ago(days=2, hours=23))
    NudgeFactory(cohort=cohort)
    for reason in (Reason.NO_NEED, Reason.WEEK_IS_FULL):
        NudgeFactory(cohort=cohort, mail__cancelled=True, mail__reason=reason)
    NudgeFactory(cohort=cohort, mail__expired=True)
    effect = nudge_effect(cohort, NOW)
    assert (effect.nudged.n, effect.others.n, effect.running, effect.waiting) == (0, 0, 1, 1)
    assert effect.change is None
    assert effect.fates == [
        ("not delivered", 1),
        ("not sent, as the student acted first or had left", 1),
        ("not sent, as the week had mails enough", 1),
    ]


def test_shows_both_shares_and_claims_no_cause(counselor_client: Client, cohort: Cohort) -> None:
    url = f"/classes/{cohort.pk}/nudges/"
    assert "No nudge has been out for three days yet." in counselor_client.get(url).content.decode()
    for number in range(6):
        student = student_of(cohort)
        if number < 3:
            nudge(cohort, student)
        if number < 2:
            act(student, MONDAY + timedelta(hours=3))
    page = counselor_client.get(url).content.decode()
    assert "After 2 of 3 nudges the student did something" in page
    assert "+66.7 points" in page
    assert "2 of 3 against 0 of 3" in page
    assert "It is no measure of what a nudge does" in page


def test_asks_four_times_however_many_there_are(
    cohort: Cohort, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    for number in range(12):
        student = student_of(cohort)
        if number % 2:
            nudge(cohort, student)
            nudge(cohort, student, MONDAY - timedelta(days=7))
    with django_assert_num_queries(4):  # type: ignore[operator]
        nudge_effect(cohort, NOW)
