"""What may happen to a meeting in which state, and that nothing else can."""

from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.meetings.actions import schedule
from apps.meetings.actions.outcome import record_outcome, record_thank_you
from apps.meetings.models import Meeting, Status
from apps.meetings.moves import TABLE, Move, NotPossible, can, make, refusal
from tests.clock import NOW
from tests.meetings.factories import MeetingFactory

# Which moves are possible, and the state they lead to. An asterisk: once it has begun.
ALLOWED = """
            proposed    scheduled    held       no_show     cancelled
propose     proposed    -            -          -           -
accept      scheduled   -            -          -           -
reschedule  -           scheduled    -          scheduled   -
edit        proposed    scheduled    held       no_show     -
cancel      cancelled   cancelled    -          -           -
hold        -           held*        -          held*       -
miss        -           no_show*     no_show*   -           -
thank       -           -            held*      -           -
"""
STATES, *LINES = [line.split() for line in ALLOWED.splitlines() if line]
CASES = [
    (Move(line[0]), Status(state), target)
    for line in LINES
    for state, target in zip(STATES, line[1:], strict=True)
]


def meeting_in(state, starts_at):
    return MeetingFactory.build(status=state, starts_at=starts_at, proposed_times=[starts_at])


def test_says_of_every_move_what_it_needs():
    assert {move for move, _, _ in CASES} == set(Move) == set(TABLE)
    assert {state for _, state, _ in CASES} == set(Status)


@pytest.mark.parametrize(("move", "state", "target"), CASES)
@pytest.mark.parametrize("has_begun", [False, True])
def test_makes_the_moves_of_the_table_and_no_other(move, state, target, has_begun):
    meeting = meeting_in(state, NOW if has_begun else NOW + timedelta(seconds=1))
    is_possible = target != "-" and (has_begun or not target.endswith("*"))
    assert can(move, meeting, now=NOW) == is_possible
    assert bool(refusal(move, meeting, now=NOW)) != is_possible
    if is_possible:
        make(move, meeting, now=NOW)
        assert meeting.status == target.rstrip("*")
    else:
        with pytest.raises(NotPossible, match=r"^[A-Z].+\.$"):
            make(move, meeting, now=NOW)
        assert meeting.status == state


def test_has_words_of_its_own_for_each_refusal():
    assert len({rule.otherwise for rule in TABLE.values()}) == len(TABLE)


def propose(meeting, when, now):
    return schedule.propose_other_times(
        meeting=meeting, times=[when, when + timedelta(days=1)], now=now
    )


def accept(meeting, when, now):
    return schedule.accept_time(meeting=meeting, starts_at=when, now=now)


def reschedule(meeting, when, now):
    return schedule.reschedule_meeting(meeting=meeting, starts_at=when, now=now)


def edit(meeting, when, now):
    details = {"minutes": 1 + when.hour * 20, "place": f"Room {when.hour}"}
    return schedule.edit_details(meeting=meeting, details=details, now=now)


def cancel(meeting, when, now):
    return schedule.cancel_meeting(meeting=meeting, now=now)


def hold(meeting, when, now):
    return record_outcome(meeting=meeting, was_held=True, now=now)


def miss(meeting, when, now):
    return record_outcome(meeting=meeting, was_held=False, now=now)


def thank(meeting, when, now):
    return record_thank_you(meeting=meeting, sent_at=when, now=now)


HOURS = st.integers(-48, 48).map(lambda hours: timedelta(hours=hours))
DO = {
    Move(act.__name__): act
    for act in (propose, accept, reschedule, edit, cancel, hold, miss, thank)
}
STEPS = st.lists(
    st.tuples(st.sampled_from(Move), st.integers(0, 36), HOURS), min_size=1, max_size=15
)


def row_of(meeting):
    return Meeting.objects.filter(pk=meeting.pk).values().get()


@pytest.mark.django_db
@settings(max_examples=40, deadline=None)
@given(STEPS)
def test_keeps_every_constraint_whatever_is_tried_in_whatever_order(steps):
    meeting = MeetingFactory(proposed=True)
    now = NOW
    for move, hours, offset in steps:
        now += timedelta(hours=hours)
        before = row_of(meeting)
        known = Meeting.objects.get(pk=meeting.pk)
        words = ""
        try:
            DO[move](meeting, now + offset, now)
        except NotPossible as reason:
            words = str(reason)
        if words or refusal(move, known, now=now):  # or it was said twice
            assert row_of(meeting) == before
        after = Meeting.objects.get(pk=meeting.pk)
        after.full_clean()
        assert after.calendar_uid == before["calendar_uid"]
        assert after.calendar_sequence - before["calendar_sequence"] in (0, 1)
        assert after.thank_you_sent_at is None or after.status == Status.HELD
    connection.check_constraints()


@pytest.mark.django_db
@pytest.mark.parametrize(("move", "state", "target"), CASES)
def test_refuses_in_the_database_what_the_table_does_not_have(move, state, target):
    """Every action asks the table, also where an old copy of the row would allow the move."""
    meeting = MeetingFactory(begun=True, status=state, proposed_times=[NOW])
    allowing = next(possible for _, possible, end in CASES if _ == move and end != "-")
    before = row_of(meeting)
    meeting.status = allowing
    if target == "-" and not is_said_already(move, state):
        with pytest.raises(NotPossible):
            DO[move](meeting, NOW + timedelta(hours=1), NOW)
    else:
        DO[move](meeting, NOW if move == Move.THANK else NOW + timedelta(hours=1), NOW)
    assert (row_of(meeting) == before) == (target == "-")


def is_said_already(move, state):
    said = {Move.HOLD: Status.HELD, Move.MISS: Status.NO_SHOW, Move.CANCEL: Status.CANCELLED}
    return said.get(move) == state
