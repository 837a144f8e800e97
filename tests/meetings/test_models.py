from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db.models import ProtectedError

from apps.meetings.models import ENDS_AT, Meeting, Status
from tests.accounts.factories import UserFactory
from tests.clock import NOW
from tests.constraints import refused_by
from tests.contacts.factories import ContactFactory
from tests.meetings.factories import MeetingFactory

pytestmark = pytest.mark.django_db

NEW_YORK = ZoneInfo("America/New_York")


def change(meeting, **values):
    """Write past the model, as an import or a line of SQL does."""
    Meeting.objects.filter(pk=meeting.pk).update(**values)


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"minutes": 0}, "meetings_meeting_minutes_in_a_day"),
        ({"minutes": 481}, "meetings_meeting_minutes_in_a_day"),
        ({"status": "done"}, "meetings_meeting_status_is_known"),
        ({"status": ""}, "meetings_meeting_status_is_known"),
        ({"mode": "letter"}, "meetings_meeting_mode_is_known"),
    ],
)
def test_refuses_values_that_no_meeting_has(values, constraint):
    with refused_by(constraint):
        change(MeetingFactory(), **values)


def test_takes_the_shortest_and_the_longest_meeting():
    meeting = MeetingFactory()
    for minutes in (1, 480):
        change(meeting, minutes=minutes)
        meeting.refresh_from_db()
        assert meeting.minutes == minutes


def test_refuses_thanks_before_the_meeting_began():
    meeting = MeetingFactory(held=True)
    change(meeting, thank_you_sent_at=meeting.starts_at)  # in person, at once
    with refused_by("meetings_meeting_thanked_after_it_began"):
        change(meeting, thank_you_sent_at=meeting.starts_at - timedelta(seconds=1))


def test_is_with_a_contact_of_the_same_student():
    meeting = MeetingFactory()
    with refused_by("meetings_meeting_with_own_contact"):
        change(meeting, contact=ContactFactory())
    with pytest.raises(ProtectedError):
        meeting.contact.delete()


def test_takes_an_imported_id_once_a_student():
    meeting = MeetingFactory(external_id="M-1")
    MeetingFactory(external_id="M-1")  # of another student
    with refused_by("meetings_meeting_external_id_once"):
        MeetingFactory(student=meeting.student, external_id="M-1")


def test_counts_what_was_held_and_not_for_practice():
    held, thanked = MeetingFactory(held=True), MeetingFactory(thanked=True)
    practice, planned = MeetingFactory(practice=True), MeetingFactory()
    for status in (Status.CANCELLED, Status.NO_SHOW):
        MeetingFactory(begun=True, status=status)
    assert set(Meeting.objects.held()) == {held, thanked}
    assert set(Meeting.objects.scheduled()) == {planned}
    assert set(Meeting.objects.unthanked()) == {held, practice}


def test_ends_at_the_same_moment_in_the_database_and_out_of_it():
    meeting = MeetingFactory(starts_at=datetime(2025, 11, 2, 5, 30, tzinfo=UTC), minutes=90)
    assert Meeting.objects.annotate(ends_at=ENDS_AT).get().ends_at == meeting.ends
    assert meeting.ends == datetime(2025, 11, 2, 7, 0, tzinfo=UTC)


def test_wants_thanks_within_24_hours_that_really_pass():
    """The clocks go back in the night: 5 pm is an hour earlier by the clock than the day before."""
    MeetingFactory(starts_at=datetime(2025, 11, 1, 17, 30, tzinfo=NEW_YORK), minutes=30)
    meeting = Meeting.objects.get()
    due = meeting.thank_you_due_at.astimezone(NEW_YORK)
    assert due == datetime(2025, 11, 2, 17, 0, tzinfo=NEW_YORK)


def test_takes_the_hours_for_thanks_from_the_settings(settings):
    settings.THANK_YOU_HOURS = 48
    meeting = MeetingFactory(starts_at=NOW, minutes=60)
    assert meeting.thank_you_due_at == NOW + timedelta(hours=49)


def test_shows_meetings_to_whoever_sees_the_student(ana, ben, counselor, administrator):
    of_ana, of_ben = MeetingFactory(student=ana), MeetingFactory(student=ben)
    seen = {
        user: set(Meeting.objects.visible_to(user))
        for user in (ana.user, ben.user, counselor, administrator, UserFactory())
    }
    assert list(seen.values()) == [{of_ana}, {of_ben}, {of_ana}, {of_ana, of_ben}, set()]


def test_ends_by_the_clock_of_the_world_and_not_of_the_wall():
    starts_at = datetime(2025, 11, 2, 1, 45, tzinfo=NEW_YORK)  # a quarter to the clock change
    meeting = MeetingFactory.build(starts_at=starts_at, minutes=30)
    assert meeting.ends == datetime(2025, 11, 2, 6, 15, tzinfo=UTC)
