"""Steps before a conversation and after it: preparing, debriefing, promises, times to agree on."""

from datetime import UTC, date, datetime, timedelta

import pytest

from apps.meetings.actions.schedule import propose_other_times, propose_times
from apps.meetings.models import Commitment, Promiser, Status
from apps.meetings.next_steps import (
    ANSWER_WITHIN,
    DEBRIEF_ASKED_FOR,
    OLD,
    PREPARED_WITHIN,
    PROMISE_SHOWN_BEFORE,
    next_steps,
)
from apps.students.models import Student
from apps.students.next_steps import NextStep, StepKind
from tests.accounts.factories import UserFactory
from tests.clock import NOW, ago, ahead
from tests.contacts.factories import ContactFactory
from tests.meetings.factories import DebriefFactory, MeetingFactory
from tests.students.factories import StudentFactory

pytestmark = pytest.mark.django_db


def steps_of(kind, now=NOW):
    rows = [row for rows in next_steps(Student.objects.all(), now) for row in rows]
    return [step for step in (NextStep(*row) for row in rows) if step.kind == kind]


def promise(*, by=Promiser.STUDENT, **fields):
    """Return a promise made two days ago, thanked and debriefed for."""
    zone = fields.pop("zone", "")
    contact = fields.pop("contact", None) or ContactFactory(
        student=StudentFactory(user=UserFactory(student=True, time_zone=zone))
    )
    meeting = MeetingFactory(
        contact=contact, thanked=True, starts_at=fields.pop("met_at", ago(days=2))
    )
    DebriefFactory(meeting=meeting)
    return Commitment.objects.create(
        meeting=meeting, promised_by=by, what="Send the article", **fields
    )


def test_asks_to_prepare_for_what_is_near_until_it_begins():
    meeting = MeetingFactory(starts_at=ahead(days=3))
    (step,) = steps_of(StepKind.PREPARE)
    assert (step.subject, step.happened_at, step.due_at) == (
        meeting.pk,
        meeting.starts_at,
        meeting.starts_at,
    )
    assert not steps_of(StepKind.PREPARE, meeting.starts_at)
    assert not steps_of(
        StepKind.PREPARE, meeting.starts_at - PREPARED_WITHIN - timedelta(seconds=1)
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"is_ready": True},
        {"status": Status.CANCELLED},
        {"status": Status.PROPOSED, "proposed_times": [ahead(days=1)]},
    ],
)
def test_asks_nobody_to_prepare_who_is_ready_or_has_nothing_agreed(fields):
    MeetingFactory(starts_at=ahead(days=1), **fields)
    assert not steps_of(StepKind.PREPARE)


def test_asks_for_a_debrief_within_two_days_and_for_two_weeks():
    meeting = MeetingFactory(held=True)
    (step,) = steps_of(StepKind.DEBRIEF)
    assert step.due_at == meeting.ends + timedelta(hours=48)
    DebriefFactory(meeting=meeting, draft=True)
    assert steps_of(StepKind.DEBRIEF, meeting.ends + DEBRIEF_ASKED_FOR)
    assert not steps_of(StepKind.DEBRIEF, meeting.ends + DEBRIEF_ASKED_FOR + timedelta(seconds=1))
    meeting.debrief.delete()
    DebriefFactory(meeting=meeting)
    assert not steps_of(StepKind.DEBRIEF)


@pytest.mark.parametrize(
    ("zone", "due_at"),
    [
        ("", datetime(2025, 10, 18, 3, 59, tzinfo=UTC)),  # New York, the institution's
        ("Asia/Tokyo", datetime(2025, 10, 17, 14, 59, tzinfo=UTC)),
        ("Pacific/Honolulu", datetime(2025, 10, 18, 9, 59, tzinfo=UTC)),
    ],
)
def test_keeps_a_promise_by_the_last_minute_of_its_day_on_the_students_clock(zone, due_at):
    one = promise(zone=zone, due_on=date(2025, 10, 17))
    (step,) = steps_of(StepKind.KEEP_PROMISE)
    assert (step.subject, step.contact, step.detail, step.due_at) == (
        one.pk,
        one.meeting.contact_id,
        "Send the article",
        due_at,
    )
    one.done_at = NOW
    one.save()
    assert not steps_of(StepKind.KEEP_PROMISE)


def test_counts_the_last_minute_on_the_day_the_clocks_change():
    promise(due_on=date(2025, 11, 2), met_at=datetime(2025, 10, 30, tzinfo=UTC))
    (step,) = steps_of(StepKind.KEEP_PROMISE, datetime(2025, 11, 1, tzinfo=UTC))
    assert step.due_at == datetime(2025, 11, 3, 4, 59, tzinfo=UTC)  # after the change, UTC-5


def test_gives_a_promise_without_a_day_a_week():
    one = promise()
    (step,) = steps_of(StepKind.KEEP_PROMISE)
    assert step.due_at == one.meeting.starts_at + timedelta(days=7)


def test_shows_a_promise_for_later_two_weeks_before_and_lets_an_old_one_go():
    one = promise(due_on=date(2025, 12, 24))
    due_at = datetime(2025, 12, 25, 4, 59, tzinfo=UTC)
    early, late = due_at - PROMISE_SHOWN_BEFORE, due_at + OLD
    second = timedelta(seconds=1)
    assert [
        bool(steps_of(StepKind.KEEP_PROMISE, now))
        for now in (early - second, early, late, late + second)
    ] == [False, True, True, False]
    assert one.done_at is None


def test_asks_about_their_promise_three_days_after_its_day():
    promise(by=Promiser.CONTACT, due_on=date(2025, 10, 11))
    due_at = datetime(2025, 10, 15, 3, 59, tzinfo=UTC)
    (step,) = steps_of(StepKind.ASK_ABOUT_PROMISE)
    assert (step.due_at, step.detail) == (due_at, "Send the article")
    assert not steps_of(StepKind.ASK_ABOUT_PROMISE, due_at - timedelta(seconds=1))
    assert not steps_of(StepKind.KEEP_PROMISE)


def test_presses_nobody_who_rests_but_keeps_ones_own_word():
    contact = ContactFactory(archived_at=ago(days=1), student=StudentFactory(with_account=True))
    promise(contact=contact)
    promise(contact=contact, by=Promiser.CONTACT, met_at=ago(days=20))
    MeetingFactory(
        contact=contact,
        status=Status.PROPOSED,
        proposed_times=[ago(hours=1)],
        changed_at=ago(days=5),
        starts_at=ago(hours=1),
    )
    assert steps_of(StepKind.KEEP_PROMISE)
    assert not steps_of(StepKind.ASK_ABOUT_PROMISE)
    assert not steps_of(StepKind.AGREE_ON_A_TIME)


def test_asks_nothing_more_about_who_is_erased():
    contact = ContactFactory(erased=True, student=StudentFactory(with_account=True))
    promise(contact=contact)
    promise(contact=contact, by=Promiser.CONTACT, met_at=ago(days=20))
    MeetingFactory(contact=contact, held=True)
    MeetingFactory(contact=contact, starts_at=ahead(days=1))
    assert not [row for rows in next_steps(Student.objects.all(), NOW) for row in rows]


def test_comes_back_to_a_proposal_after_four_days_or_once_its_times_have_passed():
    contact = ContactFactory()
    propose = {"student": contact.student, "contact": contact, "details": {}, "now": NOW}
    far = propose_times(times=[ahead(days=9)], **propose)
    near = propose_times(times=[ahead(days=1), ahead(days=2)], **propose)
    assert not steps_of(StepKind.AGREE_ON_A_TIME, ahead(days=2) - timedelta(seconds=1))
    (step,) = steps_of(StepKind.AGREE_ON_A_TIME, ahead(days=2))
    assert (step.subject, step.happened_at, step.due_at) == (near.pk, NOW, ahead(days=2))
    assert len(steps_of(StepKind.AGREE_ON_A_TIME, NOW + ANSWER_WITHIN)) == 2
    propose_other_times(meeting=far, times=[ahead(days=20)], now=ahead(days=5))
    assert [one.subject for one in steps_of(StepKind.AGREE_ON_A_TIME, ahead(days=6))] == [near.pk]
