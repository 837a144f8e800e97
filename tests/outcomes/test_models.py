from datetime import timedelta

import pytest

from apps.outcomes.models import Offer, Status, StatusChange
from tests.accounts.factories import UserFactory
from tests.clock import NOW, TODAY
from tests.constraints import refused_by
from tests.contacts.factories import ContactFactory
from tests.outcomes.factories import NoOfferConfirmationFactory, OfferFactory, StatusChangeFactory
from tests.students.factories import TermFactory

pytestmark = pytest.mark.django_db


def change(offer, **values):
    """Write past the model, as an import or a line of SQL does."""
    Offer.objects.filter(pk=offer.pk).update(**values)


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"kind": "apprenticeship"}, "outcomes_offer_kind_is_known"),
        ({"status": "won"}, "outcomes_offer_status_is_known"),
        ({"status": Status.ACCEPTED}, "outcomes_offer_accepted_has_its_date"),
        ({"accepted_on": TODAY}, "outcomes_offer_accepted_has_its_date"),
        (
            {"status": Status.DECLINED, "accepted_on": TODAY},
            "outcomes_offer_accepted_has_its_date",
        ),
    ],
)
def test_refuses_what_no_offer_can_be(values, constraint):
    with refused_by(constraint):
        change(OfferFactory(), **values)


def test_refuses_an_offer_that_was_accepted_before_it_came():
    offer = OfferFactory(accepted=True)
    change(offer, accepted_on=offer.received_on)
    with refused_by("outcomes_offer_accepted_after_it_was_received"):
        change(offer, accepted_on=offer.received_on - timedelta(days=1))


def test_is_still_open_only_once_it_has_come():
    offer = OfferFactory()
    change(offer, still_open_on=offer.received_on)
    with refused_by("outcomes_offer_still_open_after_it_was_received"):
        change(offer, still_open_on=offer.received_on - timedelta(days=1))


def test_comes_through_a_contact_or_apart_from_all():
    offer = OfferFactory(through_contact=True)
    with refused_by("outcomes_offer_comes_one_way"):
        change(offer, is_apart=True)
    change(offer, is_apart=True, contact=None)


def test_is_confirmed_with_evidence_and_at_a_moment():
    offer = OfferFactory()
    with refused_by("outcomes_offer_confirmed_with_evidence"):
        change(offer, confirmed_at=NOW)
    with refused_by("outcomes_offer_confirmed_at_a_moment"):
        change(offer, evidence="The letter", confirmed_by=UserFactory())
    change(offer, evidence="The letter", confirmed_at=NOW, confirmed_by=UserFactory())


def test_comes_through_a_contact_of_the_same_student_or_through_none():
    offer = OfferFactory(through_contact=True)
    with refused_by("outcomes_offer_with_own_contact"):
        change(offer, contact=ContactFactory())
    change(offer, contact=None)


def test_takes_an_imported_id_once_a_student():
    offer = OfferFactory(external_id="O-1")
    OfferFactory(external_id="O-1")  # of another student
    OfferFactory.create_batch(2, student=offer.student)
    with refused_by("outcomes_offer_external_id_once"):
        OfferFactory(student=offer.student, external_id="O-1")


def test_refuses_a_change_to_what_no_offer_can_be():
    change_of_status = StatusChangeFactory()
    with refused_by("outcomes_statuschange_status_is_known"):
        StatusChange.objects.filter(pk=change_of_status.pk).update(status="won")


def test_confirms_once_a_term_that_there_was_no_offer():
    word = NoOfferConfirmationFactory()
    NoOfferConfirmationFactory(student=word.student, term=TermFactory(finished=True))
    with refused_by("outcomes_no_offer_confirmed_once_per_term"):
        NoOfferConfirmationFactory(student=word.student, term=word.term)


def test_shows_offers_to_whoever_sees_the_student(ana, ben, counselor, administrator):
    of_ana, of_ben = OfferFactory(student=ana), OfferFactory(student=ben)
    seen = {
        user: set(Offer.objects.visible_to(user))
        for user in (ana.user, ben.user, counselor, administrator, UserFactory())
    }
    assert list(seen.values()) == [{of_ana}, {of_ben}, {of_ana}, {of_ana, of_ben}, set()]
