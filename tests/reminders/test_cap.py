"""Whatever was chosen and whatever happens: no list beyond the cap, none twice, none at night."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.accounts.models import User
from apps.mail.models import OutgoingEmail
from apps.reminders.actions import queue_meeting_reminders
from apps.reminders.models import Digest
from apps.reminders.planner import look_around
from tests.accounts.factories import UserFactory
from tests.contacts.factories import ContactFactory
from tests.meetings.factories import MeetingFactory
from tests.outreach.factories import AttemptFactory
from tests.reminders.factories import PreferenceFactory
from tests.students.factories import StudentFactory

BEGIN = datetime(2025, 10, 13, 4, tzinfo=UTC)  # midnight in New York, a Monday
DAYS = 12
WEEK = timedelta(days=7)
LISTS = {"student_digest", "urgent_today"}
ZONES = ["America/New_York", "Asia/Tokyo", "America/Los_Angeles", "Pacific/Kiritimati"]

quarters = st.integers(0, DAYS * 24 * 4 - 1)
moves = st.dictionaries(quarters, st.sampled_from(ZONES), max_size=4)


@pytest.mark.django_db
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    cap=st.integers(1, 5),
    days=st.sets(st.integers(1, 7), min_size=1),
    digest=st.sampled_from(Digest.values),
    hour=st.integers(7, 20),
    talks=st.lists(quarters, max_size=6),
    held=st.lists(quarters, max_size=6),
    moves=moves,
    sweeps=st.sets(st.integers(0, DAYS * 24 - 1), min_size=20, max_size=40),
)
def test_keeps_its_promises(cap, days, digest, hour, talks, held, moves, sweeps) -> None:
    OutgoingEmail.objects.all().delete()
    User.objects.update(is_active=False)  # those of the examples before
    user = UserFactory(student=True)
    PreferenceFactory(user=user, weekly_cap=cap, days=sorted(days), digest=digest, hour=hour)
    student = StudentFactory(user=user)
    contact = ContactFactory(student=student)
    AttemptFactory(contact=contact, sent_at=BEGIN - timedelta(days=20))
    for quarter in talks:
        MeetingFactory(contact=contact, starts_at=at(quarter))
    for quarter in held:
        MeetingFactory(contact=contact, held=True, starts_at=at(quarter))
    zones = {}
    for sweep in sorted(sweeps):
        now = BEGIN + timedelta(hours=sweep)
        for quarter, zone in moves.items():
            if quarter <= sweep * 4 and zones.get(quarter) != zone:
                User.objects.filter(pk=user.pk).update(time_zone=zone)
                zones[quarter] = zone
        look_around(now=now)
        queue_meeting_reminders(now=now)
        for email in OutgoingEmail.objects.filter(recipient=user, due_at=now):
            user.refresh_from_db()
            assert 7 <= now.astimezone(user.zone).hour < 21
            if email.kind in LISTS:
                assert now.astimezone(user.zone).isoweekday() in days
    emails = list(OutgoingEmail.objects.filter(recipient=user).order_by("pk"))
    lists = [email for email in emails if email.kind in LISTS]
    for email in lists:
        before = [e for e in emails if e.pk <= email.pk and e.due_at > email.due_at - WEEK]
        assert len(before) <= cap
    dates = [email.occurrence_key.split(":")[2] for email in lists]
    assert len(dates) == len(set(dates))


def at(quarter: int) -> datetime:
    return BEGIN + quarter * timedelta(minutes=15)
