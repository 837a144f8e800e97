from datetime import timedelta

import pytest
from django.contrib.messages import get_messages

from apps.meetings.models import Status
from tests.clock import NOW, ago, ahead
from tests.contacts.factories import ContactFactory
from tests.meetings.factories import FindingFactory, MeetingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(ana):
    contact = ContactFactory(student=ana, name="Dana Whitfield", email="dana@tern.example")
    return MeetingFactory(contact=contact, held=True, starts_at=ago(hours=21, minutes=40))


def url(talk):
    return f"/meetings/{talk.pk}/thank/"


def page_of(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_shows_the_draft_the_link_and_the_clock(ana_client, ana, talk):
    MeetingFactory.create_batch(5, student=ana, thanked=True)
    FindingFactory(meeting=talk, text="One slide & <no> more")
    page = page_of(ana_client.get(url(talk)))
    assert "One slide &amp; &lt;no&gt; more." in page
    assert 'href="mailto:dana@tern.example?subject=Thank%20you' in page
    assert "One%20slide%20%26%20%3Cno%3E%20more.%0D%0A%0D%0AWith%20warm" in page
    assert "<strong>Thank-you due in 2 h 50 min</strong>, by 1:50 pm, Wednesday" in page
    assert "You have sent 5 of 5 on time so far." in page


def test_says_kindly_that_it_is_late(ana_client, ana):
    talk = MeetingFactory(student=ana, held=True)
    page = page_of(ana_client.get(url(talk)))
    assert "Thank-you overdue for 47 h 30 min.</strong> A late one is still welcome." in page


def test_says_how_to_send_it_without_an_address(ana_client, talk):
    talk.contact.email = ""
    talk.contact.save()
    page = page_of(ana_client.get(url(talk)))
    assert "You have no e-mail for Dana Whitfield" in page
    assert "mailto:" not in page


def test_warns_where_a_link_is_too_long(ana_client, talk):
    FindingFactory(meeting=talk, text="好" * 300)
    assert "This is long for a link" in page_of(ana_client.get(url(talk)))


def test_notes_that_it_was_sent_now(ana_client, talk):
    response = ana_client.post(url(talk), {"sent_on": "2025-10-15", "sent_time": "11:00"})
    assert response.headers["Location"] == f"/meetings/{talk.pk}/"
    *_, message = get_messages(response.wsgi_request)
    assert str(message) == "Noted: you thanked Dana Whitfield."
    talk.refresh_from_db()
    assert talk.thank_you_sent_at == NOW
    page = page_of(ana_client.get(url(talk)))
    assert "Sent on Wednesday, October 15, 11:00 am, on time." in page
    assert "I sent it" not in page


def test_notes_when_it_was_sent_on_the_students_clock(ana_client, talk):
    ana_client.post(url(talk), {"sent_on": "2025-10-14", "sent_time": "20:30"})
    talk.refresh_from_db()
    assert talk.thank_you_sent_at == NOW - timedelta(hours=14, minutes=30)


@pytest.mark.parametrize(
    ("day", "hour", "words"),
    [
        ("2025-10-15", "11:01", "This is still to come."),
        ("2025-10-14", "13:00", "This was before you talked."),
        ("", "13:00", "This field is required."),
    ],
)
def test_asks_again_for_a_time_that_cannot_be(ana_client, talk, day, hour, words):
    page = page_of(ana_client.post(url(talk), {"sent_on": day, "sent_time": hour}))
    assert words in page
    assert page.count('role="alert"') == 1
    talk.refresh_from_db()
    assert talk.thank_you_sent_at is None


def test_refuses_an_hour_that_the_clock_skips(ana_client, ana):
    talk = MeetingFactory(student=ana, held=True, starts_at=ago(days=300))
    page = page_of(ana_client.post(url(talk), {"sent_on": "2025-03-09", "sent_time": "02:30"}))
    assert "3:00 am" in page
    talk.refresh_from_db()
    assert talk.thank_you_sent_at is None


def test_leads_back_where_there_is_nothing_to_thank_for(ana_client, ana):
    erased = ContactFactory(student=ana, erased=True)
    for talk in (
        MeetingFactory(student=ana, starts_at=ahead(days=1)),
        MeetingFactory(student=ana, begun=True, status=Status.NO_SHOW),
        MeetingFactory(contact=erased, held=True),
    ):
        assert ana_client.get(url(talk)).headers["Location"] == f"/meetings/{talk.pk}/"
