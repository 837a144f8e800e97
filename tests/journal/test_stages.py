import pytest

from apps.journal.stages import Stage, ask, find_own_list, stage_of
from apps.meetings.models import Status
from tests.accounts.factories import UserFactory
from tests.clock import NOW, ago, ahead
from tests.contacts.factories import ContactFactory
from tests.meetings.factories import MeetingFactory
from tests.outreach.factories import AttemptFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def contact():
    return ContactFactory()


def test_somebody_nothing_has_passed_with_is_on_the_list(contact):
    assert stage_of(contact, NOW) == Stage.LISTED


@pytest.mark.parametrize("answered", [False, True])
def test_a_note_is_reaching_out_whether_answered_or_not(contact, answered):
    AttemptFactory(contact=contact, answered=answered)
    assert stage_of(contact, NOW) == Stage.REACHED_OUT


def test_proposing_times_is_reaching_out_and_schedules_nothing(contact):
    MeetingFactory(contact=contact, proposed=True)
    assert stage_of(contact, NOW) == Stage.REACHED_OUT
    MeetingFactory(contact=contact)
    assert stage_of(contact, NOW) == Stage.SCHEDULED


def test_an_agreed_conversation_is_scheduled_until_it_is_said_how_it_went(contact):
    AttemptFactory(contact=contact)
    meeting = MeetingFactory(contact=contact, starts_at=ahead(days=2))
    assert stage_of(contact, NOW) == Stage.SCHEDULED
    meeting.starts_at = ago(days=2)
    meeting.save()
    assert stage_of(contact, NOW) == Stage.SCHEDULED


def test_an_old_date_that_nobody_asks_about_any_more_schedules_nothing(contact):
    MeetingFactory(contact=contact, starts_at=ago(days=31))
    assert stage_of(contact, NOW) == Stage.LISTED


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.NO_SHOW])
def test_a_conversation_that_did_not_take_place_changes_nothing(contact, status):
    MeetingFactory(contact=contact, starts_at=ago(days=2), status=status)
    assert stage_of(contact, NOW) == Stage.LISTED


def test_met_lasts_until_the_thank_you(contact):
    meeting = MeetingFactory(contact=contact, held=True)
    assert stage_of(contact, NOW) == Stage.MET
    meeting.thank_you_sent_at = NOW
    meeting.save()
    assert stage_of(contact, NOW) == Stage.IN_TOUCH


def test_a_thank_you_that_is_not_asked_for_any_more_is_not_open(contact):
    MeetingFactory(contact=contact, held=True, starts_at=ago(days=31))
    assert stage_of(contact, NOW) == Stage.IN_TOUCH


def test_a_practice_conversation_is_a_conversation(contact):
    MeetingFactory(contact=contact, practice=True)
    assert stage_of(contact, NOW) == Stage.MET


def test_the_next_conversation_counts_more_than_the_last(contact):
    MeetingFactory(contact=contact, held=True)
    MeetingFactory(contact=contact, starts_at=ahead(days=1))
    assert stage_of(contact, NOW) == Stage.SCHEDULED


def test_whoever_was_archived_rests_whatever_passed():
    contact = ContactFactory(archived_at=ago(days=1))
    MeetingFactory(contact=contact, starts_at=ahead(days=1))
    assert stage_of(contact, NOW) == Stage.RESTING


def test_another_contacts_history_is_no_ones_else(contact):
    MeetingFactory(student=contact.student, held=True)
    AttemptFactory(student=contact.student)
    assert stage_of(contact, NOW) == Stage.LISTED


def test_tells_the_latest_of_each_kind_and_the_next_meeting(contact):
    for days in (40, 20):
        AttemptFactory(contact=contact, sent_at=ago(days=days), answered=True)
        MeetingFactory(contact=contact, thanked=True, starts_at=ago(days=days - 10))
    for days in (9, 4):
        MeetingFactory(contact=contact, starts_at=ahead(days=days))
    rows = ask(
        "SELECT wrote_at, heard_at, met_at, meets_at FROM people", student=contact.student, now=NOW
    )
    assert rows == [(ago(days=20), ago(days=18), ago(days=10), ahead(days=4))]


def test_knows_only_the_students_own_contacts(contact):
    ContactFactory()
    assert ask("SELECT id FROM people", student=contact.student, now=NOW) == [(contact.pk,)]


def test_finds_the_student_with_each_of_their_tags_once(ana, django_assert_num_queries):
    ContactFactory(student=ana, tags=["oslo", "fair"])
    ContactFactory(student=ana, tags=["fair"])
    ContactFactory(tags=["of somebody else"])
    with django_assert_num_queries(1):
        assert find_own_list(ana.user) == (ana, ["fair", "oslo"])
    assert find_own_list(UserFactory()) is None
