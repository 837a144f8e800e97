"""Who was asked answers on a page of their own, on a phone and at a desk, without an account."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, ViewportSize, expect

from apps.meetings.models import Meeting, Status
from apps.outreach.actions.links import make_link
from apps.outreach.links import address_of
from apps.outreach.models import ContactAnswer
from tests.accounts.factories import PASSWORD
from tests.contacts.factories import ContactFactory
from tests.meetings.factories import MeetingFactory
from tests.outreach.factories import AttemptFactory
from tests.students.factories import EnrolmentFactory, StudentFactory, TermFactory

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.enable_socket,
]

NOTE = """Hi Ruth,

Dana Whitfield suggested I write. I keep thinking about your story of the pulled oat-milk label, and I would value an insider’s view on how a team decides what people mean by “natural”.

Would 20 minutes by phone be possible in the next two weeks? I am happy to fit your schedule.

Amara Okafor"""  # noqa: E501


@pytest.fixture
def ruth():
    student = StudentFactory(with_account=True, given_name="Amara", family_name="Okafor")
    EnrolmentFactory(student=student, cohort__term=TermFactory())
    contact = ContactFactory(
        student=student,
        name="Ruth Adeyemi",
        organization="Tern Foods",
        job_title="Brand insights lead",
        email="ruth@tern.example",
        time_zone="America/Chicago",
    )
    AttemptFactory(contact=contact, text=NOTE, sent_at=timezone.now() - timedelta(days=2))
    return contact


def sign_in(page: Page, base: str, email: str) -> None:
    page.goto(f"{base}/accounts/login/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile("/today/"))


@pytest.mark.parametrize("width", [390, 1280])
def test_leads_from_the_link_to_an_agreed_time(
    width,
    ruth,
    live_server,
    settings,
    chromium: Browser,
    open_page: Callable[[int], Page],
    look: Callable[[Page, str], None],
):
    settings.SITE_URL = base = live_server.url
    today = timezone.now().replace(hour=15, minute=0, second=0, microsecond=0)
    proposal = MeetingFactory(
        contact=ruth,
        status=Status.PROPOSED,
        minutes=20,
        proposed_times=[today + timedelta(days=days) for days in (5, 6, 8)],
    )
    page = open_page(width)
    sign_in(page, base, ruth.student.user.email)
    page.goto(f"{base}/contacts/{ruth.pk}/link/")
    look(page, "contact-link")
    page.get_by_role("button", name="Make the link").click()
    look(page, "contact-link-made")
    address = page.get_by_label("Put it at the end of your note").input_value()
    page.goto(address)
    expect(page.get_by_text("Only they can answer on it.")).to_be_visible()

    theirs = open_page(width)
    theirs.goto(address)
    assert theirs.context.cookies() == []
    look(theirs, "own-page")
    theirs.get_by_text("Change zone").click()
    theirs.get_by_label("Your time zone").select_option("Europe/Madrid")
    theirs.get_by_role("button", name="Show the times there").click()
    expect(theirs.get_by_text("Times are on the clock of Madrid")).to_be_visible()
    theirs.get_by_label("Yes, at another time").check()
    expect(theirs.get_by_label("Day 3")).to_be_visible()
    theirs.get_by_label("Not now").check()
    expect(theirs.get_by_label("Day 3")).to_be_hidden()
    theirs.get_by_label("When may Amara ask again?").fill("2020-01-01")
    theirs.get_by_role("button", name="Send answer").click()
    look(theirs, "own-page-put-right")
    for summary in ("Correct it", "Take a pause, or set a limit", "Stop all requests", "Erase it"):
        theirs.locator("summary", has_text=summary).click()
    look(theirs, "own-page-open")
    theirs.get_by_role("button", name="Erase my details").click()
    look(theirs, "own-page-erase")
    theirs.get_by_role("link", name="Leave everything as it is").click()
    theirs.locator(".ch-time").nth(1).click()
    theirs.get_by_label("How shall Amara reach you?").select_option("Phone")
    theirs.get_by_label("Number, link or place").fill("+1 312 555 0100")
    theirs.get_by_label("A line to Amara").fill("Gladly. Please be on time.")
    look(theirs, "own-page-chosen")
    theirs.get_by_role("button", name="Send answer").click()
    expect(theirs.get_by_role("heading", level=1)).to_have_text("Thank you, it is agreed")
    look(theirs, "own-page-done")
    proposal.refresh_from_db()
    assert (proposal.status, proposal.place) == (Status.SCHEDULED, "+1 312 555 0100")

    gone = chromium.new_context(viewport=ViewportSize(width=width, height=900)).new_page()
    assert gone.goto(address).status == 404
    look(gone, "own-page-gone")
    gone.context.close()
    page.goto(f"{base}/contacts/{ruth.pk}/link/")
    expect(page.get_by_text("Gladly. Please be on time.")).to_be_visible()
    look(page, "contact-link-answered")


def test_works_without_scripts_and_with_the_keyboard_alone(ruth, live_server, settings, chromium):
    settings.SITE_URL = live_server.url
    _, token = make_link(contact=ruth, now=timezone.now())
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address_of(token))
    page.get_by_label("Yes, at another time").focus()
    page.keyboard.press("Space")
    day = timezone.now() + timedelta(days=4)
    page.get_by_label("Day", exact=True).fill(f"{day:%Y-%m-%d}")
    page.get_by_label("Time", exact=True).fill("09:30")
    page.get_by_role("button", name="Send answer").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    context.close()
    answer = ContactAnswer.objects.get()
    assert len(answer.times) == 1
    assert not Meeting.objects.exists()
