"""A student closes a term out, and records an offer with the person it came through, on a phone."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from apps.outcomes.models import NoOfferConfirmation, Offer
from tests.accounts.factories import PASSWORD
from tests.contacts.factories import ContactFactory
from tests.meetings.factories import MeetingFactory
from tests.students.factories import EnrolmentFactory, StudentFactory, TermFactory

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.enable_socket,
]


@pytest.mark.parametrize("width", [390])
def test_closes_out_and_records_an_offer(live_server, open_page, look, width):
    now = timezone.now()
    today = timezone.localdate(now)
    term = TermFactory(
        starts_on=today - timedelta(days=100),
        census_on=today - timedelta(days=90),
        ends_on=today - timedelta(days=1),
        closes_on=today + timedelta(days=20),
    )
    student = StudentFactory(with_account=True)
    EnrolmentFactory(student=student, cohort__term=term, class_year=str(term.ends_on.year))
    dana = ContactFactory(student=student, name="Dana Whitfield", organization="Elsewhere")
    MeetingFactory(contact=dana, held=True, starts_at=now - timedelta(days=30))
    marcus = ContactFactory(
        student=student, name="Marcus Bell", organization="Larkspur Health", introduced_by=dana
    )

    page = open_page(width)
    page.goto(f"{live_server.url}/accounts/login/")
    page.get_by_label("E-mail").fill(student.user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    question = "Did an offer come your way this term?"
    expect(page.get_by_role("heading", name=question)).to_be_visible()
    page.get_by_role("link", name="Answer").click()
    look(page, "close-out")
    page.get_by_role("button", name="No, not this term").click()
    expect(page.get_by_text("Noted, and thank you.")).to_be_visible()
    expect(page.get_by_role("link", name="Answer")).to_have_count(0)
    assert NoOfferConfirmation.objects.filter(student=student, term=term).exists()

    page.goto(f"{live_server.url}/offers/")
    page.get_by_role("link", name="Record an offer").click()
    page.get_by_label("Internship").check()
    page.get_by_label("Organization").fill("Larkspur Health")
    look(page, "offer-new")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("Dana Whitfield → Marcus Bell")).to_be_visible()
    assert page.locator("input[name=through]:checked").count() == 0
    look(page, "offer-way")
    page.get_by_label("Marcus Bell, Larkspur Health").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Through Marcus Bell.")).to_be_visible()
    look(page, "offers")
    assert Offer.objects.get(student=student).contact == marcus
    assert not NoOfferConfirmation.objects.exists()
