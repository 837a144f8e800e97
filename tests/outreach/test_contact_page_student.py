"""The student's side of a contact's page: making the link, reading the answer, agreeing."""

import re

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from apps.accounts.models import Session
from apps.accounts.session_store import SessionStore
from apps.meetings.models import Meeting, Status
from apps.outreach.answers import answers_of
from apps.outreach.links import find_link
from apps.outreach.models import Answer, ContactLink
from tests.clock import NOW, ago, ahead
from tests.contacts.factories import ContactFactory, WishFactory
from tests.meetings.factories import MeetingFactory
from tests.outreach.factories import ContactAnswerFactory, ContactLinkFactory

pytestmark = pytest.mark.django_db

ADDRESS = re.compile(r'value="http://127\.0\.0\.1:8000/c/([\w-]{43})/"')


@pytest.fixture
def ruth(ana):
    return ContactFactory(student=ana, name="Ruth", email="ruth@tern.example")


@pytest.fixture
def suggestion(ruth):
    return ContactAnswerFactory(link=ContactLinkFactory(contact=ruth, used=True))


def link_page(contact):
    return reverse("contact_link_new", args=[contact.pk])


def test_shows_the_address_once_and_keeps_it_nowhere(ruth, ana_client):
    assert not ADDRESS.search(ana_client.get(link_page(ruth)).text)
    assert not ContactLink.objects.exists()
    made = ana_client.post(link_page(ruth))
    assert made["Cache-Control"] == "private, no-store"
    (token,) = ADDRESS.findall(made.text)
    assert find_link(token, now=NOW).contact == ruth
    assert token not in ana_client.get(link_page(ruth)).text
    kept = [SessionStore().decode(session.session_data) for session in Session.objects.all()]
    assert token not in str(kept)


def test_says_which_times_it_will_offer(ruth, ana_client):
    assert reverse("meeting_new", args=[ruth.pk]) in ana_client.get(link_page(ruth)).text
    proposal = MeetingFactory(
        contact=ruth, status=Status.PROPOSED, proposed_times=[ahead(days=5), ahead(days=6)]
    )
    assert "Monday, October 20, 11:00 am" in ana_client.get(link_page(ruth)).text
    ana_client.post(link_page(ruth))
    assert ContactLink.objects.get().meeting == proposal


def test_makes_no_link_for_somebody_who_wants_to_be_left_alone(ruth, ana_client):
    WishFactory(key="ruth@tern.example", never=True)
    told = ana_client.post(link_page(ruth))
    assert "They have asked not to be contacted." in told.text
    assert "Make the link" not in told.text
    assert not ContactLink.objects.exists()


def test_takes_a_link_back(ruth, ana_client):
    link = ContactLinkFactory(contact=ruth)
    assert "Take it back" in ana_client.get(link_page(ruth)).text
    url = reverse("contact_link_revoke", args=[link.pk])
    assert "opens nothing any more." in ana_client.post(url, follow=True).text
    assert not ContactLink.objects.usable(NOW).exists()
    assert "anyway" in ana_client.post(url, follow=True).text


@pytest.mark.parametrize("is_proposed", [True, False])
def test_agrees_on_a_time_they_suggested(suggestion, ruth, ana_client, is_proposed):
    proposed = {"status": Status.PROPOSED, "proposed_times": [ahead(days=2)], "minutes": 15}
    if is_proposed:
        MeetingFactory(contact=ruth, **proposed)
    chosen = suggestion.times[1]
    url = reverse("answer_agree", args=[suggestion.pk])
    for _ in range(2):
        told = ana_client.post(url, {"starts_at": chosen.isoformat()}, follow=True)
        assert "Agreed: Sunday, October 19, 11:00 am." in told.text
    meeting = Meeting.objects.get()
    assert (meeting.status, meeting.starts_at) == (Status.SCHEDULED, chosen)
    assert meeting.minutes == (15 if is_proposed else 20)


@pytest.mark.parametrize(
    ("starts_at", "words"),
    [
        ("", "Choose one of the times they suggested."),
        ("soon", "Choose one of the times they suggested."),
        ("2025-13-45T00:00:00Z", "Choose one of the times they suggested."),
        ("2025-10-18T15:00:00", "Choose one of the times they suggested."),
        (ahead(days=9).isoformat(), "This is not one of the times they suggested."),
        (ago(days=1).isoformat(), "This time has passed already. Ask them for another one."),
    ],
)
def test_agrees_on_nothing_else(suggestion, ana_client, starts_at, words):
    suggestion.times = [ago(days=1), ahead(days=3)]
    suggestion.save()
    url = reverse("answer_agree", args=[suggestion.pk])
    assert words in ana_client.post(url, {"starts_at": starts_at}, follow=True).text
    assert not Meeting.objects.exists()


def test_agrees_on_nothing_with_somebody_who_was_erased(ana, ana_client):
    link = ContactLinkFactory(contact=ContactFactory(student=ana, erased=True), used=True)
    answer = ContactAnswerFactory(link=link)
    url = reverse("answer_agree", args=[answer.pk])
    said = {"starts_at": answer.times[0].isoformat()}
    assert ana_client.post(url, said).status_code == 404


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer.ACCEPTED, "They took a time you proposed:"),
        (Answer.OTHER_TIMES, "They would like to talk, at another time."),
        (Answer.NOT_NOW, "let it rest for a while"),
        (Answer.NO, "That is fine, and an answer."),
    ],
)
def test_tells_the_student_kindly(suggestion, ruth, answer, words):
    suggestion.answer = answer
    suggestion.save()
    context = {"answers": answers_of(ruth), "csrf_token": "x"}
    told = render_to_string("outreach/_answers.html", context)
    assert words in told
    assert "Happy to talk about the harbor." in told
    assert ("Saturday, October 18, 11:00 am" in told) == (
        answer in (Answer.ACCEPTED, Answer.OTHER_TIMES)
    )
