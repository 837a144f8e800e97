"""The second word about a conversation: two hours ahead, or before the quiet hours."""

from datetime import UTC, datetime, timedelta

import pytest

from apps.mail.conditions import is_still_wanted
from apps.mail.models import OutgoingEmail
from apps.meetings.models import Meeting, Status
from apps.reminders.actions import queue_meeting_reminders
from tests.accounts.factories import UserFactory
from tests.meetings.factories import MeetingFactory
from tests.reminders.factories import PreferenceFactory
from tests.students.factories import StudentFactory

pytestmark = pytest.mark.django_db

NOON = datetime(2025, 10, 16, 16, tzinfo=UTC)  # in New York
EARLY = datetime(2025, 10, 16, 10, tzinfo=UTC)  # six in the morning there
MINUTE = timedelta(minutes=1)


def meeting_at(starts_at: datetime, **choices) -> Meeting:
    user = UserFactory(student=True)
    if choices:
        PreferenceFactory(user=user, **choices)
    return MeetingFactory(student=StudentFactory(user=user), starts_at=starts_at)


def soon() -> list[datetime]:
    emails = OutgoingEmail.objects.filter(kind="meeting_in_two_hours")
    return [email.due_at for email in emails.order_by("due_at")]


@pytest.mark.parametrize(
    ("starts_at", "named_at"),
    [
        (NOON, NOON - timedelta(hours=2)),
        # Two hours before is quiet: at seven in the evening of the day before.
        (EARLY, datetime(2025, 10, 15, 23, tzinfo=UTC)),
        # Two hours before, the quiet hours have just ended.
        (EARLY + timedelta(hours=3), EARLY + timedelta(hours=1)),
        (EARLY + timedelta(hours=3) - MINUTE, datetime(2025, 10, 15, 23, tzinfo=UTC)),
    ],
)
def test_comes_once_at_its_minute(starts_at, named_at):
    meeting_at(starts_at)
    for now in (named_at - MINUTE, named_at, named_at + MINUTE, starts_at - MINUTE, starts_at):
        queue_meeting_reminders(now=now)
    assert soon() == [named_at]


def test_says_when_where_and_with_whom():
    meeting = meeting_at(NOON)
    Meeting.objects.update(place="Room 12")
    queue_meeting_reminders(now=NOON - timedelta(hours=2))
    email = OutgoingEmail.objects.get()
    assert email.subject == "Your conversation at 12:00 pm"
    assert email.expires_at == NOON
    for body in (email.text_body, email.html_body):
        assert f"{meeting.contact.name}" in body
        assert "begins on Thursday at 12:00 pm" in body
        assert "Room 12" in body
        assert f"/meetings/{meeting.pk}/prepare/" in body


def test_comes_at_night_to_whom_keeps_no_quiet_hours():
    meeting_at(EARLY, no_quiet=True)
    queue_meeting_reminders(now=EARLY - timedelta(hours=2))
    assert soon() == [EARLY - timedelta(hours=2)]


def test_comes_late_where_the_sweep_was_late_but_never_at_night():
    meeting_at(EARLY + timedelta(hours=2))  # at eight
    night, morning = datetime(2025, 10, 16, 4, tzinfo=UTC), EARLY + timedelta(hours=1)
    for now in (night, EARLY, morning):
        queue_meeting_reminders(now=now)
    assert soon() == [morning]


def test_comes_on_any_day_and_whatever_the_cap():
    meeting_at(NOON, days=[7], weekly_cap=1)
    queue_meeting_reminders(now=NOON - timedelta(hours=26))
    queue_meeting_reminders(now=NOON - timedelta(hours=2))
    assert OutgoingEmail.objects.count() == 2


def test_is_no_longer_wanted_once_the_conversation_moves():
    meeting = meeting_at(NOON)
    queue_meeting_reminders(now=NOON - timedelta(hours=2))
    email = OutgoingEmail.objects.get()
    assert is_still_wanted(email)
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=NOON + timedelta(hours=1))
    assert not is_still_wanted(email)
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=NOON, status=Status.CANCELLED)
    assert not is_still_wanted(email)


def test_asks_as_often_for_many_as_for_one(django_assert_num_queries):
    meeting_at(NOON + timedelta(days=1))
    for _ in range(20):
        meeting_at(NOON + timedelta(days=2))
    with django_assert_num_queries(2):
        queue_meeting_reminders(now=NOON - timedelta(days=1))
