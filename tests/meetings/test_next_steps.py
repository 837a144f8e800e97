from datetime import UTC, datetime, timedelta

import pytest

from apps.meetings.actions.outcome import record_outcome, record_thank_you
from apps.meetings.models import Status
from apps.meetings.next_steps import ASKED_FOR, next_steps
from apps.students.models import Student
from apps.students.next_steps import NextStep, StepKind
from tests.clock import NOW, ago, ahead
from tests.meetings.factories import DebriefFactory, MeetingFactory

pytestmark = pytest.mark.django_db


def steps(now=NOW):
    return [NextStep(*row) for rows in next_steps(Student.objects.all(), now) for row in rows]


def kinds(now=NOW):
    return [step.kind for step in steps(now)]


def step_of(kind, now=NOW):
    """Return the only step of this kind."""
    (step,) = (step for step in steps(now) if step.kind == kind)
    return step


def test_asks_how_it_went_from_the_end_of_the_conversation_on():
    meeting = MeetingFactory(starts_at=ago(minutes=30), minutes=30)
    (step,) = steps()
    assert step == NextStep(
        StepKind.SAY_HOW_IT_WENT,
        meeting.student_id,
        meeting.pk,
        meeting.contact_id,
        meeting.contact.name,
        meeting.contact.organization,
        happened_at=meeting.starts_at,
        due_at=NOW,
    )
    assert steps(NOW - timedelta(seconds=1)) == []


def test_asks_for_thanks_by_the_hour_at_which_they_stop_being_on_time():
    meeting = MeetingFactory(held=True)
    step = step_of(StepKind.THANK)
    assert step.subject == meeting.pk
    assert step.due_at == meeting.ends + timedelta(hours=24) == meeting.thank_you_due_at


def test_gives_24_real_hours_over_a_change_of_the_clocks():
    """In New York the night from November 1 to 2, 2025 has an hour more."""
    meeting = MeetingFactory(
        held=True, starts_at=datetime(2025, 11, 1, 21, 30, tzinfo=UTC), minutes=30
    )
    step = step_of(StepKind.THANK, now=datetime(2025, 11, 1, 22, 0, tzinfo=UTC))
    assert step.due_at == datetime(2025, 11, 2, 22, 0, tzinfo=UTC) == meeting.thank_you_due_at


def test_takes_the_hours_for_thanks_from_the_settings(settings):
    settings.THANK_YOU_HOURS = 48
    meeting = MeetingFactory(held=True)
    assert step_of(StepKind.THANK).due_at == meeting.ends + timedelta(hours=48)


def test_goes_on_to_the_next_step_once_one_is_done():
    meeting = MeetingFactory(begun=True)
    assert kinds() == [StepKind.SAY_HOW_IT_WENT]
    record_outcome(meeting=meeting, was_held=True, now=NOW)
    assert kinds() == [StepKind.THANK, StepKind.DEBRIEF]
    record_thank_you(meeting=meeting, now=NOW)
    assert kinds() == [StepKind.DEBRIEF]
    DebriefFactory(meeting=meeting)
    assert kinds() == []


def test_asks_for_thanks_after_practice_too():
    MeetingFactory(practice=True)
    assert kinds() == [StepKind.THANK, StepKind.DEBRIEF]


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.NO_SHOW])
def test_asks_nothing_about_what_did_not_take_place(status):
    MeetingFactory(begun=True, status=status)
    MeetingFactory(starts_at=ahead(days=1), status=status)
    assert kinds() == []


@pytest.mark.parametrize("status", [Status.SCHEDULED, Status.HELD])
def test_stops_asking_after_a_month(status):
    meeting = MeetingFactory(begun=True, status=status)
    assert kinds(meeting.ends + ASKED_FOR)
    assert not kinds(meeting.ends + ASKED_FOR + timedelta(seconds=1))


def test_asks_only_the_students_it_is_asked_about():
    meeting, _ = MeetingFactory(held=True), MeetingFactory(held=True)
    of_one = next_steps(Student.objects.filter(pk=meeting.student_id), NOW)
    assert {row[2] for rows in of_one for row in rows} == {meeting.pk}
