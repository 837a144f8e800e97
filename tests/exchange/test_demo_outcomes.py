"""What the demo tells of a term that is over fits the rules, and is the same each time."""

import pytest

from apps.exchange.demo.outcomes import show_outcomes
from apps.outcomes.models import FirstDestination, Offer
from tests.clock import NOW, TODAY
from tests.outcomes.factories import OfferFactory
from tests.students.factories import EnrolmentFactory

pytestmark = pytest.mark.django_db


def test_tells_how_offers_came_and_what_graduates_do_first(administrator, cohort):
    year = str(cohort.term.ends_on.year)
    for number in range(12):
        student = EnrolmentFactory(cohort=cohort, class_year=year).student
        OfferFactory(student=student, through_contact=number % 2 == 0, received_on=TODAY)
    show_outcomes(cohort.term, by=administrator, now=NOW)
    assert Offer.objects.filter(is_apart=True).count() == 6
    assert Offer.objects.exclude(how_it_helped="").count() == 6
    assert 0 < Offer.objects.filter(confirmed_by=administrator).count() < 12
    assert 0 < FirstDestination.objects.primary().count() <= 12
