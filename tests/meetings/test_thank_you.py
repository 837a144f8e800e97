from datetime import timedelta
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from apps.meetings.models import FindingKind, ReferralAnswer
from apps.meetings.thank_you import Letter, ThankYouClock, draft, on_time_so_far
from tests.clock import NOW, ago
from tests.contacts.factories import ContactFactory
from tests.meetings.factories import (
    CommitmentFactory,
    DebriefFactory,
    FindingFactory,
    MeetingFactory,
    ReferralFactory,
)

pytestmark = pytest.mark.django_db

DAY = timedelta(hours=24)


@pytest.fixture
def talk(ana):
    contact = ContactFactory(
        student=ana, name="Dana Whitfield", given_name="Dana", email="dana@tern.example"
    )
    return MeetingFactory(contact=contact, held=True, starts_at=ago(hours=20), minutes=20)


def test_composes_a_note_from_what_the_debrief_says(talk):
    FindingFactory(meeting=talk, kind=FindingKind.CULTURE, text="They share one room.")
    FindingFactory(meeting=talk, text="Everyone explains a test\nin one slide.")
    FindingFactory(meeting=talk, opening=True, text="A place in spring")
    for name in ("Ruth Adeyemi", "Gabriel Moreno", "王芳"):
        contact = ContactFactory(student=talk.student, name=name, introduced_by=talk.contact)
        ReferralFactory(meeting=talk, contact=contact)
    CommitmentFactory(meeting=talk, what="Send the survey & “one-pager”")
    CommitmentFactory(meeting=talk, theirs=True)
    CommitmentFactory(meeting=talk, what="Call", done_at=NOW)
    letter = draft(talk)
    assert letter == Letter(
        "dana@tern.example",
        "Thank you for your time",
        "Dear Dana,\n\n"
        "Thank you for the 20 minutes you took for me. What stays with me is this: Everyone"
        " explains a test in one slide.\n\n"
        "Thank you as well for pointing me to Ruth Adeyemi, Gabriel Moreno and 王芳. I will write"
        " to each of them this week and tell you how it went.\n\n"
        "As promised:\n"
        "- Send the survey & “one-pager”, by Friday, October 17\n\n"
        f"With warm regards,\n{talk.student.name}\n",
    )


def test_composes_a_short_note_without_a_debrief(talk):
    talk.contact.given_name = ""
    assert draft(talk).body == (
        "Dear Dana Whitfield,\n\nThank you for the 20 minutes you took for me.\n\n"
        f"With warm regards,\n{talk.student.name}\n"
    )


def test_asks_in_the_note_whom_else_to_talk_with_if_they_have_not_yet(talk):
    DebriefFactory(meeting=talk, referral_answer=ReferralAnswer.NOT_YET)
    assert "Who else do you think I should talk with" in draft(talk).body


def test_says_nothing_of_an_opening_or_of_what_is_private(talk):
    FindingFactory(meeting=talk, kind=FindingKind.POSSIBLE_OPENING, text="A place in spring")
    FindingFactory(meeting=talk, is_private=True, text="A secret")
    body = draft(talk).body
    assert "spring" not in body
    assert "secret" not in body


def test_names_nobody_who_was_erased(talk):
    gone = ContactFactory(student=talk.student, erased=True)
    ReferralFactory(meeting=talk, contact=gone)
    assert gone.name not in draft(talk).body


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_makes_a_link_that_every_mail_program_reads(line_end):
    letter = Letter(
        "a+b@tern.example", "Thanks & more?", f"Dear 王芳,{line_end}{line_end}50 % of it"
    )
    assert letter.mailto == (
        "mailto:a%2Bb@tern.example?subject=Thanks%20%26%20more%3F"
        "&body=Dear%20%E7%8E%8B%E8%8A%B3%2C%0D%0A%0D%0A50%20%25%20of%20it"
    )
    said = parse_qs(urlsplit(letter.mailto).query)
    assert said == {"subject": ["Thanks & more?"], "body": ["Dear 王芳,\r\n\r\n50 % of it"]}
    assert unquote(urlsplit(letter.mailto).path) == "a+b@tern.example"


def test_lets_no_line_slip_into_the_head_of_a_mail():
    assert "%0D%0A" not in Letter("a@b.example", "Thanks\r\nBcc: c@d.example", "").mailto


def test_knows_a_note_that_is_long_for_a_link():
    assert not Letter("a@b.example", "Thanks", "x" * 1900).is_long
    assert Letter("a@b.example", "Thanks", "x" * 2000).is_long


@pytest.mark.parametrize(
    ("passed", "is_late", "words"),
    [
        (timedelta(0), False, "24 h"),
        (timedelta(hours=21, minutes=20), False, "2 h 40 min"),
        (DAY - timedelta(minutes=1), False, "1 min"),
        (DAY, False, "less than a minute"),
        (DAY + timedelta(minutes=1), True, "1 min"),
        (timedelta(days=2, hours=3), True, "27 h"),
        (timedelta(days=4), True, "3 days"),
    ],
)
def test_says_how_much_time_is_left(talk, passed, is_late, words):
    clock = ThankYouClock.of(talk, now=talk.ends + passed)
    assert (clock.is_late, clock.left_in_words) == (is_late, words)


def test_judges_a_note_by_when_it_was_sent(talk):
    for minutes, is_late in ((-1, False), (0, False), (1, True)):
        talk.thank_you_sent_at = talk.thank_you_due_at + timedelta(minutes=minutes)
        assert ThankYouClock.of(talk, now=NOW + 9 * DAY).is_late == is_late


def test_counts_what_was_on_time_of_what_is_settled(ana):
    MeetingFactory.create_batch(2, student=ana, thanked=True)
    MeetingFactory(student=ana, held=True, thank_you_sent_at=ago(days=1))  # a day late
    MeetingFactory(student=ana, held=True)  # overdue
    MeetingFactory(student=ana, held=True, starts_at=ago(hours=2))  # in time still
    MeetingFactory(student=ana, practice=True)
    MeetingFactory(student=ana, begun=True)
    MeetingFactory(thanked=True)
    assert on_time_so_far(ana.pk, now=NOW) == (2, 4)
