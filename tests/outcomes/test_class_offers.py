"""Counselors record and confirm offers of their own students, with what they have seen."""

import pytest

from apps.exchange.saving.journal import _make_way_for_offers
from apps.outcomes.models import NoOfferConfirmation, Offer
from tests.clock import NOW, TODAY
from tests.contacts.factories import ContactFactory
from tests.outcomes.factories import NoOfferConfirmationFactory, OfferFactory
from tests.students.factories import EnrolmentFactory

pytestmark = pytest.mark.django_db

FACTS = {"kind": "job", "organization": "Tern", "received_on": "2025-10-14", "status": "open"}


@pytest.fixture
def confirmed(ana, counselor):
    return OfferFactory(student=ana, confirmed=True, confirmed_by=counselor)


def test_says_of_whom_something_is_known(counselor_client, cohort, ana):
    OfferFactory(student=ana, contact=ContactFactory(student=ana, name="Dana"))
    none = EnrolmentFactory(cohort=cohort).student
    NoOfferConfirmationFactory(student=none, term=cohort.term)
    EnrolmentFactory(cohort=cohort)
    EnrolmentFactory(cohort=cohort, enrolled_on=TODAY)  # after the census date
    page = counselor_client.get(f"/classes/{cohort.pk}/offers/").content.decode()
    assert "through Dana. Not confirmed yet." in page
    assert page.count("No offer, as was said.") == 1
    assert page.count("Nothing is known yet.") == 1
    assert page.count("/no-offer/") == 1


def test_records_for_a_student_and_says_how_it_came(counselor_client, counselor, cohort, ana):
    dana = ContactFactory(student=ana)
    url = f"/classes/{cohort.pk}/students/{ana.pk}/offers/new/"
    answer = counselor_client.post(url, FACTS)
    offer = Offer.objects.get(student=ana)
    assert answer["Location"] == f"/offers/{offer.pk}/care/way/"
    counselor_client.post(answer["Location"], {"through": dana.pk})
    offer.refresh_from_db()
    assert offer.contact == dana
    assert offer.status_changes.get().said_by == counselor


def test_confirms_with_what_was_seen(counselor_client, counselor, ana):
    offer = OfferFactory(student=ana)
    url = f"/offers/{offer.pk}/care/"
    assert "Say what you have seen" in counselor_client.post(url, {}).content.decode()
    counselor_client.post(url, {"evidence": "The letter"})
    offer.refresh_from_db()
    assert (offer.evidence, offer.confirmed_by, offer.confirmed_at) == (
        "The letter",
        counselor,
        NOW,
    )
    assert offer.is_confirmed


@pytest.mark.parametrize(
    ("page", "told", "stays"),
    [
        ("", {**FACTS, "kind": "internship"}, False),
        ("ending/", {"status": "declined"}, False),
        ("ending/", {"status": "open"}, True),
        ("way/", {"through": "apart"}, False),
    ],
)
def test_a_confirmation_is_of_what_stood_there(ana_client, confirmed, page, told, stays):
    ana_client.post(f"/offers/{confirmed.pk}/{page}", told)
    confirmed.refresh_from_db()
    assert confirmed.is_confirmed is stays
    assert bool(confirmed.confirmed_by) is stays
    assert confirmed.evidence == "The letter"


def test_saving_the_same_leaves_it_confirmed(ana_client, confirmed):
    same = {
        "kind": confirmed.kind,
        "organization": confirmed.organization,
        "received_on": confirmed.received_on.isoformat(),
        "status": confirmed.status,
    }
    ana_client.post(f"/offers/{confirmed.pk}/", same)
    confirmed.refresh_from_db()
    assert confirmed.is_confirmed


def test_a_workbook_that_says_something_else_takes_it_off(confirmed):
    Offer.objects.filter(pk=confirmed.pk).update(is_apart=True)
    other = OfferFactory(confirmed=True, is_apart=True)
    _make_way_for_offers([(confirmed.pk, ("S1", "O1", "C1"))])
    confirmed.refresh_from_db()
    other.refresh_from_db()
    assert (confirmed.is_confirmed, confirmed.is_apart) == (False, False)
    assert (other.is_confirmed, other.is_apart) == (True, True)


def test_notes_the_word_of_no_offer_unless_there_is_one(counselor_client, counselor, cohort, ana):
    url = f"/classes/{cohort.pk}/students/{ana.pk}/no-offer/"
    counselor_client.post(url)
    word = NoOfferConfirmation.objects.get(student=ana)
    assert (word.said_by, word.confirmed_on, word.term) == (counselor, TODAY, cohort.term)
    counselor_client.post(f"/classes/{cohort.pk}/students/{ana.pk}/offers/new/", FACTS)
    counselor_client.post(url)
    assert not NoOfferConfirmation.objects.exists()


def test_nobody_confirms_their_own(sign_in, cohort, ana):
    teacher = ana.user
    teacher.roles = ["student", "counselor"]
    teacher.save()
    cohort.counselors.add(teacher)
    offer = OfferFactory(student=ana)
    client = sign_in(teacher)
    assert client.post(f"/offers/{offer.pk}/care/", {"evidence": "Me"}).status_code == 404
    assert client.post(f"/classes/{cohort.pk}/students/{ana.pk}/no-offer/").status_code == 404
