from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest

from apps.contacts.models import Contact
from apps.mail.conditions import is_still_wanted
from apps.mail.message import compose
from apps.mail.models import OutgoingEmail, State
from apps.meetings.models import Status
from apps.reminders.actions import queue_meeting_reminders
from tests.accounts.factories import UserFactory
from tests.clock import NOW
from tests.contacts.factories import ContactFactory
from tests.meetings.factories import MeetingFactory
from tests.students.factories import StudentFactory

pytestmark = pytest.mark.django_db

# NOW is Wednesday, October 15, 11 in the morning in New York.
TOMORROW_AT_TEN = datetime(2025, 10, 16, 14, 0, tzinfo=UTC)


def meeting_of(zone="", starts_at=TOMORROW_AT_TEN, **fields):
    student = StudentFactory(user=UserFactory(student=True, time_zone=zone))
    contact = ContactFactory(student=student, name="Marcus Bell", organization="Larkspur Health")
    return MeetingFactory(contact=contact, starts_at=starts_at, **fields)


def test_says_when_and_with_whom_on_the_students_own_clock():
    meeting_of(zone="America/Los_Angeles")
    assert queue_meeting_reminders(now=NOW) == 1
    email = OutgoingEmail.objects.get()
    assert email.subject == "Your conversation tomorrow at 7:00 am"
    for body in (email.text_body, email.html_body):
        assert "Thursday, October 16" in body
        assert "7:00 am (America/Los_Angeles)" in body
        assert "Larkspur Health" in body
    assert email.expires_at == datetime(2025, 10, 16, 4, tzinfo=UTC)  # nine in the evening there


@pytest.mark.parametrize(
    ("is_ready", "words"),
    [(True, "You have prepared all four blocks"), (False, "Your sheet for it is still open")],
)
def test_says_whether_it_is_prepared_and_where_to_go_on(is_ready, words):
    meeting = meeting_of(is_ready=is_ready)
    queue_meeting_reminders(now=NOW)
    email = OutgoingEmail.objects.get()
    for body in (email.text_body, email.html_body):
        assert words in body
        assert (f"/meetings/{meeting.pk}/prepare/" in body) is not is_ready


def test_names_the_hour_on_the_contacts_clock_too():
    Contact.objects.filter(pk=meeting_of().contact_id).update(time_zone="Europe/Madrid")
    queue_meeting_reminders(now=NOW)
    email = OutgoingEmail.objects.get()
    for body in (email.text_body, email.html_body):
        assert "(America/New_York, 4:00 pm in Madrid)" in body


def test_queues_each_reminder_once_however_often_it_is_asked():
    meeting_of()
    assert [queue_meeting_reminders(now=NOW + timedelta(minutes=n)) for n in range(3)] == [1, 0, 0]
    assert OutgoingEmail.objects.count() == 1


@pytest.mark.parametrize(
    ("zone", "starts_at", "is_due"),
    [
        ("America/New_York", datetime(2025, 10, 16, 4, 0, tzinfo=UTC), True),  # midnight tomorrow
        ("America/New_York", datetime(2025, 10, 16, 3, 59, tzinfo=UTC), False),  # still today
        ("America/New_York", datetime(2025, 10, 17, 4, 0, tzinfo=UTC), False),  # the day after
        # In Tokyo it is already Thursday, but only just past midnight: too early in the day.
        ("Asia/Tokyo", datetime(2025, 10, 17, 1, 0, tzinfo=UTC), False),
        # In Berlin it is 5 in the afternoon of Wednesday.
        ("Europe/Berlin", datetime(2025, 10, 16, 12, 0, tzinfo=UTC), True),
        # In Honolulu it is 5 in the morning.
        ("Pacific/Honolulu", datetime(2025, 10, 16, 20, 0, tzinfo=UTC), False),
    ],
)
def test_is_due_the_day_before_past_the_hour_in_the_students_zone(zone, starts_at, is_due):
    meeting_of(zone, starts_at)
    assert queue_meeting_reminders(now=NOW) == is_due


def test_asks_nothing_about_meetings_that_are_off_nor_of_people_who_have_left():
    meeting_of(status=Status.CANCELLED)
    gone = meeting_of()
    gone.student.user.is_active = False
    gone.student.user.save()
    MeetingFactory(student=StudentFactory(user=None), starts_at=TOMORROW_AT_TEN)
    assert queue_meeting_reminders(now=NOW) == 0


def test_is_no_longer_wanted_once_the_meeting_is_off():
    meeting = meeting_of()
    queue_meeting_reminders(now=NOW)
    email = OutgoingEmail.objects.get()
    assert is_still_wanted(email)
    meeting.status = Status.CANCELLED
    meeting.save()
    assert not is_still_wanted(email)


def test_is_replaced_by_a_new_one_when_the_meeting_moves():
    meeting = meeting_of()
    queue_meeting_reminders(now=NOW)
    meeting.starts_at += timedelta(hours=2)
    meeting.save()
    assert queue_meeting_reminders(now=NOW) == 1
    old, new = OutgoingEmail.objects.order_by("pk")
    assert not is_still_wanted(old)
    assert is_still_wanted(new)
    assert "12:00 pm" in new.subject


def test_keeps_names_as_they_are_written_in_text_and_escaped_in_html():
    student = StudentFactory(user=UserFactory(student=True))
    contact = ContactFactory(student=student, name="Zoë <O'Neill> & Søn", organization="")
    MeetingFactory(contact=contact, starts_at=TOMORROW_AT_TEN)
    queue_meeting_reminders(now=NOW)
    email = OutgoingEmail.objects.get()
    assert "Zoë <O'Neill> & Søn" in email.text_body
    assert "<O'Neill>" not in email.html_body
    assert email.state == State.PENDING
    sent = message_from_bytes(bytes(compose(email)), policy=policy.default)
    assert sent["Subject"] == "Your conversation tomorrow at 10:00 am"
