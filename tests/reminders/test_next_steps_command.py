import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from apps.reminders.next_steps import next_steps_of
from tests.accounts.factories import UserFactory
from tests.clock import NOW, TODAY, ago
from tests.contacts.factories import ContactFactory
from tests.meetings.factories import CommitmentFactory, MeetingFactory
from tests.outcomes.factories import OfferFactory
from tests.outreach.factories import AttemptFactory
from tests.students.factories import EnrolmentFactory, StudentFactory, TermFactory

pytestmark = pytest.mark.django_db

EVERY_KIND = {
    "thank",
    "say_how_it_went",
    "prepare",
    "debrief",
    "keep_promise",
    "ask_about_promise",
    "write_to_referral",
    "follow_up",
    "agree_on_a_time",
    "set_up_campaign",
    "keep_pace",
    "confirm_offer",
    "close_out",
}
PAGES = ("/meetings/", "/contacts/", "/campaign/", "/offers/", "/close-out/")


@pytest.fixture
def student():
    user = UserFactory(student=True, email="noor@college.example", time_zone="Asia/Tokyo")
    return StudentFactory(user=user)


def printed(*options):
    out = StringIO()
    call_command("next_steps", *options, stdout=out)
    return out.getvalue()


def test_tells_each_step_with_its_row_its_moments_and_its_page(student):
    contact = ContactFactory(student=student, name="Zoë <O'Neill>")
    meeting = MeetingFactory(contact=contact, held=True, starts_at=ago(days=2), minutes=30)
    first = json.loads(printed("Noor@college.example", "--at", NOW.isoformat(), "--json"))[0]
    assert first == {
        "kind": "thank",
        "who": "Zoë <O'Neill>",
        "what": "Thank Zoë <O'Neill>",
        "why_now": "You met on Tuesday, October 14. A note within a day is part of every "
        "conversation.",
        "row": meeting.pk,
        "happened_at": "2025-10-14T00:00+09:00",
        "due_at": "2025-10-15T00:30+09:00",
        "is_overdue": True,
        "action": f"/meetings/{meeting.pk}/thank/",
    }


def test_has_words_and_a_page_for_every_kind(student):
    met = MeetingFactory(student=student, held=True)
    MeetingFactory(student=student, begun=True)
    MeetingFactory(student=student)
    MeetingFactory(student=student, proposed=True, created_at=ago(days=5), starts_at=ago(days=1))
    CommitmentFactory(meeting=met)
    CommitmentFactory(meeting=met, theirs=True, due_on=ago(days=10).date())
    ContactFactory(student=student, introduced_by=met.contact, listed_on=ago(days=3).date())
    AttemptFactory(student=student)
    EnrolmentFactory(student=student)
    OfferFactory(student=student)
    over = TermFactory(finished=True, closes_on=TODAY - timedelta(days=40))
    EnrolmentFactory(student=student, cohort__term=over)
    steps = json.loads(printed("noor@college.example", "--at", NOW.isoformat(), "--json"))
    assert {step["kind"] for step in steps} == EVERY_KIND
    for step in steps:
        assert step["who"] in step["what"]
        assert step["why_now"].endswith(".")
        assert step["action"].startswith(PAGES)
    assert [step["row"] for step in steps] == [step.subject for step in next_steps_of(student, NOW)]


def test_prints_the_same_in_lines(student):
    AttemptFactory(student=student)
    lines = printed("noor@college.example", "--at", NOW.isoformat()).splitlines()
    assert len(lines) == 3
    assert lines[0].startswith("Follow up with ")
    assert lines[0].endswith("(due 2025-10-14T00:00+09:00, overdue)")


def test_finds_who_has_no_account_yet_by_the_roster():
    StudentFactory(user=None, email="Ana@students.example")
    assert printed("ana@students.example") == "Nothing is open.\n"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["nobody@college.example"], "no student"),
        (["noor@college.example", "--at", "2025-10-15T08:00"], "offset"),
    ],
)
def test_says_what_it_cannot_do(student, options, words):
    with pytest.raises(CommandError, match=words):
        call_command("next_steps", *options)
