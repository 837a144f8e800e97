"""Each asking is in one state that can be said in words; silence is one of them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from apps.common.localtime import start_of_day
from apps.outreach.actions.attempts import record_reply
from apps.outreach.models import Reply
from apps.outreach.state import Kind, state_of
from apps.students.models import FollowUpPolicy
from tests.clock import NOW, TODAY, ago, ahead
from tests.contacts.factories import ContactFactory, WishFactory
from tests.meetings.factories import MeetingFactory
from tests.outreach.factories import AttemptFactory
from tests.students.factories import CohortFactory, EnrolmentFactory, StudentFactory

pytestmark = pytest.mark.django_db


def student_of(policy=FollowUpPolicy.ONE_WEEK, **cohort):
    student = StudentFactory(with_account=True)
    EnrolmentFactory(student=student, cohort=CohortFactory(follow_up_policy=policy, **cohort))
    return student


def words(contact, now=NOW):
    state = state_of(contact, now)
    html = render_to_string("outreach/_state.html", {"state": state, "contact": contact})
    return " ".join(html.split())


def test_is_nothing_before_the_first_note():
    contact = ContactFactory()
    assert state_of(contact, NOW).kind == Kind.NOT_ASKED
    assert words(contact) == ""
    AttemptFactory(contact=contact, sent_at=ahead(seconds=1))
    assert state_of(contact, NOW).kind == Kind.NOT_ASKED


def test_waits_until_the_day_of_the_policy_begins():
    attempt = AttemptFactory(student=student_of(), sent_at=NOW)
    opens = start_of_day(TODAY + timedelta(days=7), attempt.student.zone)
    before = state_of(attempt.contact, opens - timedelta(seconds=1))
    assert (before.kind, before.attempt, before.again_on) == (
        Kind.WAITING,
        attempt,
        TODAY + timedelta(days=7),
    )
    assert (before.note, before.most, before.is_last) == (1, 4, False)
    assert state_of(attempt.contact, opens).kind == Kind.FOLLOW_UP
    assert "note 1 of 4. Give them until Wednesday, October 22" in words(attempt.contact)
    now = words(attempt.contact, opens)
    assert "The next is note 2 of 4" in now
    assert f"/contacts/{attempt.contact_id}/write/?kind=follow_up" in now


def test_ends_in_silence_that_is_said_without_blame():
    student = student_of(most_attempts=2)
    contact = AttemptFactory(student=student, sent_at=ago(days=8)).contact
    AttemptFactory(contact=contact, sent_at=NOW)
    last = state_of(contact, NOW)
    assert (last.kind, last.is_last) == (Kind.WAITING, True)
    assert "note 2 of 2. It was the last one. If nothing comes back by" in words(contact)
    quiet = state_of(contact, ahead(days=7))
    assert (quiet.kind, quiet.note, quiet.is_open) == (Kind.QUIET, 2, False)
    said = words(contact, ahead(days=7))
    assert "You wrote 2 times, and nothing came back. Silence is an answer too" in said
    assert "Nothing more is due" in said
    assert 'value="yes"' in said  # an answer may still come


def test_a_reply_ends_it_at_the_same_second():
    attempt = AttemptFactory(student=student_of(), sent_at=ago(days=8))
    assert state_of(attempt.contact, NOW).kind == Kind.FOLLOW_UP
    record_reply(attempt=attempt, reply=Reply.LATER, ask_again_on=TODAY + timedelta(9), now=NOW)
    assert state_of(attempt.contact, NOW).kind == Kind.ANSWERED
    assert "later. You ask again on October 24, 2025." in words(attempt.contact)


def test_names_the_kind_of_yes():
    attempt = AttemptFactory(student=student_of())
    record_reply(attempt=attempt, reply=Reply.YES, has_no_role=True, now=NOW)
    said = words(attempt.contact)
    assert "On October 15: no role, but happy to talk." in said
    assert f'href="/notes/{attempt.pk}/reply/"' in said


def test_begins_anew_with_a_note_after_the_answer():
    answered = {"reply": Reply.NO, "replied_at": ago(days=29)}
    attempt = AttemptFactory(student=student_of(), sent_at=ago(days=30), **answered)
    AttemptFactory(contact=attempt.contact, sent_at=ago(days=1))
    state = state_of(attempt.contact, NOW)
    assert (state.kind, state.note) == (Kind.WAITING, 1)


@pytest.mark.parametrize(
    "wish", [{"never": True}, {"paused": True}, {"paused_until": TODAY}, {"erased": True}]
)
def test_rests_while_the_person_wishes(wish):
    contact = ContactFactory(student=student_of(), email="ruth@harbor.example")
    AttemptFactory(contact=contact)
    WishFactory(key="ruth@harbor.example", **wish)
    assert state_of(contact, NOW).kind == Kind.SILENCED
    assert "nothing is due" in words(contact)


def test_goes_on_after_a_pause():
    contact = ContactFactory(student=student_of(), email="ruth@harbor.example")
    AttemptFactory(contact=contact)
    WishFactory(key="ruth@harbor.example", paused_until=TODAY - timedelta(days=1))
    assert state_of(contact, NOW).kind == Kind.FOLLOW_UP


@pytest.mark.parametrize(
    "passed",
    [
        lambda attempt: MeetingFactory(contact=attempt.contact, starts_at=ahead(days=1)),
        lambda attempt: type(attempt).objects.update(sent_at=ago(days=121)),
    ],
    ids=["a conversation", "four months"],
)
def test_says_nothing_once_it_has_moved_on(passed):
    attempt = AttemptFactory(student=student_of())
    passed(attempt)
    assert state_of(attempt.contact, NOW).kind == Kind.MOVED_ON
    assert words(attempt.contact) == ""


class TestThreeAndSeven:
    """After three business days somebody else at the same organization."""

    @pytest.fixture
    def ruth(self):
        student = student_of(FollowUpPolicy.THREE_AND_SEVEN)
        contact = ContactFactory(student=student, organization="Harbor & Sons")
        AttemptFactory(contact=contact, sent_at=NOW)  # a Wednesday
        return contact

    def test_names_own_contacts_there_from_the_third_business_day(self, ruth):
        about = {"student": ruth.student, "organization": "HARBOR & SONS"}
        names = ["Ada", "Björk", "Dana", "Elaine"]
        for name in reversed(names):
            ContactFactory(**about, name=name)
        ContactFactory(**about, name="Aaron", archived_at=NOW)
        ContactFactory(organization="Harbor & Sons", name="Of somebody else")
        opens = start_of_day(TODAY + timedelta(days=5), ruth.student.zone)  # Monday
        assert not state_of(ruth, opens - timedelta(seconds=1)).elsewhere
        state = state_of(ruth, opens)
        assert (state.kind, state.elsewhere) == (Kind.WAITING, True)
        assert [other.name for other in state.colleagues] == names[:3]
        said = words(ruth, opens)
        assert "try somebody else at Harbor &amp; Sons as well" in said
        assert f"/contacts/{state.colleagues[0].pk}/" in said

    def test_says_so_where_nobody_else_is_known(self, ruth):
        said = words(ruth, ahead(days=6))
        assert "Nobody else from there is on your list yet." in said

    def test_is_silent_where_no_organization_is_known(self, ruth):
        ruth.organization = ""
        ruth.save()
        assert not state_of(ruth, ahead(days=6)).elsewhere


def test_other_policies_try_elsewhere_only_after_the_silence():
    student = student_of(most_attempts=1)
    contact = AttemptFactory(student=student, sent_at=NOW).contact
    assert not state_of(contact, ahead(days=6)).elsewhere
    state = state_of(contact, ahead(days=8))
    assert (state.kind, state.elsewhere) == (Kind.QUIET, True)


def test_asks_as_often_however_much_there_is():
    student = student_of(FollowUpPolicy.THREE_AND_SEVEN)
    contact = ContactFactory(student=student)
    for days in (40, 20, 5):
        AttemptFactory(contact=contact, sent_at=ago(days=days))
        ContactFactory(student=student)
    with CaptureQueriesContext(connection) as queries:
        state_of(contact, NOW)
    assert len(queries) <= 6
