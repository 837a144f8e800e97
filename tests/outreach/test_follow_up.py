"""The three policies on the calendar: in Python as a reference, in the database for everybody."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.common.localtime import local_moment, start_of_day
from apps.meetings.models import Status
from apps.outreach import follow_up
from apps.outreach.actions.attempts import record_reply
from apps.outreach.follow_up import follow_up_on
from apps.outreach.models import Reply
from apps.students.models import FollowUpPolicy, Holiday, Student
from tests.clock import ago
from tests.contacts.factories import ContactFactory
from tests.meetings.factories import MeetingFactory
from tests.outreach.factories import AttemptFactory
from tests.students.factories import (
    CohortFactory,
    EnrolmentFactory,
    HolidayFactory,
    StudentFactory,
    TermFactory,
)

pytestmark = pytest.mark.django_db

THREE, WEEK, MONTH = FollowUpPolicy
HOLIDAYS = [date(2025, 11, 27), date(2025, 11, 28), date(2025, 12, 25), date(2025, 12, 26)]
WORDS = {THREE: "three", WEEK: "week", MONTH: "month"}
# policy, sent on, again on, somebody else on
CALENDAR = [
    (THREE, date(2025, 10, 15), date(2025, 10, 24), date(2025, 10, 20)),  # Wednesday
    (THREE, date(2025, 10, 17), date(2025, 10, 28), date(2025, 10, 22)),  # Friday
    (THREE, date(2025, 10, 18), date(2025, 10, 28), date(2025, 10, 22)),  # Saturday
    (THREE, date(2025, 11, 24), date(2025, 12, 5), date(2025, 12, 1)),  # over Thanksgiving
    (THREE, date(2025, 12, 24), date(2026, 1, 6), date(2025, 12, 31)),
    (WEEK, date(2025, 10, 15), date(2025, 10, 22), None),
    (WEEK, date(2025, 10, 18), date(2025, 10, 27), None),  # a week later is a Saturday
    (WEEK, date(2025, 10, 19), date(2025, 10, 27), None),
    (WEEK, date(2025, 11, 20), date(2025, 12, 1), None),  # a week later is Thanksgiving
    (MONTH, date(2025, 10, 15), date(2025, 10, 22), None),
    (MONTH, date(2025, 12, 18), date(2025, 12, 29), None),
]
ZONES = ["America/New_York", "Pacific/Auckland", "Pacific/Honolulu", "Asia/Kathmandu"]


def student_of(policy, zone="America/New_York", **cohort):
    student = StudentFactory(with_account=True, user__time_zone=zone)
    EnrolmentFactory(student=student, cohort=CohortFactory(follow_up_policy=policy, **cohort))
    return student


def due(now, rows=follow_up.due):
    return set(rows(Student.objects.all(), now))


def note(student, day, hour=time(23, 30), contact=None):
    sent_at = local_moment(day, hour, student.zone)
    return AttemptFactory(
        contact=contact or ContactFactory(student=student), student=student, sent_at=sent_at
    )


@pytest.mark.parametrize(("policy", "sent_on", "again_on", "_"), CALENDAR)
def test_knows_the_day_to_write_again(policy, sent_on, again_on, _):
    assert follow_up_on(policy, sent_on, HOLIDAYS) == again_on


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(("policy", "sent_on", "again_on", "elsewhere_on"), CALENDAR)
def test_is_due_from_the_first_minute_of_the_students_day(
    policy, sent_on, again_on, elsewhere_on, zone
):
    for day in HOLIDAYS:
        HolidayFactory(day=day)
    student = student_of(policy, zone)
    attempt = note(student, sent_on)
    opens = start_of_day(again_on, ZoneInfo(zone))
    assert due(opens - timedelta(seconds=1)) == set()
    assert due(opens) == {attempt}
    (row,) = follow_up.due(Student.objects.all(), opens)
    assert row.follow_up_on == again_on
    assert row.closes_at == start_of_day(again_on + timedelta(days=1), ZoneInfo(zone))
    elsewhere = start_of_day(elsewhere_on, ZoneInfo(zone)) if elsewhere_on else None
    assert row.elsewhere_at == elsewhere


@settings(max_examples=40, deadline=None)
@given(
    policy=st.sampled_from(FollowUpPolicy),
    sent_on=st.dates(date(2025, 1, 1), date(2026, 12, 31)),
    holidays=st.sets(st.dates(date(2025, 1, 1), date(2027, 2, 1)), max_size=12),
)
def test_the_database_counts_like_the_reference(policy, sent_on, holidays):
    Holiday.objects.all().delete()
    for day in holidays:
        HolidayFactory(day=day)
    student = student_of(policy)
    attempt = note(student, sent_on, hour=time(12))
    now = attempt.sent_at + timedelta(days=100)
    (row,) = follow_up.unanswered(Student.objects.filter(pk=student.pk), now)
    assert row.follow_up_on == follow_up_on(policy, sent_on, holidays)


@pytest.mark.parametrize("policy", FollowUpPolicy, ids=WORDS.get)
@pytest.mark.parametrize("reply", Reply)
def test_stops_at_a_reply_of_one_second_before(policy, reply):
    attempt = note(student_of(policy), date(2025, 10, 1))
    now = datetime(2025, 10, 20, 15, tzinfo=UTC)
    assert due(now) == {attempt}
    record_reply(attempt=attempt, reply=reply, now=now - timedelta(seconds=1))
    assert due(now) == set()


@pytest.mark.parametrize("status", [Status.SCHEDULED, Status.HELD])
def test_stops_at_a_meeting(status):
    attempt = note(student_of(WEEK), date(2025, 10, 1))
    now = datetime(2025, 10, 20, 15, tzinfo=UTC)
    MeetingFactory(contact=attempt.contact, student=attempt.student, starts_at=now, status=status)
    assert due(now) == set()


def test_goes_on_while_times_are_only_proposed():
    attempt = note(student_of(WEEK), date(2025, 10, 1))
    now = datetime(2025, 10, 20, 15, tzinfo=UTC)
    MeetingFactory(
        contact=attempt.contact,
        student=attempt.student,
        starts_at=now,
        status=Status.PROPOSED,
        proposed_times=[now],
    )
    assert due(now) == {attempt}


@pytest.mark.parametrize("resting", [{"archived_at": ago(days=1)}, {"erased": True}])
def test_leaves_alone_who_rests_or_was_erased(resting):
    student = student_of(WEEK)
    note(student, date(2025, 10, 1), contact=ContactFactory(student=student, **resting))
    assert due(datetime(2025, 10, 20, 15, tzinfo=UTC)) == set()


@pytest.mark.parametrize(
    ("policy", "most_attempts", "notes"),
    [(WEEK, 4, 4), (WEEK, 1, 1), (THREE, 3, 3), (MONTH, 4, 4), (MONTH, 10, 5)],
)
def test_ends_in_quiet_once_the_policy_is_exhausted(policy, most_attempts, notes):
    student = student_of(policy, most_attempts=most_attempts)
    contact = ContactFactory(student=student)
    first = date(2025, 8, 27)
    for n in range(notes):
        latest = note(student, first + timedelta(days=14 * n), contact=contact)
        now = latest.sent_at + timedelta(days=13)
        is_last = n + 1 == notes
        assert due(now) == (set() if is_last else {latest})
        assert due(now, follow_up.quiet) == ({latest} if is_last else set())


def test_begins_to_count_anew_after_an_answer():
    student = student_of(WEEK, most_attempts=2)
    contact = ContactFactory(student=student)
    for day in (date(2025, 9, 1), date(2025, 9, 10)):
        latest = note(student, day, contact=contact)
    record_reply(attempt=latest, reply=Reply.LATER, now=datetime(2025, 9, 12, tzinfo=UTC))
    again = note(student, date(2025, 10, 1), contact=contact)
    assert due(again.sent_at + timedelta(days=8)) == {again}


def test_follows_the_policy_of_the_latest_term():
    student = student_of(WEEK)
    attempt = note(student, date(2025, 10, 15))
    EnrolmentFactory(
        student=student,
        cohort=CohortFactory(term=TermFactory(finished=True), follow_up_policy=THREE),
    )
    assert due(start_of_day(date(2025, 10, 22), student.zone)) == {attempt}


def test_has_a_policy_for_students_of_no_cohort():
    attempt = note(StudentFactory(), date(2025, 10, 15))
    assert due(datetime(2025, 10, 23, 12, tzinfo=UTC)) == {attempt}


def test_forgets_what_is_months_old():
    attempt = note(student_of(WEEK), date(2025, 5, 1))
    assert due(attempt.sent_at + timedelta(days=119)) == {attempt}
    assert due(attempt.sent_at + timedelta(days=121)) == set()
