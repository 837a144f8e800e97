"""Nobody is led to write to a person who asked to be erased."""

import pytest

from apps.reminders.next_steps import next_steps
from apps.students.models import Student
from apps.students.next_steps import StepKind
from tests.clock import NOW
from tests.contacts.factories import ContactFactory
from tests.meetings.factories import MeetingFactory
from tests.outreach.factories import AttemptFactory


@pytest.mark.django_db
@pytest.mark.parametrize("is_erased", [False, True])
def test_asks_for_no_note_to_an_erased_person(is_erased: bool) -> None:
    contact, noted = ContactFactory.create_batch(2, erased=is_erased)
    AttemptFactory(contact=noted)
    MeetingFactory(contact=contact, held=True)
    MeetingFactory(contact=contact, begun=True)
    kinds = {step.kind for step in next_steps(Student.objects.all(), NOW)}
    notes = {StepKind.FOLLOW_UP, StepKind.THANK, StepKind.DEBRIEF}
    assert kinds == {StepKind.SAY_HOW_IT_WENT} | (set() if is_erased else notes)
