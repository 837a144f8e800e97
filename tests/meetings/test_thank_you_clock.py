"""On time is within 24 hours that really pass, wherever on time is judged."""

from datetime import UTC, datetime, timedelta

import pytest

from apps.meetings.actions.outcome import record_thank_you
from apps.metrics.class_board import class_board
from apps.metrics.facts import read_term
from tests.meetings.factories import MeetingFactory
from tests.students.factories import CohortFactory, EnrolmentFactory, TermFactory

MINUTE = timedelta(minutes=1)
DAY = timedelta(hours=24)

# The clocks of New York go back at 6:00 UTC on November 2, 2025, and forward at 7:00 UTC on
# March 8, 2026. By the wall, the day between the end and the limit has 25 hours then, or 23.
ENDS = {
    "an ordinary day": datetime(2025, 10, 15, 15, 0, tzinfo=UTC),
    "the night in which clocks go back": datetime(2025, 11, 1, 21, 0, tzinfo=UTC),
    "an end within the hour that comes twice": datetime(2025, 11, 2, 5, 30, tzinfo=UTC),
    "the night in which clocks go forward": datetime(2026, 3, 7, 22, 0, tzinfo=UTC),
    "an end a minute before the skipped hour": datetime(2026, 3, 8, 6, 59, tzinfo=UTC),
}


@pytest.fixture
def cohort(db):
    """A class whose term lasts over both changes."""
    term = TermFactory(
        ends_on=datetime(2026, 4, 30, tzinfo=UTC).date(),
        closes_on=datetime(2026, 5, 31, tzinfo=UTC).date(),
    )
    return CohortFactory(term=term)


@pytest.mark.parametrize("ends_at", ENDS.values(), ids=ENDS)
@pytest.mark.parametrize(
    ("after", "is_on_time"),
    [(DAY - MINUTE, True), (DAY, True), (DAY + MINUTE, False)],
    ids=["23 h 59 min", "24 h", "24 h 1 min"],
)
def test_a_thank_you_is_on_time_for_a_day(cohort, ends_at, after, is_on_time):
    student = EnrolmentFactory(cohort=cohort).student
    meeting = MeetingFactory(
        student=student, held=True, starts_at=ends_at - timedelta(minutes=45), minutes=45
    )
    sent_at = ends_at + after
    meeting = record_thank_you(meeting=meeting, sent_at=sent_at, now=sent_at)
    assert (meeting.thank_you_sent_at <= meeting.thank_you_due_at) == is_on_time
    (fact,) = read_term(cohort.term).meetings
    assert (fact.is_thanked, fact.is_thanked_on_time) == (True, is_on_time)
    (row,) = class_board(cohort, sent_at).rows
    assert row.at.thanked_on_time == is_on_time
