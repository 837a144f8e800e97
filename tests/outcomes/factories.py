from datetime import timedelta

from factory import LazyAttribute, SelfAttribute, SubFactory, Trait
from factory.django import DjangoModelFactory

from apps.outcomes.models import Kind, NoOfferConfirmation, Offer, Status
from tests.clock import TODAY
from tests.contacts.factories import ContactFactory, WithContactFactory
from tests.students.factories import StudentFactory, TermFactory


class OfferFactory(WithContactFactory):
    """An open offer from elsewhere, two weeks old; `through_contact` came through a contact."""

    class Meta:
        model = Offer

    class Params:
        through_contact = Trait(
            contact=SubFactory(ContactFactory, student=SelfAttribute("..student"))
        )
        accepted = Trait(
            status=Status.ACCEPTED,
            accepted_on=LazyAttribute(lambda offer: offer.received_on + timedelta(days=3)),
        )

    kind = Kind.INTERNSHIP
    organization = "Harbor & Sons"
    received_on = TODAY - timedelta(days=14)


class NoOfferConfirmationFactory(DjangoModelFactory[NoOfferConfirmation]):
    class Meta:
        model = NoOfferConfirmation

    student = SubFactory(StudentFactory)
    term = SubFactory(TermFactory)
    confirmed_on = TODAY
