"""A student puts an offer on record, says where it stands, and through whom it came."""

from datetime import timedelta

import pytest

from apps.outcomes.models import NoOfferConfirmation, Offer, Status
from apps.outcomes.ways import is_same_organization, ways_to
from apps.students.models import Student
from tests.clock import NOW, TODAY, ago
from tests.contacts.factories import ContactFactory
from tests.meetings.factories import MeetingFactory
from tests.outcomes.factories import NoOfferConfirmationFactory, OfferFactory

pytestmark = pytest.mark.django_db

FACTS = {"kind": "job", "organization": "Tern", "received_on": "2025-10-14", "status": "open"}


def kept(offer: Offer) -> list[tuple[str, object]]:
    return list(offer.status_changes.values_list("status", "changed_on"))


def test_is_recorded_in_two_steps_and_the_second_can_wait(ana_client, ana):
    answer = ana_client.post("/offers/new/", FACTS)
    offer = Offer.objects.get(student=ana)
    assert answer["Location"] == f"/offers/{offer.pk}/way/"
    assert (offer.contact, offer.is_apart, offer.status) == (None, False, Status.OPEN)
    assert "Through whom it came is not said yet." in ana_client.get("/offers/").content.decode()
    assert kept(offer) == [(Status.OPEN, TODAY)]


def test_keeps_each_change_of_where_it_stands(ana_client, ana):
    ana_client.post("/offers/new/", FACTS)
    offer = Offer.objects.get(student=ana)
    accepted = {**FACTS, "status": "accepted", "accepted_on": "2025-10-15"}
    for told in (accepted, accepted, {**FACTS, "status": "rescinded"}):
        assert ana_client.post(f"/offers/{offer.pk}/", told).status_code == 302
    offer.refresh_from_db()
    assert (offer.status, offer.accepted_on) == (Status.RESCINDED, None)
    assert kept(offer) == [
        (Status.OPEN, TODAY),
        (Status.ACCEPTED, TODAY),
        (Status.RESCINDED, TODAY),
    ]


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"kind": ""}, "Say whether it is a job or an internship."),
        ({"organization": " "}, "Say where the offer comes from."),
        ({"received_on": "2025-10-16"}, "This day is still to come."),
        ({"status": "accepted"}, "Say on which day you accepted."),
        ({"status": "accepted", "accepted_on": "2025-10-13"}, "had not come yet"),
    ],
)
def test_says_what_is_missing_and_saves_nothing(ana_client, told, words):
    assert words in ana_client.post("/offers/new/", {**FACTS, **told}).content.decode()
    assert not Offer.objects.exists()


def test_an_offer_takes_back_the_word_of_none(ana_client, ana, term):
    NoOfferConfirmationFactory(student=ana, term=term)
    elsewhere = NoOfferConfirmationFactory()
    ana_client.post("/offers/new/", FACTS)
    assert list(NoOfferConfirmation.objects.all()) == [elsewhere]


def test_moves_the_day_of_an_offer_that_was_said_to_be_open(ana_client, ana):
    offer = OfferFactory(student=ana, still_open_on=TODAY - timedelta(days=3))
    ana_client.post(f"/offers/{offer.pk}/", FACTS)
    offer.refresh_from_db()
    assert offer.still_open_on is None


def network(ana: Student) -> dict[str, object]:
    """Dana was met and led to Marcus, who works where the offer came from; Ola never met."""
    dana = ContactFactory(student=ana, name="Dana", organization="Elsewhere")
    MeetingFactory(contact=dana, held=True, starts_at=ago(days=40))
    marcus = ContactFactory(
        student=ana, name="Marcus", organization="harbor & sons, Inc.", introduced_by=dana
    )
    ola = ContactFactory(student=ana, name="Ola", organization="Harbor & Sons")
    far = ContactFactory(student=ana, name="Far", organization="Far away")
    return {"dana": dana, "marcus": marcus, "ola": ola, "far": far}


def test_suggests_people_of_the_organization_first_with_their_path(ana):
    network(ana)
    ContactFactory(student=ana, name="Gone", organization="Harbor & Sons", archived_at=NOW)
    ContactFactory(name="Strange", organization="Harbor & Sons")
    ways = ways_to(OfferFactory(student=ana))
    assert [(way.person.name, way.path) for way in ways] == [
        ("Marcus", ["Dana", "Marcus"]),
        ("Ola", ["Ola"]),
        ("Dana", ["Dana"]),
        ("Far", ["Far"]),
    ]
    assert ways[0].path_words == "You talked with Dana on September 5: Dana → Marcus."
    assert ways[1].path_words == "No conversation on record leads here."


def test_counts_no_conversation_after_the_offer_or_for_practice(ana):
    contact = ContactFactory(student=ana)
    MeetingFactory(contact=contact, held=True, starts_at=ago(days=1))
    MeetingFactory(contact=contact, held=True, is_practice=True, starts_at=ago(days=30))
    (way,) = ways_to(OfferFactory(student=ana))
    assert way.met_on is None


def test_finds_anybody_by_words_among_many(ana_client, ana):
    ContactFactory.create_batch(40, student=ana)
    ContactFactory(student=ana, name="Zdenka Último")
    offer = OfferFactory(student=ana)
    url = f"/offers/{offer.pk}/way/"
    assert "Zdenka" not in ana_client.get(url).content.decode()
    assert "Zdenka" in ana_client.get(url, {"q": "ultimo"}).content.decode()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Harbor & Sons", "HARBOR and SONS", False),
        ("Harbor & Sons", "The Harbor & Sons Ltd.", True),
        ("Larkspur Health", "Larkspur Health Network", True),
        ("Larkspur", "Larkspur Health", False),
        ("", "", False),
        ("Inc.", "Inc.", False),
    ],
)
def test_knows_an_organization_by_its_name(one, other, same):
    assert is_same_organization(one, other) is same


def test_chooses_nobody_beforehand(ana_client, ana):
    network(ana)
    offer = OfferFactory(student=ana)
    page = ana_client.get(f"/offers/{offer.pk}/way/").content.decode()
    assert page.count('name="through"') == 5
    assert " checked" not in page
    assert "Choose somebody" in ana_client.post(f"/offers/{offer.pk}/way/", {}).content.decode()


def test_keeps_through_whom_it_came_and_how_they_helped(ana_client, ana):
    marcus = network(ana)["marcus"]
    offer = OfferFactory(student=ana)
    url = f"/offers/{offer.pk}/way/"
    told = {"through": marcus.pk, "how_it_helped": "He showed me the yard."}
    assert ana_client.post(url, told)["Location"] == "/offers/"
    offer.refresh_from_db()
    assert (offer.contact, offer.is_apart) == (marcus, False)
    assert "Through Marcus." in ana_client.get("/offers/").content.decode()
    assert ana_client.get(url).content.decode().count(" checked") == 1
    ana_client.post(url, {"through": "apart"})
    offer.refresh_from_db()
    assert (offer.contact, offer.is_apart, offer.how_it_helped) == (None, True, "")
    assert "Not through a conversation." in ana_client.get("/offers/").content.decode()


def test_leads_to_who_may_hear_of_it_once_accepted(ana_client, ana):
    offer = OfferFactory(student=ana, accepted=True)
    answer = ana_client.post(f"/offers/{offer.pk}/way/", {"through": "apart"})
    assert answer["Location"] == "/news/"


def test_refuses_a_contact_of_somebody_else(ana_client, ana):
    offer, stranger = OfferFactory(student=ana), ContactFactory()
    page = ana_client.post(f"/offers/{offer.pk}/way/", {"through": stranger.pk}).content.decode()
    assert "This person is not on your list." in page
    offer.refresh_from_db()
    assert offer.contact is None


@pytest.mark.parametrize("contact", ["marcus", "dana"])
def test_forgets_in_words_who_is_erased_on_the_way(ana, contact):
    people = network(ana)
    offer = OfferFactory(contact=people["marcus"], how_it_helped="Dana sent me to Marcus.")
    other = OfferFactory(contact=people["ola"], how_it_helped="Ola wrote to them.")
    row = people[contact]
    blank = ContactFactory(erased=True)
    names = ["name", "given_name", "family_name", "organization", "job_title", "email"]
    type(row).objects.filter(pk=row.pk).update(
        **{name: getattr(blank, name) for name in names}, erased_at=NOW
    )
    offer.refresh_from_db()
    other.refresh_from_db()
    assert (offer.how_it_helped, other.how_it_helped) == ("", "Ola wrote to them.")
