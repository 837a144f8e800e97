from datetime import timedelta

from factory import LazyAttribute, SelfAttribute, SubFactory, Trait
from factory.django import DjangoModelFactory

from apps.outcomes.models import (
    Destination,
    FirstDestination,
    Kind,
    NoOfferConfirmation,
    Offer,
    Source,
    Status,
    StatusChange,
)
from tests.clock import NOW, TODAY
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
        confirmed = Trait(evidence="The letter", confirmed_at=NOW)
        apart = Trait(is_apart=True)

    kind = Kind.INTERNSHIP
    organization = "Harbor & Sons"
    received_on = TODAY - timedelta(days=14)


class StatusChangeFactory(DjangoModelFactory[StatusChange]):
    """The student said today that they declined."""

    class Meta:
        model = StatusChange

    offer = SubFactory(OfferFactory, status=Status.DECLINED)
    status = SelfAttribute("offer.status")
    changed_on = TODAY
    said_by = SelfAttribute("offer.student.user")
    said_at = NOW


class NoOfferConfirmationFactory(DjangoModelFactory[NoOfferConfirmation]):
    class Meta:
        model = NoOfferConfirmation

    student = SubFactory(StudentFactory)
    term = SubFactory(TermFactory)
    confirmed_on = TODAY


class FirstDestinationFactory(DjangoModelFactory[FirstDestination]):
    """The graduate said so, and theirs is the only word."""

    class Meta:
        model = FirstDestination

    class Params:
        studies = Trait(destination=Destination.EDUCATION, institution="Quay University")

    student = SubFactory(StudentFactory)
    term = SubFactory(TermFactory)
    source = Source.GRADUATE
    destination = Destination.FULL_TIME
    organization = "Harbor & Sons"
    said_on = TODAY
    is_primary = True
