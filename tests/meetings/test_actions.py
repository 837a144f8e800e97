from datetime import timedelta

import pytest

from apps.meetings.actions.outcome import record_outcome, record_thank_you
from apps.meetings.models import Status
from apps.meetings.moves import NotPossible
from tests.clock import NOW, ago, ahead
from tests.meetings.factories import MeetingFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("was_held", "status"), [(True, Status.HELD), (False, Status.NO_SHOW)])
def test_records_whether_a_conversation_took_place(was_held, status):
    meeting = MeetingFactory(begun=True)
    assert record_outcome(meeting=meeting, was_held=was_held, now=NOW).status == status
    meeting.refresh_from_db()
    assert meeting.status == status


def test_records_an_outcome_from_the_first_minute_on():
    meeting = record_outcome(meeting=MeetingFactory(starts_at=NOW), was_held=True, now=NOW)
    assert meeting.status == Status.HELD


def test_refuses_the_outcome_of_what_has_not_begun():
    meeting = MeetingFactory(starts_at=ahead(seconds=1))
    with pytest.raises(NotPossible, match="has not begun"):
        record_outcome(meeting=meeting, was_held=True, now=NOW)
    meeting.refresh_from_db()
    assert meeting.status == Status.SCHEDULED


def test_lets_a_word_on_the_outcome_be_corrected():
    meeting = MeetingFactory(begun=True)
    for was_held in (False, True, True, False):
        expected = Status.HELD if was_held else Status.NO_SHOW
        assert record_outcome(meeting=meeting, was_held=was_held, now=NOW).status == expected


@pytest.mark.parametrize("was_held", [True, False])
def test_refuses_an_outcome_of_what_was_called_off(was_held):
    with pytest.raises(NotPossible):
        record_outcome(
            meeting=MeetingFactory(begun=True, status=Status.CANCELLED), was_held=was_held, now=NOW
        )


def test_believes_what_was_written_about_a_conversation():
    meeting = MeetingFactory(thanked=True)
    with pytest.raises(NotPossible, match="so it took place"):
        record_outcome(meeting=meeting, was_held=False, now=NOW)


def test_decides_by_the_row_and_not_by_an_old_copy_of_it():
    stale = MeetingFactory(begun=True)
    record_outcome(meeting=stale, was_held=False, now=NOW)
    assert stale.status == Status.SCHEDULED
    with pytest.raises(NotPossible):
        record_thank_you(meeting=stale, now=NOW)


def test_counts_the_first_thank_you_that_was_noted():
    meeting = MeetingFactory(held=True)
    record_thank_you(meeting=meeting, now=NOW)
    again = record_thank_you(meeting=meeting, now=NOW + timedelta(hours=1))
    assert again.thank_you_sent_at == NOW


def test_notes_thanks_for_practice_too():
    meeting = MeetingFactory(practice=True)
    assert record_thank_you(meeting=meeting, now=NOW).thank_you_sent_at == NOW


@pytest.mark.parametrize("status", [Status.SCHEDULED, Status.NO_SHOW, Status.CANCELLED])
def test_refuses_thanks_for_what_was_not_held(status):
    meeting = MeetingFactory(starts_at=ago(days=1), status=status)
    with pytest.raises(NotPossible, match="once it was held"):
        record_thank_you(meeting=meeting, now=NOW)
    meeting.refresh_from_db()
    assert meeting.thank_you_sent_at is None


def test_refuses_thanks_for_what_lies_ahead():
    with pytest.raises(NotPossible):
        record_thank_you(meeting=MeetingFactory(held=True, starts_at=ahead(days=1)), now=NOW)
