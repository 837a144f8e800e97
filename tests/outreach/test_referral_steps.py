"""The step to write to whom somebody named."""

from datetime import UTC, datetime, timedelta

import pytest

from apps.outreach.next_steps import ASKED_FOR, next_steps
from apps.students.models import Student
from apps.students.next_steps import NextStep, StepKind
from tests.clock import NOW, TODAY, ago
from tests.contacts.factories import ContactFactory
from tests.meetings.factories import MeetingFactory
from tests.outreach.factories import AttemptFactory

pytestmark = pytest.mark.django_db

END_OF_TODAY = datetime(2025, 10, 16, 3, 59, tzinfo=UTC)


def steps(now=NOW):
    rows = [row for rows in next_steps(Student.objects.all(), now) for row in rows]
    return [
        step for step in (NextStep(*row) for row in rows) if step.kind == StepKind.WRITE_TO_REFERRAL
    ]


def referral(**fields):
    giver = ContactFactory(name="Dana Whitfield")
    named = {"introduced_by": giver, "introduced_on": TODAY, "listed_on": TODAY, **fields}
    return ContactFactory(student=giver.student, name="Ruth Adeyemi", **named)


def test_asks_to_write_within_a_week_of_the_introduction():
    contact = referral()
    assert steps() == [
        NextStep(
            StepKind.WRITE_TO_REFERRAL,
            contact.student_id,
            contact.pk,
            contact.pk,
            "Ruth Adeyemi",
            contact.organization,
            happened_at=END_OF_TODAY,
            due_at=END_OF_TODAY + timedelta(days=7),
            detail="Dana Whitfield",
        )
    ]


@pytest.mark.parametrize("begun_with", [AttemptFactory, MeetingFactory])
def test_is_done_once_something_has_begun(begun_with):
    begun_with(contact=referral())
    assert not steps()


@pytest.mark.parametrize(
    "fields", [{"introduced_by": None, "introduced_on": None}, {"archived_at": ago(days=1)}]
)
def test_asks_for_nobody_who_was_not_named_or_rests(fields):
    referral(**fields)
    assert not steps()


def test_counts_from_whichever_came_last_and_stops_after_two_months():
    referral(introduced_on=None)
    assert steps()
    referral(introduced_on=TODAY - timedelta(days=90))
    assert len(steps()) == 2
    assert len(steps(END_OF_TODAY + ASKED_FOR)) == 2
    assert not steps(END_OF_TODAY + ASKED_FOR + timedelta(seconds=1))
