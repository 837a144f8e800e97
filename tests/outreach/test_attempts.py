"""The page on which a student puts down a note or a call, and what it says beforehand."""

import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.contacts.models import Contact
from apps.outreach.actions import attempts as actions
from apps.outreach.models import Attempt, Channel, Reply
from apps.students.models import Student
from tests.clock import NOW, ago
from tests.contacts.factories import ContactFactory, WishFactory
from tests.outreach.factories import AttemptFactory

ADDRESS = "ruth@northfield.example"
SAID = {"channel": "phone", "sent_on": "2025-10-14", "sent_time": "09:30"}


@pytest.fixture
def ruth(ana: Student) -> Contact:
    return ContactFactory(student=ana, name="Ruth Adeyemi", email=ADDRESS)


@pytest.fixture
def bens_ruth(ben: Student) -> Contact:
    """The same person on the list of a student of another class, with everything that names him."""
    return ContactFactory(student=ben, name="R. Adeyemi", email=ADDRESS.title(), note="my aunt")


def url(contact: Contact) -> str:
    return reverse("attempt_new", args=[contact.pk])


def page(client: Client, contact: Contact, name: str = "attempt_new") -> tuple[str, list[str]]:
    """Return the page without its tokens, and what it asked the database."""
    with CaptureQueriesContext(connection) as queries:
        response = client.get(reverse(name, args=[contact.pk]))
    assert response.status_code == 200
    html = re.sub(r'(csrfmiddlewaretoken" value="|X-CSRFToken": ")\w+', r"\1", response.text)
    return html, [query["sql"] for query in queries]


def test_keeps_a_call_on_the_students_own_clock(ana_client: Client, ana: Student, ruth: Contact):
    ana.user.time_zone = "Asia/Tokyo"
    ana.user.save()
    response = ana_client.post(url(ruth), SAID)
    assert response.url == reverse("contact", args=[ruth.pk])
    attempt = Attempt.objects.get()
    assert (attempt.contact, attempt.student, attempt.channel) == (ruth, ana, Channel.PHONE)
    assert attempt.sent_at == datetime(2025, 10, 14, 0, 30, tzinfo=UTC)
    assert (attempt.reply, attempt.replied_at, attempt.reason) == ("", None, "")


def test_offers_a_mail_of_now(ana_client: Client, ruth: Contact) -> None:
    html, _ = page(ana_client, ruth)
    assert 'value="2025-10-15"' in html
    assert 'value="11:00"' in html
    assert re.search(r'value="email"[^>]*checked', html)


def test_keeps_the_reply_that_is_there_already(ana_client: Client, ruth: Contact) -> None:
    ana_client.post(url(ruth), {**SAID, "reply": "later"})
    attempt = Attempt.objects.get()
    assert (attempt.reply, attempt.replied_at) == (Reply.LATER, NOW)


def test_a_note_said_twice_is_one_note(ana_client: Client, ruth: Contact) -> None:
    ana_client.post(url(ruth), {**SAID, "reply": "yes"})
    ana_client.post(url(ruth), {**SAID, "reply": "no"})
    assert Attempt.objects.get().reply == Reply.YES


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"sent_on": "2025-10-15", "sent_time": "11:01"}, "This is still to come"),
        ({"sent_on": "9999-12-31"}, "Please look at the day again"),
        ({"sent_on": "0001-01-01"}, "Please look at the day again"),
        ({"channel": "pigeon"}, "Select a valid choice"),
        ({"sent_time": ""}, "This field is required"),
    ],
)
def test_asks_again_where_something_cannot_be(
    ana_client: Client, ruth: Contact, wrong: dict[str, str], words: str
) -> None:
    response = ana_client.post(url(ruth), {**SAID, **wrong})
    assert words in response.text
    assert not Attempt.objects.exists()


def test_nobody_else_reaches_the_page(
    ben_client: Client, counselor_client: Client, ruth: Contact
) -> None:
    assert ben_client.get(url(ruth)).status_code == 404
    assert ben_client.post(url(ruth), SAID).status_code == 404
    assert counselor_client.get(url(ruth)).status_code == 403
    assert not Attempt.objects.exists()


@pytest.mark.parametrize("name", ["contact", "attempt_new"])
def test_nothing_tells_that_somebody_else_knows_the_person(
    ana_client: Client, ruth: Contact, bens_ruth: Contact, name: str
) -> None:
    with_ben = page(ana_client, ruth, name)
    bens_ruth.email = "somebody@else.example"
    bens_ruth.save()
    assert page(ana_client, ruth, name) == with_ben


@pytest.mark.parametrize("name", ["contact", "attempt_new"])
def test_the_warning_is_a_sentence_and_tells_nothing_else(
    ana_client: Client, ruth: Contact, bens_ruth: Contact, ben: Student, name: str
) -> None:
    before, queries = page(ana_client, ruth, name)
    attempt = AttemptFactory(contact=bens_ruth, sent_at=ago(days=10, hours=3))
    warned, queries_when_warned = page(ana_client, ruth, name)

    assert queries_when_warned == queries
    assert "Somebody from the programme wrote to them recently." in warned
    assert "Please wait until December 5, 2025" in warned
    if name == "contact":  # the page itself stays as it was, around the sentence
        banner = re.compile(r'\s*<div class="ch-banner soon">.*?</div>', re.DOTALL)
        assert banner.sub("", warned).split() == before.split()
    added = "".join(set(warned.splitlines()) - set(before.splitlines()))
    names = [ben.given_name, ben.family_name, ben.email, ben.student_id, bens_ruth.name]
    assert not [said for said in (*names, "aunt", "October 5", "12:00") if said in added]

    # To the letter the same page, whoever wrote on that day, and however many did.
    attempt.delete()
    for days in (30, 10):
        AttemptFactory(contact=ContactFactory(email=ADDRESS), sent_at=ago(days=days))
    assert page(ana_client, ruth, name) == (warned, queries)


def test_a_warning_asks_for_a_reason(ana_client: Client, ruth: Contact, bens_ruth: Contact) -> None:
    AttemptFactory(contact=bens_ruth)
    response = ana_client.post(url(ruth), SAID)
    assert "Your reason to write all the same" in response.text
    assert not ruth.attempts.exists()

    response = ana_client.post(url(ruth), {**SAID, "reason": "She is my neighbor."})
    assert response.status_code == 302
    assert ruth.attempts.get().reason == "She is my neighbor."


def test_keeps_no_reason_where_none_is_asked_for(ana_client: Client, ruth: Contact) -> None:
    ana_client.post(url(ruth), {**SAID, "reason": "just so"})
    assert ruth.attempts.get().reason == ""


def test_leaves_those_alone_who_asked_for_it(ana_client: Client, ruth: Contact) -> None:
    WishFactory(key=ADDRESS, never=True)
    html, _ = page(ana_client, ruth)
    assert "They have asked not to be contacted." in html
    assert "sent_on" not in html
    response = ana_client.post(url(ruth), {**SAID, "reason": "please"})
    assert response.status_code == 200
    assert not ruth.attempts.exists()


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({"paused": True}, "They have asked for a pause.</strong> Please wait until October 30"),
        ({"most_per_term": 1}, "this term is taken.</strong> Please wait until the next term"),
    ],
)
def test_says_what_they_wish(
    ana_client: Client, ruth: Contact, bens_ruth: Contact, wish: dict[str, object], words: str
) -> None:
    AttemptFactory(contact=bens_ruth)
    with_cap = WishFactory(key=ADDRESS, **wish)
    if with_cap.paused_until:
        Attempt.objects.all().delete()
    assert words in page(ana_client, ruth)[0]


def test_takes_nothing_in_that_came_to_be_unwelcome_meanwhile(
    ana_client: Client, ruth: Contact, monkeypatch: pytest.MonkeyPatch
) -> None:
    def somebody_was_quicker(**said: object) -> None:
        raise actions.BetterToWait

    monkeypatch.setattr(actions, "log_attempt", somebody_was_quicker)
    assert ana_client.post(url(ruth), SAID).url == url(ruth)


@pytest.mark.django_db
@pytest.mark.parametrize("wish", [{"never": True}, {"paused": True}])
def test_the_action_itself_refuses(wish: dict[str, bool]) -> None:
    contact = ContactFactory(email=ADDRESS)
    WishFactory(key=ADDRESS, **wish)
    reasons = ["", "because"] if "never" in wish else [""]
    for reason in reasons:
        with pytest.raises(actions.BetterToWait):
            actions.log_attempt(
                contact=contact, channel=Channel.EMAIL, sent_at=NOW, reason=reason, now=NOW
            )
    assert not Attempt.objects.exists()
