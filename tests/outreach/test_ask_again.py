"""Whoever said "later" is asked again on the day that was named, unless something came of it."""

from datetime import date, timedelta

import pytest

from apps.common.localtime import start_of_day
from apps.meetings.models import Meeting, Status
from apps.outreach import ask_again
from apps.outreach.actions.attempts import record_reply
from apps.outreach.models import Reply
from apps.students.models import Student
from tests.clock import NOW, TODAY, ago, ahead
from tests.contacts.factories import ContactFactory
from tests.meetings.factories import MeetingFactory
from tests.outreach.factories import AttemptFactory, TouchFactory
from tests.students.factories import StudentFactory

pytestmark = pytest.mark.django_db


def due(now=NOW):
    return set(ask_again.due(Student.objects.all(), now))


def later(on=TODAY, **attempt):
    return AttemptFactory(
        reply=Reply.LATER, sent_at=ago(days=40), replied_at=ago(days=38), ask_again_on=on, **attempt
    )


@pytest.mark.parametrize("zone", ["America/New_York", "Pacific/Auckland", "Asia/Kathmandu"])
def test_comes_when_the_day_begins_for_the_student(zone):
    student = StudentFactory(with_account=True, user__time_zone=zone)
    attempt = later(on=date(2025, 11, 2), student=student)  # clocks go back in New York
    opens = start_of_day(date(2025, 11, 2), student.zone)
    assert due(opens - timedelta(seconds=1)) == set()
    (row,) = due(opens)
    assert (row, row.opens_at) == (attempt, opens)
    assert row.closes_at == start_of_day(date(2025, 11, 3), student.zone)


def test_stays_until_it_is_done_and_is_forgotten_after_four_months():
    attempt = later(on=TODAY)
    opens = start_of_day(TODAY, attempt.student.zone)
    assert due(opens + timedelta(days=120)) == {attempt}
    assert due(opens + timedelta(days=120, seconds=1)) == set()


def test_needs_a_day_and_a_later():
    later(on=None)
    AttemptFactory(answered=True)
    AttemptFactory()
    assert due() == set()


def test_goes_with_the_next_note():
    attempt = later()
    AttemptFactory(contact=attempt.contact, sent_at=ago(days=38, seconds=1))
    assert due() == {attempt}
    AttemptFactory(contact=attempt.contact, sent_at=NOW)
    assert due() == set()


def test_goes_with_another_answer():
    attempt = later()
    other = AttemptFactory(contact=attempt.contact, sent_at=ago(days=39))
    record_reply(attempt=other, reply=Reply.NO, now=NOW)
    assert due() == set()


def test_is_corrected_with_the_reply():
    attempt = later()
    record_reply(attempt=attempt, reply=Reply.LATER, ask_again_on=TODAY + timedelta(1), now=NOW)
    assert due() == set()
    assert due(ahead(days=1)) == {attempt}
    record_reply(attempt=attempt, reply=Reply.YES, now=NOW)
    assert due(ahead(days=1)) == set()


@pytest.mark.parametrize(
    ("meeting", "is_due"),
    [
        ({"starts_at": ahead(days=3)}, False),
        ({"held": True, "starts_at": ago(days=5)}, False),
        ({"held": True, "starts_at": ago(days=60)}, True),
        ({"starts_at": ahead(days=3), "status": Status.CANCELLED}, True),
    ],
    ids=["agreed", "held", "held before", "cancelled"],
)
def test_goes_with_a_conversation(meeting, is_due):
    attempt = later()
    MeetingFactory(contact=attempt.contact, **meeting)
    assert due() == ({attempt} if is_due else set())


def test_goes_with_times_that_are_proposed_since():
    attempt = later()
    meeting = MeetingFactory(
        contact=attempt.contact,
        starts_at=ahead(days=3),
        proposed_times=[ahead(days=3)],
        status=Status.PROPOSED,
    )
    Meeting.objects.filter(pk=meeting.pk).update(created_at=ago(days=39))
    assert due() == {attempt}
    Meeting.objects.filter(pk=meeting.pk).update(created_at=ago(days=1))
    assert due() == set()


def test_stays_when_news_was_sent_meanwhile():
    attempt = later()
    TouchFactory(contact=attempt.contact, happened_at=ago(days=1))
    assert due() == {attempt}


@pytest.mark.parametrize("resting", [{"archived_at": ago(days=1)}, {"erased": True}])
def test_leaves_alone_who_rests_or_was_erased(resting):
    later(contact=ContactFactory(**resting))
    assert due() == set()


def test_is_about_the_students_that_are_asked_for():
    attempt = later()
    later()
    mine = Student.objects.filter(pk=attempt.student_id)
    assert set(ask_again.due(mine, NOW)) == {attempt}
