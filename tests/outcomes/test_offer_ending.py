from datetime import timedelta

import pytest

from apps.outcomes.models import Status
from apps.reminders.next_steps import next_steps_of
from apps.students.next_steps import StepKind
from tests.clock import NOW, TODAY
from tests.outcomes.factories import OfferFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer(ana):
    return OfferFactory(student=ana)


def url_of(offer):
    return f"/offers/{offer.pk}/ending/"


def asked(student, now=NOW):
    return [s.subject for s in next_steps_of(student, now) if s.kind == StepKind.CONFIRM_OFFER]


def test_offers_the_day_of_today_and_a_button_for_each_ending(ana_client, offer):
    page = ana_client.get(url_of(offer)).content.decode()
    assert "Internship at Harbor &amp; Sons, offered on October 1, 2025." in page
    assert 'value="2025-10-15"' in page
    for words in ("I accepted it", "I declined it", "They took it back", "It is still open"):
        assert f">{words}</button>" in page


def test_accepts_on_a_day_and_leads_to_who_helped(ana_client, offer):
    day = TODAY - timedelta(days=2)
    answer = ana_client.post(url_of(offer), {"status": "accepted", "accepted_on": day})
    assert answer["Location"] == "/news/"
    offer.refresh_from_db()
    assert (offer.status, offer.accepted_on) == (Status.ACCEPTED, day)
    assert not asked(offer.student)


@pytest.mark.parametrize("status", [Status.DECLINED, Status.RESCINDED])
def test_takes_an_ending_without_a_day(ana_client, offer, status):
    answer = ana_client.post(url_of(offer), {"status": status, "accepted_on": TODAY})
    assert answer["Location"] == "/today/"
    offer.refresh_from_db()
    assert (offer.status, offer.accepted_on) == (status, None)
    assert not asked(offer.student)


def test_asks_again_in_two_weeks_about_one_that_is_still_open(ana_client, offer):
    assert asked(offer.student) == [offer.pk]
    ana_client.post(url_of(offer), {"status": "open"})
    offer.refresh_from_db()
    assert (offer.status, offer.still_open_on) == (Status.OPEN, TODAY)
    assert not asked(offer.student, NOW + timedelta(days=13))
    assert asked(offer.student, NOW + timedelta(days=14)) == [offer.pk]


def test_lets_the_last_word_count(ana_client, offer):
    ana_client.post(url_of(offer), {"status": "accepted", "accepted_on": TODAY})
    assert "You accepted it on October 15." in ana_client.get(url_of(offer)).content.decode()
    ana_client.post(url_of(offer), {"status": "declined"})
    offer.refresh_from_db()
    assert (offer.status, offer.accepted_on) == (Status.DECLINED, None)


def test_keeps_what_was_said_before(ana_client, offer):
    """Saying the same once more, or that nothing is decided, changes nothing."""
    day = TODAY - timedelta(days=2)
    ana_client.post(url_of(offer), {"status": "open"})
    for _ in range(2):
        ana_client.post(url_of(offer), {"status": "accepted", "accepted_on": day})
    ana_client.post(url_of(offer), {"status": "declined"})
    kept = offer.status_changes.values_list("status", "changed_on", "said_by", "said_at")
    assert list(kept) == [
        (Status.ACCEPTED, day, offer.student.user_id, NOW),
        (Status.DECLINED, TODAY, offer.student.user_id, NOW),
    ]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Press one of the buttons."),
        ({"status": "maybe"}, "Select a valid choice"),
        ({"status": "accepted"}, "Say on which day you accepted."),
        ({"status": "accepted", "accepted_on": "2025-10-16"}, "This day is still to come."),
        ({"status": "accepted", "accepted_on": "2025-09-30"}, "had not come yet"),
        ({"status": "accepted", "accepted_on": "soon"}, "Enter a valid date."),
    ],
)
def test_says_what_is_missing_and_keeps_the_offer_open(ana_client, offer, data, words):
    answer = ana_client.post(url_of(offer), data)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    offer.refresh_from_db()
    assert offer.status == Status.OPEN
