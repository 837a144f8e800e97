from datetime import timedelta

import pytest

from apps.journal.spine import spine, standing
from apps.meetings.models import Status
from apps.reminders.next_steps import next_steps_of
from tests.clock import NOW, ago, ahead
from tests.contacts.factories import ContactFactory
from tests.meetings.factories import DebriefFactory, MeetingFactory
from tests.outreach.factories import AttemptFactory
from tests.students.factories import CampaignFactory, StudentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def student():
    return StudentFactory(with_account=True)


def steps_of(student, goal=2, now=NOW):
    kinds = {step.kind for step in next_steps_of(student, now)}
    return spine(standing(student, now), goal=goal, kinds=kinds, now=now)


def words_of(student, **given):
    return [step.words for step in steps_of(student, **given)]


def now_of(student, **given):
    (name,) = (step.name for step in steps_of(student, **given) if step.is_now)
    return name


def test_says_how_to_begin_when_there_is_nothing(student):
    assert words_of(student) == [
        "What do you want to learn?",
        "Nobody yet",
        "Nobody written to yet",
        "Nothing in the calendar",
        "Nothing coming up",
        "None held yet",
    ]
    assert {step.state for step in steps_of(student)} == {"todo"}
    assert now_of(student) == "Purpose"


def test_counts_every_step_from_the_rows(student):
    CampaignFactory(student=student)
    ContactFactory(student=student, archived_at=ago(days=1))
    AttemptFactory.create_batch(2, student=student, sent_at=ago(days=2))
    first = MeetingFactory(student=student, starts_at=ahead(days=1))
    MeetingFactory(student=student, starts_at=ahead(days=9))
    MeetingFactory(student=student, starts_at=ahead(days=2), is_ready=True)
    MeetingFactory(student=student, status=Status.PROPOSED, proposed_times=[ahead(days=2)])
    MeetingFactory(student=student, thanked=True)
    MeetingFactory(student=student, practice=True)
    MeetingFactory(held=True)  # somebody else's
    steps = steps_of(student)
    assert [step.words for step in steps] == [
        "Set, 3 targets",
        "8 people",
        "2 waiting for a reply",
        "3 in the calendar, 1 proposed",
        "2 open, for tomorrow",
        "1 held, 1 for practice",
    ]
    assert [step.state for step in steps] == ["done", "done", "", "", "", ""]
    assert steps[4].url == f"/meetings/{first.pk}/prepare/"


def test_costs_one_query(student, django_assert_num_queries):
    standing(student, NOW)  # writes the statement, once for all
    MeetingFactory.create_batch(3, student=student, held=True)
    with django_assert_num_queries(1):
        standing(student, NOW)


def test_is_done_with_the_list_once_it_is_long_enough_for_the_term(student):
    ContactFactory.create_batch(2, student=student)
    assert [steps_of(student, goal=goal)[1].state for goal in (3, 2, None)] == ["", "done", "done"]


def test_marks_as_now_what_is_to_be_done_next(student):
    CampaignFactory(student=student)
    assert now_of(student) == "List"
    contact = ContactFactory(student=student)
    assert now_of(student) == "Contact"
    AttemptFactory(contact=contact, sent_at=ago(days=8))
    assert now_of(student) == "Contact"
    meeting = MeetingFactory(
        contact=contact,
        status=Status.PROPOSED,
        proposed_times=[ago(hours=1)],
        starts_at=ago(hours=1),
        changed_at=ago(days=1),
    )
    assert now_of(student) == "Appointment"
    meeting.status, meeting.starts_at = Status.SCHEDULED, ahead(days=1)
    meeting.save()
    assert now_of(student) == "Prepare"
    meeting.is_ready = True
    meeting.save()
    assert now_of(student) == "Conduct"
    assert now_of(student, now=ahead(days=2)) == "Conduct"  # say how it went
    meeting.status, meeting.thank_you_sent_at = Status.HELD, ahead(days=2)
    meeting.save()
    assert now_of(student, now=ahead(days=2)) == "Conduct"  # the debrief
    DebriefFactory(meeting=meeting)
    assert now_of(student, now=ahead(days=2)) == "Contact"


def test_has_the_last_thing_to_change_with_whom_it_was_noted_after(student):
    for days, words in ((9, "Ask shorter questions"), (3, "Leave a pause"), (1, "")):
        meeting = MeetingFactory(
            student=student, held=True, contact__name=f"Met {days}", starts_at=ago(days=days)
        )
        DebriefFactory(meeting=meeting, change_next_time=words)
    at = standing(student, NOW)
    assert (at.change, at.change_after) == ("Leave a pause", "Met 3")


def test_speaks_of_days_on_the_students_clock(student):
    MeetingFactory(student=student, starts_at=NOW + timedelta(hours=12))  # 11 pm in New York
    assert words_of(student)[4] == "1 open, for today"
    assert words_of(student, now=ago(days=4))[4] == "1 open, for Wed, Oct 15"
