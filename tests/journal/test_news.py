"""A round of news to the people on the way to an accepted offer; never due, one by one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.common.localtime import start_of_day
from apps.journal.news import Part, news_round
from apps.outcomes.models import Status
from apps.outreach.models import TouchKind
from apps.reminders.next_steps import next_steps_of
from tests.clock import NOW, TODAY, ago
from tests.contacts.factories import ContactFactory, WishFactory
from tests.meetings.factories import MeetingFactory
from tests.outcomes.factories import OfferFactory
from tests.outreach.factories import TouchFactory


@pytest.fixture
def way(ana):
    """Return the people from the first introduction down to the one with the offer."""
    elaine = ContactFactory(student=ana, name="Elaine")
    dana = ContactFactory(student=ana, name="Dana", introduced_by=elaine)
    return elaine, dana, ContactFactory(student=ana, name="Ruth", introduced_by=dana)


@pytest.fixture
def offer(ana, way):
    return OfferFactory(student=ana, contact=way[-1], organization="Northfield", accepted=True)


def names(student, now=NOW):
    return [(told.contact.name, told.part) for told in news_round(student, now).people]


def test_begins_where_the_offer_came_from_and_goes_up_the_introductions(ana, offer):
    wen, tomas = (ContactFactory(student=ana, name=name) for name in ("Wen", "Tomás"))
    ContactFactory(student=ana, name="Never met")
    MeetingFactory(contact=tomas, held=True, starts_at=ago(days=50))
    MeetingFactory(contact=wen, held=True, starts_at=ago(days=40))
    MeetingFactory(contact=wen, held=True, starts_at=ago(days=60))
    assert names(ana) == [
        ("Ruth", Part.SOURCE),
        ("Dana", Part.WAY),
        ("Elaine", Part.WAY),
        ("Wen", Part.TALK),
        ("Tomás", Part.TALK),
    ]
    assert news_round(ana, NOW).people[3].met_at == ago(days=40)


def test_marks_who_was_told_from_the_day_of_the_offer_on(ana, offer, way):
    elaine, dana, ruth = way
    begins = start_of_day(offer.accepted_on, ana.zone)
    TouchFactory(contact=ruth, kind=TouchKind.LANDED, happened_at=begins)
    TouchFactory(contact=dana, kind=TouchKind.LANDED, happened_at=begins - timedelta(seconds=1))
    TouchFactory(contact=elaine, kind=TouchKind.UPDATE, happened_at=NOW)
    told = news_round(ana, NOW)
    assert [person.told_at for person in told.people] == [begins, None, None]
    assert told.number_told == 1


def test_is_about_the_offer_accepted_last(ana, offer):
    OfferFactory(student=ana, received_on=TODAY - timedelta(days=90), accepted=True)
    later = OfferFactory(student=ana, received_on=TODAY - timedelta(days=5), accepted=True)
    assert news_round(ana, NOW).offer == later


@pytest.mark.parametrize("status", [Status.OPEN, Status.DECLINED, Status.RESCINDED])
def test_is_nothing_without_an_accepted_offer(ana, ben, status):
    OfferFactory(student=ana, status=status)
    OfferFactory(student=ben, accepted=True)
    assert news_round(ana, NOW) is None


def test_is_for_those_one_talked_with_where_the_offer_came_from_elsewhere(ana):
    OfferFactory(student=ana, accepted=True)
    wen = MeetingFactory(student=ana, held=True).contact
    assert names(ana) == [(wen.name, Part.TALK)]


def test_leaves_out_who_was_erased_or_wants_to_be_left_alone(ana, offer, way):
    elaine, dana, ruth = way
    WishFactory(key=dana.email, never=True)
    MeetingFactory(contact=ContactFactory(student=ana, erased=True), held=True)
    assert names(ana) == [("Ruth", Part.SOURCE), ("Elaine", Part.WAY)]


def test_asks_as_often_however_many_there_are(ana, offer):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            news_round(ana, NOW)
        return len(captured)

    before = queries()
    for _ in range(10):
        MeetingFactory(student=ana, held=True)
    assert queries() == before


def test_is_never_due(ana, way):
    before = next_steps_of(ana, NOW)
    OfferFactory(student=ana, contact=way[-1], accepted=True)
    assert news_round(ana, NOW).people
    assert next_steps_of(ana, NOW) == before


class TestPage:
    def test_leads_to_a_note_to_each_and_marks_them_as_told(self, ana_client, offer, way):
        *_, ruth = way
        page = ana_client.get("/news/").text
        assert "Internship at Northfield, accepted on October 4, 2025." in page
        assert "0 of 3 told" in page
        assert f"/contacts/{ruth.pk}/write/?kind=landed" in page
        data = {"kind": "landed", "channel": "email", "on": "2025-10-15", "at": "10:00"}
        page = ana_client.post(f"/contacts/{ruth.pk}/touches/new/", data, follow=True).text
        assert "1 of 3 told" in page
        assert "Told on October 15" in page
        assert f"/contacts/{ruth.pk}/write/?kind=landed" not in page

    def test_says_what_it_is_for_before_there_is_news(self, ana_client):
        assert "Nothing to tell yet" in ana_client.get("/news/").text

    def test_says_so_where_nobody_was_on_the_way(self, ana, ana_client):
        OfferFactory(student=ana, accepted=True)
        assert "Nobody on the way" in ana_client.get("/news/").text
