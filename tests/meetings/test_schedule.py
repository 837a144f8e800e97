"""Setting up a conversation and changing it: what is written, and what is refused."""

from datetime import timedelta

import pytest

from apps.meetings.actions.schedule import (
    accept_time,
    cancel_meeting,
    edit_details,
    propose_other_times,
    propose_times,
    reschedule_meeting,
    schedule_meeting,
)
from apps.meetings.models import MOST_TIMES, Meeting, Mode, Status
from apps.meetings.moves import NotPossible
from tests.clock import NOW, ago, ahead
from tests.constraints import refused_by
from tests.contacts.factories import ContactFactory
from tests.meetings.factories import MeetingFactory

pytestmark = pytest.mark.django_db

DETAILS = {"minutes": 15, "mode": Mode.VIDEO, "place": "https://meet.example/ada"}


@pytest.fixture
def contact():
    return ContactFactory()


def propose(contact, *times):
    return propose_times(
        student=contact.student, contact=contact, times=times, details=DETAILS, now=NOW
    )


def schedule(contact, starts_at, **details):
    return schedule_meeting(
        student=contact.student,
        contact=contact,
        starts_at=starts_at,
        details=DETAILS | details,
        now=NOW,
    )


def stored(meeting):
    return Meeting.objects.get(pk=meeting.pk)


def test_proposes_times_in_order_and_each_once(contact):
    meeting = stored(propose(contact, ahead(days=3), ahead(days=1), ahead(days=3)))
    assert meeting.status == Status.PROPOSED
    assert meeting.proposed_times == [ahead(days=1), ahead(days=3)]
    assert (meeting.starts_at, meeting.changed_at) == (ahead(days=1), NOW)
    assert (meeting.minutes, meeting.mode, meeting.place) == tuple(DETAILS.values())
    meeting.full_clean()


@pytest.mark.parametrize(
    ("times", "words"),
    [
        ([], "at least one"),
        ([NOW], "has passed already"),
        ([ahead(days=1), ago(minutes=1)], "has passed already"),
        ([ahead(days=day) for day in range(1, MOST_TIMES + 2)], "5 times at most"),
    ],
)
def test_refuses_times_that_nobody_can_choose_from(contact, times, words):
    with pytest.raises(NotPossible, match=words):
        propose(contact, *times)
    meeting = MeetingFactory(proposed=True)
    with pytest.raises(NotPossible, match=words):
        propose_other_times(meeting=meeting, times=times, now=NOW)
    assert stored(meeting).proposed_times == meeting.proposed_times
    assert Meeting.objects.count() == 1


def test_keeps_to_five_times_in_the_database_too():
    meeting = MeetingFactory(proposed=True)
    for times in ([], [ahead(days=day) for day in range(MOST_TIMES + 1)]):
        with refused_by("meetings_meeting_proposes_a_few_times"):
            Meeting.objects.filter(pk=meeting.pk).update(proposed_times=times)


def test_offers_other_times_in_place_of_the_first():
    meeting = MeetingFactory(proposed=True)
    propose_other_times(meeting=meeting, times=[ahead(days=9), ahead(days=8)], now=NOW)
    assert stored(meeting).proposed_times == [ahead(days=8), ahead(days=9)]
    assert stored(meeting).starts_at == ahead(days=8)


@pytest.mark.parametrize("starts_at", [ahead(days=3), ahead(hours=5), ago(hours=2)])
def test_agrees_on_a_time_that_was_proposed_or_another(starts_at):
    meeting = MeetingFactory(proposed=True)
    agreed = accept_time(meeting=meeting, starts_at=starts_at, now=NOW)
    assert (agreed.status, agreed.starts_at) == (Status.SCHEDULED, starts_at)
    assert stored(meeting).starts_at == starts_at
    assert stored(meeting).calendar_sequence == 0


def test_writes_down_what_was_agreed_or_has_just_taken_place(contact):
    for starts_at in (ahead(days=1), ago(days=1)):
        meeting = stored(schedule(contact, starts_at, is_practice=True))
        assert (meeting.status, meeting.starts_at) == (Status.SCHEDULED, starts_at)
        assert meeting.is_practice
        meeting.full_clean()


def test_a_button_that_is_pressed_twice_says_it_once(contact):
    assert schedule(contact, ahead(days=1)) == schedule(contact, ahead(days=1))
    assert propose(contact, ahead(days=1)) == propose(contact, ahead(days=1))
    assert Meeting.objects.count() == 2
    for act in (accept_time, reschedule_meeting):
        meeting = MeetingFactory()
        assert act(meeting=meeting, starts_at=meeting.starts_at, now=NOW) == meeting
        assert stored(meeting).calendar_sequence == 0
    cancelled = MeetingFactory(cancelled=True)
    assert cancel_meeting(meeting=cancelled, now=NOW).calendar_sequence == 0


def test_moves_a_conversation_as_often_as_it_takes_and_tells_calendars(contact):
    meeting = schedule(contact, ahead(days=1))
    for times in range(1, 6):
        meeting = reschedule_meeting(meeting=meeting, starts_at=ahead(days=times + 1), now=NOW)
        assert (meeting.status, meeting.calendar_sequence) == (Status.SCHEDULED, times)
    assert cancel_meeting(meeting=meeting, now=NOW).calendar_sequence == 6
    assert stored(meeting).status == Status.CANCELLED


def test_finds_another_time_for_what_did_not_take_place():
    meeting = MeetingFactory(missed=True)
    reschedule_meeting(meeting=meeting, starts_at=ahead(days=1), now=NOW)
    assert stored(meeting).status == Status.SCHEDULED


@pytest.mark.parametrize(
    ("was", "becomes", "is_ready"),
    [
        (ahead(days=1), ahead(days=2), True),
        (ago(hours=2), ago(hours=1), True),  # a slip put right: it was prepared when it began
        (ahead(days=1), ago(hours=1), False),
        (ahead(days=1), NOW, False),
    ],
)
def test_counts_as_prepared_what_was_so_beforehand(was, becomes, is_ready):
    meeting = MeetingFactory(starts_at=was, is_ready=True)
    reschedule_meeting(meeting=meeting, starts_at=becomes, now=NOW)
    assert stored(meeting).is_ready == is_ready


def test_changes_how_and_where_and_tells_calendars_what_they_show():
    meeting = MeetingFactory()
    edit_details(meeting=meeting, details=DETAILS, now=NOW)
    assert [getattr(stored(meeting), name) for name in DETAILS] == list(DETAILS.values())
    assert (stored(meeting).calendar_sequence, stored(meeting).changed_at) == (1, NOW)
    edit_details(meeting=meeting, details=DETAILS, now=NOW + timedelta(hours=1))
    edit_details(meeting=meeting, details={"is_practice": True}, now=NOW + timedelta(hours=1))
    assert stored(meeting).is_practice
    assert (stored(meeting).calendar_sequence, stored(meeting).changed_at) == (1, NOW)


def test_tells_calendars_nothing_of_a_proposal():
    meeting = MeetingFactory(proposed=True)
    edit_details(meeting=meeting, details=DETAILS, now=NOW)
    assert cancel_meeting(meeting=meeting, now=NOW).calendar_sequence == 0
