from datetime import timedelta

import pytest

from apps.meetings.models import Status
from apps.outreach.actions import record_reply
from apps.outreach.models import Channel, Reply
from apps.outreach.next_steps import ASKED_FOR, WAIT, next_steps
from apps.students.models import Student
from apps.students.next_steps import NextStep, StepKind
from tests.clock import NOW, ago
from tests.contacts.factories import ContactFactory
from tests.meetings.factories import MeetingFactory
from tests.outreach.factories import AttemptFactory

pytestmark = pytest.mark.django_db


def steps(now=NOW):
    return [NextStep(*row) for rows in next_steps(Student.objects.all(), now) for row in rows]


def test_asks_to_follow_up_once_a_week_has_passed_without_a_word():
    attempt = AttemptFactory(sent_at=ago(days=7))
    (step,) = steps()
    assert step == NextStep(
        StepKind.FOLLOW_UP,
        attempt.student_id,
        attempt.pk,
        attempt.contact_id,
        attempt.contact.name,
        attempt.contact.organization,
        happened_at=attempt.sent_at,
        due_at=NOW,
    )
    assert steps(NOW - timedelta(seconds=1)) == []


@pytest.mark.parametrize("reply", Reply)
def test_stops_at_a_reply(reply):
    record_reply(attempt=AttemptFactory(), reply=reply, now=NOW)
    assert steps() == []


def test_waits_a_week_from_the_latest_note():
    first = AttemptFactory(sent_at=ago(days=20))
    AttemptFactory(contact=first.contact, sent_at=ago(days=2))
    assert steps() == []
    (step,) = steps(ago(days=2) + WAIT)
    assert step.happened_at == ago(days=2)


def test_takes_a_late_reply_to_an_earlier_note_for_an_answer():
    first = AttemptFactory(sent_at=ago(days=20))
    AttemptFactory(contact=first.contact, sent_at=ago(days=10), channel=Channel.LINKEDIN)
    assert len(steps()) == 1
    record_reply(attempt=first, reply=Reply.YES, now=ago(days=9))
    assert steps() == []


def test_follows_up_a_note_written_after_an_earlier_reply():
    first = AttemptFactory(answered=True, sent_at=ago(days=30))
    second = AttemptFactory(contact=first.contact, sent_at=ago(days=10))
    assert [step.subject for step in steps()] == [second.pk]


@pytest.mark.parametrize("status", [Status.SCHEDULED, Status.HELD])
def test_stops_once_a_conversation_is_set_after_the_note(status):
    attempt = AttemptFactory(sent_at=ago(days=10))
    MeetingFactory(contact=attempt.contact, starts_at=ago(days=11), status=status)
    assert len(steps()) == 1
    MeetingFactory(contact=attempt.contact, starts_at=ago(days=9), status=status)
    assert steps() == []


def test_takes_proposed_times_for_no_answer():
    attempt = AttemptFactory(sent_at=ago(days=10))
    MeetingFactory(contact=attempt.contact, proposed=True)
    assert [step.subject for step in steps()] == [attempt.pk]


def test_is_not_silenced_by_what_happened_with_somebody_else():
    attempt = AttemptFactory()
    other = ContactFactory(student=attempt.student)
    AttemptFactory(contact=other, answered=True, sent_at=ago(days=9))
    MeetingFactory(contact=other, held=True)
    assert [step.subject for step in steps()] == [attempt.pk]


def test_stops_asking_after_two_months():
    attempt = AttemptFactory()
    assert len(steps(attempt.sent_at + ASKED_FOR)) == 1
    assert steps(attempt.sent_at + ASKED_FOR + timedelta(seconds=1)) == []


def test_asks_once_about_two_notes_of_one_moment():
    attempt = AttemptFactory()
    AttemptFactory(contact=attempt.contact, sent_at=attempt.sent_at, channel=Channel.PHONE)
    assert len(steps()) == 1
