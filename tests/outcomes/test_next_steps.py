from datetime import UTC, datetime, time, timedelta

import pytest

from apps.outcomes.models import Status
from apps.outcomes.next_steps import ASKED_EVERY, FORGOTTEN_AFTER, next_steps
from apps.students.models import Student
from apps.students.next_steps import NextStep, StepKind
from tests.clock import NOW, TODAY
from tests.outcomes.factories import OfferFactory
from tests.students.factories import StudentFactory

pytestmark = pytest.mark.django_db


def steps(now=NOW):
    return [NextStep(*row) for rows in next_steps(Student.objects.all(), now) for row in rows]


def in_days(number):
    return TODAY + timedelta(days=number)


def new_york(day, hour=0, minute=0):
    """Return the moment in October, when New York is four hours behind."""
    return datetime.combine(day, time(hour, minute), UTC) + timedelta(hours=4)


def test_asks_how_an_offer_ended_two_weeks_after_it_came():
    offer = OfferFactory(through_contact=True)
    (step,) = steps()
    assert step == NextStep(
        kind=StepKind.CONFIRM_OFFER,
        student=offer.student_id,
        subject=offer.pk,
        contact=None,
        contact_name="",
        organization="Harbor & Sons",
        happened_at=new_york(in_days(-14)),
        due_at=new_york(in_days(7), 23, 59),
    )
    assert not steps(NOW - timedelta(days=1))


@pytest.mark.parametrize("status", [Status.DECLINED, Status.RESCINDED])
def test_asks_nothing_about_an_offer_that_has_ended(status):
    OfferFactory(status=status)
    OfferFactory(accepted=True)
    assert not steps()


def test_asks_again_two_weeks_after_it_was_said_to_be_open():
    offer = OfferFactory(received_on=in_days(-60), still_open_on=in_days(-ASKED_EVERY + 1))
    assert not steps()
    (step,) = steps(NOW + timedelta(days=1))
    assert step.subject == offer.pk


def test_lets_an_offer_go_after_half_a_year():
    offer = OfferFactory(received_on=in_days(-FORGOTTEN_AFTER))
    OfferFactory(received_on=in_days(-FORGOTTEN_AFTER - 1))
    assert [step.subject for step in steps()] == [offer.pk]


@pytest.mark.parametrize(
    ("zone", "is_asked"), [("Pacific/Auckland", True), ("America/Lima", False)]
)
def test_counts_the_days_on_the_students_own_calendar(zone, is_asked):
    student = StudentFactory(with_account=True, user__time_zone=zone)
    OfferFactory(student=student, received_on=in_days(-ASKED_EVERY + 1))
    assert bool(steps(datetime.combine(TODAY, time(20), UTC))) is is_asked
