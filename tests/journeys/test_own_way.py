"""The steps that are about the student's own way, and the two taps that say how an offer ended."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from apps.outcomes.models import Offer
from tests.accounts.factories import PASSWORD
from tests.contacts.factories import ContactFactory
from tests.mail.factories import SuppressionFactory
from tests.outcomes.factories import OfferFactory
from tests.students.factories import EnrolmentFactory, StudentFactory, TermFactory

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.enable_socket,
]


@pytest.mark.parametrize("width", [390, 1280])
def test_makes_a_beginning_and_says_how_an_offer_ended(live_server, open_page, look, width):
    today = timezone.localdate(timezone.now())
    term = TermFactory(
        starts_on=today - timedelta(days=40),
        census_on=today - timedelta(days=30),
        ends_on=today + timedelta(days=60),
        closes_on=today + timedelta(days=80),
    )
    student = StudentFactory(with_account=True)
    EnrolmentFactory(student=student, cohort__term=term)
    ContactFactory(student=student)
    offer = OfferFactory(student=student, received_on=today - timedelta(days=20))
    SuppressionFactory(address=student.user.email)

    page = open_page(width)
    page.goto(f"{live_server.url}/accounts/login/")
    page.get_by_label("E-mail").fill(student.user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("Mail to your address comes back.")).to_be_visible()
    expect(page.get_by_role("heading", name="Say what you want to learn")).to_be_visible()
    look(page, "today-own-way")

    page.get_by_role("link", name="See whom to ask next").click()
    expect(page.get_by_role("heading", name="Contacts", exact=True)).to_be_visible()
    page.goto(f"{live_server.url}/today/")

    page.get_by_role("link", name="Say how it ended").click()
    expect(page.get_by_role("heading", name="How did it end?")).to_be_visible()
    look(page, "offer-ending")
    page.get_by_role("button", name="It is still open").click()
    expect(page.get_by_text("You are asked again in two weeks.")).to_be_visible()
    expect(page.get_by_role("link", name="Say how it ended")).to_have_count(0)
    assert Offer.objects.get(pk=offer.pk).still_open_on is not None
