"""What came back, in one tap, and what to write back."""

import re
from datetime import date

import pytest
from django.contrib.messages import get_messages

from apps.outreach.actions.attempts import record_reply, take_reply_back
from apps.outreach.models import Attempt, Reply
from apps.outreach.tone import Kind, check
from tests.clock import NOW, ago
from tests.outreach.factories import AttemptFactory


@pytest.fixture
def attempt(ana):
    return AttemptFactory(student=ana, contact__name="Priya Raman")


def url(attempt):
    return f"/notes/{attempt.pk}/reply/"


def post(client, attempt, **data):
    response = client.post(url(attempt), data)
    assert (response.status_code, response.headers["Location"]) == (302, url(attempt))
    *_, message = get_messages(response.wsgi_request)
    attempt.refresh_from_db()
    return message.level_tag, str(message)


@pytest.mark.parametrize(
    ("button", "said", "reply", "has_no_role"),
    [
        ("yes", "yes", Reply.YES, False),
        ("no_role", "no role, but happy to talk", Reply.YES, True),
        ("later", "later", Reply.LATER, False),
        ("no", "no", Reply.NO, False),
    ],
)
def test_notes_in_one_tap_what_came_back(ana_client, attempt, button, said, reply, has_no_role):
    told = post(ana_client, attempt, reply=button)
    assert told == ("success", f"Noted: Priya Raman answered “{said}”.")
    assert (attempt.reply, attempt.replied_at) == (reply, NOW)
    assert (attempt.has_no_role, attempt.ask_again_on) == (has_no_role, None)


def test_keeps_the_day_on_which_to_ask_again(ana_client, attempt):
    post(ana_client, attempt, reply="later", ask_again_on="2026-01-12")
    assert (attempt.reply, attempt.ask_again_on) == (Reply.LATER, date(2026, 1, 12))
    page = ana_client.get(url(attempt)).text
    assert "Monday, January 12, 2026" in page
    assert 'value="2026-01-12"' in page


@pytest.mark.parametrize("button", ["yes", "no_role", "no"])
def test_has_no_such_day_for_another_answer(ana_client, attempt, button):
    post(ana_client, attempt, reply="later", ask_again_on="2026-01-12")
    post(ana_client, attempt, reply=button, ask_again_on="long ago")
    assert attempt.ask_again_on is None


@pytest.mark.parametrize(
    ("day", "is_kept"),
    [
        ("2025-10-15", False),  # today
        ("2025-10-16", True),
        ("2027-10-15", True),
        ("2027-10-16", False),
        ("soon", False),
    ],
)
def test_asks_again_on_a_day_to_come_within_two_years(ana_client, attempt, day, is_kept):
    response = ana_client.post(url(attempt), {"reply": "later", "ask_again_on": day})
    attempt.refresh_from_db()
    assert response.status_code == (302 if is_kept else 200)
    assert bool(attempt.ask_again_on) == is_kept


@pytest.mark.parametrize("data", [{}, {"reply": "maybe"}])
def test_asks_again_when_no_button_was_pressed(ana_client, attempt, data):
    response = ana_client.post(url(attempt), data)
    assert "Say what they answered: yes, later or no." in response.text
    attempt.refresh_from_db()
    assert attempt.replied_at is None


def test_corrects_a_tap_and_takes_it_back(ana_client, attempt):
    post(ana_client, attempt, reply="no_role")
    post(ana_client, attempt, reply="later", ask_again_on="2026-01-12")
    post(ana_client, attempt, reply="yes")
    assert (attempt.reply, attempt.has_no_role) == (Reply.YES, False)
    told = post(ana_client, attempt, reply="nothing")
    assert told == ("success", "Noted: nothing from Priya Raman yet.")
    assert (attempt.reply, attempt.replied_at) == ("", None)


@pytest.mark.django_db
def test_takes_everything_of_a_reply_back():
    later = AttemptFactory()
    record_reply(attempt=later, reply=Reply.LATER, ask_again_on=date(2026, 1, 12), now=NOW)
    kind = AttemptFactory()
    record_reply(attempt=kind, reply=Reply.YES, has_no_role=True, now=NOW)
    for attempt in (later, kind):
        take_reply_back(attempt=attempt)
    assert set(
        Attempt.objects.values_list("reply", "replied_at", "has_no_role", "ask_again_on")
    ) == {("", None, False, None)}


GUIDES = {
    "yes": ("Propose two or three times", True),
    "no_role": ("their view of the work", True),
    "later": ("Say when you will write again", False),
    "no": ("Ask who else might enjoy", False),
}


@pytest.mark.parametrize("button", GUIDES)
def test_says_what_to_write_back(ana_client, attempt, button):
    words, leads_to_times = GUIDES[button]
    post(ana_client, attempt, reply=button)
    page = ana_client.get(url(attempt)).text
    assert words in page
    assert (f"/contacts/{attempt.contact_id}/meet/" in page) == leads_to_times


@pytest.mark.parametrize("button", GUIDES)
def test_its_own_example_reads_smoothly(ana_client, attempt, button):
    post(ana_client, attempt, reply=button)
    (example,) = re.findall("<blockquote>(.*?)</blockquote>", ana_client.get(url(attempt)).text)
    kind = Kind.MEETING_REQUEST if GUIDES[button][1] else Kind.KEEP_IN_TOUCH
    report = check(example, kind)
    assert (report.verdict, report.findings) == ("smooth", ())


def test_asks_what_came_back_before_anything_has(ana_client, attempt):
    page = ana_client.get(url(attempt)).text
    assert "What came back?" in page
    assert "blockquote" not in page


def test_is_about_ones_own_notes_only(ana_client, ben_client, attempt):
    assert ana_client.get(f"/notes/{attempt.pk + 1}/reply/").status_code == 404
    for ask in (ben_client.get, ben_client.post):
        assert ask(url(attempt)).status_code == 404


def test_does_not_ask_for_two_replies_of_one_note(ana_client, attempt):
    post(ana_client, attempt, reply="yes")
    Attempt.objects.update(replied_at=ago(days=3))
    post(ana_client, attempt, reply="no")
    assert attempt.replied_at == ago(days=3)
