from datetime import timedelta

import pytest

from apps.common.localtime import start_of_day
from apps.contacts.fingerprints import fingerprint
from apps.meetings.models import Status
from apps.outreach.actions.attempts import record_reply
from apps.outreach.follow_up import FORGOTTEN_AFTER
from apps.outreach.models import Channel, Reply
from apps.outreach.next_steps import next_steps
from apps.reminders.next_steps import next_steps as all_steps
from apps.reminders.next_steps import next_steps_of
from apps.students.models import FollowUpPolicy, Student, institution_zone
from apps.students.next_steps import NextStep, StepKind
from tests.clock import NOW, TODAY, ago
from tests.contacts.factories import ContactFactory, WishFactory
from tests.meetings.factories import MeetingFactory
from tests.outreach.factories import AttemptFactory, ContactAnswerFactory, TouchFactory
from tests.students.factories import CohortFactory, EnrolmentFactory

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
        due_at=start_of_day(TODAY + timedelta(days=1), institution_zone()),
    )
    opens = start_of_day(TODAY, institution_zone())
    assert len(steps(opens)) == 1
    assert steps(opens - timedelta(seconds=1)) == []


@pytest.mark.parametrize("reply", Reply)
def test_stops_at_a_reply(reply):
    record_reply(attempt=AttemptFactory(), reply=reply, now=NOW)
    assert steps() == []


def test_waits_a_week_from_the_latest_note():
    first = AttemptFactory(sent_at=ago(days=20))
    AttemptFactory(contact=first.contact, sent_at=ago(days=2))
    assert steps() == []
    (step,) = steps(ago(days=2) + timedelta(days=7))
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


def test_stops_asking_after_some_months():
    attempt = AttemptFactory()
    assert len(steps(attempt.sent_at + FORGOTTEN_AFTER)) == 1
    assert steps(attempt.sent_at + FORGOTTEN_AFTER + timedelta(seconds=1)) == []


def test_asks_once_about_two_notes_of_one_moment():
    attempt = AttemptFactory()
    AttemptFactory(contact=attempt.contact, sent_at=attempt.sent_at, channel=Channel.PHONE)
    assert len(steps()) == 1


def test_asks_again_on_the_day_that_they_named():
    attempt = AttemptFactory(
        reply=Reply.LATER, replied_at=ago(days=8), sent_at=ago(days=9), ask_again_on=TODAY
    )
    (step,) = steps()
    assert (step.kind, step.subject) == (StepKind.ASK_AGAIN, attempt.pk)
    assert steps(ago(days=1)) == []


def test_asks_for_somebody_else_there_where_the_policy_does():
    attempt = AttemptFactory(sent_at=ago(days=5))
    assert steps() == []
    EnrolmentFactory(
        student=attempt.student,
        cohort=CohortFactory(follow_up_policy=FollowUpPolicy.THREE_AND_SEVEN),
    )
    assert [(step.kind, step.subject) for step in steps()] == [(StepKind.TRY_ELSEWHERE, attempt.pk)]


def test_asks_for_news_once_nobody_was_in_touch_for_a_season():
    touch = TouchFactory(happened_at=ago(days=90))
    (step,) = steps()
    assert (step.kind, step.contact) == (StepKind.KEEP_IN_TOUCH, touch.contact_id)
    assert step.happened_at == touch.happened_at


@pytest.mark.parametrize("wish", [{"is_never": True}, {"paused_until": TODAY}])
def test_asks_for_no_note_to_somebody_who_wants_none(wish):
    attempt = AttemptFactory()
    other = AttemptFactory(student=attempt.student)
    WishFactory(fingerprint=fingerprint(attempt.contact.email), **wish)
    found = all_steps(Student.objects.all(), NOW)
    assert [step.subject for step in found] == [other.pk]
    assert [step.subject for step in next_steps_of(attempt.student, NOW)] == [other.pk]


def test_asks_to_take_one_of_the_times_that_they_suggest():
    answer = ContactAnswerFactory(answered_at=ago(days=1))
    (step,) = [step for step in steps() if step.kind == StepKind.TAKE_A_TIME]
    assert (step.subject, step.contact) == (answer.pk, answer.link.contact_id)
    assert step.due_at == NOW
