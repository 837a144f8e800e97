from datetime import UTC, datetime, timedelta

import pytest

from apps.contacts.next_steps import next_steps
from apps.students.models import Student
from apps.students.next_steps import NextStep, StepKind
from tests.clock import NOW, TODAY
from tests.contacts.factories import ContactFactory
from tests.students.factories import CampaignFactory, EnrolmentFactory, StudentFactory

pytestmark = pytest.mark.django_db


def steps(now=NOW):
    return [NextStep(*row) for rows in next_steps(Student.objects.all(), now) for row in rows]


def test_asks_for_the_purpose_first_within_a_week_of_the_enrolment():
    enrolment = EnrolmentFactory(enrolled_on=TODAY - timedelta(days=2))
    assert steps() == [
        NextStep(
            kind=StepKind.SET_UP_CAMPAIGN,
            student=enrolment.student_id,
            subject=enrolment.pk,
            contact=None,
            contact_name="",
            organization="",
            happened_at=datetime(2025, 10, 13, 4, tzinfo=UTC),
            due_at=datetime(2025, 10, 21, 3, 59, tzinfo=UTC),
            detail="purpose",
        )
    ]


def test_then_asks_for_five_names():
    student = EnrolmentFactory().student
    CampaignFactory(student=student)
    ContactFactory.create_batch(4, student=student)
    (step,) = steps()
    assert step.detail == "people"
    ContactFactory(student=student)
    assert not steps()


def test_takes_a_campaign_without_a_purpose_for_none():
    student = EnrolmentFactory().student
    CampaignFactory(student=student, purpose="")
    ContactFactory.create_batch(5, student=student)
    (step,) = steps()
    assert step.detail == "purpose"


def test_counts_from_the_first_day_of_the_term_for_who_enrolled_before():
    EnrolmentFactory(enrolled_on=datetime(2025, 5, 1, tzinfo=UTC).date())
    (step,) = steps()
    assert step.happened_at == datetime(2025, 8, 25, 4, tzinfo=UTC)


def test_asks_nobody_who_is_in_no_class_now():
    StudentFactory()
    EnrolmentFactory(withdrawn=True)
    EnrolmentFactory(cohort__term__finished=True)
    EnrolmentFactory(enrolled_on=TODAY + timedelta(days=1))
    assert not steps()


def test_asks_once_who_is_in_two_classes():
    first = EnrolmentFactory()
    EnrolmentFactory(student=first.student, cohort__term=first.cohort.term)
    assert [step.subject for step in steps()] == [first.pk]
