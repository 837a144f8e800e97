"""Writing a note in a real browser: the coach as one types, and what happens without a script."""

import re

import pytest
from playwright.sync_api import Page, expect

from apps.contacts.models import Closeness, Contact
from apps.outreach.models import Attempt, Draft, NoteKind
from apps.students.models import Student
from tests.accounts.factories import PASSWORD, UserFactory
from tests.contacts.factories import ContactFactory
from tests.outreach.factories import AttemptFactory
from tests.students.factories import AccomplishmentFactory, EnrolmentFactory, StudentFactory

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.enable_socket,
]

DREAM = "It would be my dream to work at Northfield."


@pytest.fixture
def student() -> Student:
    student = EnrolmentFactory(student=StudentFactory(with_account=True)).student
    AccomplishmentFactory(student=student, text="I asked 214 guests, and two menu names changed")
    return student


@pytest.fixture
def ruth(student: Student) -> Contact:
    dana = ContactFactory(student=student, name="Dana Whitfield")
    return ContactFactory(
        student=student,
        name="Ruth Adeyemi",
        given_name="Ruth",
        job_title="Director, Brand Insights",
        organization="Northfield Foods",
        email="r.adeyemi@northfield.example",
        phones=["+1 312 555 0100"],
        closeness=Closeness.KNOWS,
        introduced_by=dana,
    )


def sign_in(page: Page, base: str, email: str) -> None:
    page.goto(f"{base}/accounts/login/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(re.compile(rf"{base}/(today|classes)/"))


@pytest.mark.parametrize("width", [390, 1280])
def test_a_note_is_written_with_the_coach_and_said_to_be_sent(
    live_server, open_page, look, student: Student, ruth: Contact, width: int
) -> None:
    page = open_page(width)
    sign_in(page, live_server.url, student.email)
    page.goto(f"{live_server.url}/contacts/{ruth.pk}/write/")
    expect(page.get_by_label("Who sent you")).to_have_value(
        "Dana Whitfield suggested that I write to you."
    )
    look(page, "compose-begun")

    why = page.get_by_label("Why them")
    why.fill(f"I am curious how testing labels works from the inside. {DREAM}")
    verdict = page.locator("#verdict")
    expect(verdict).to_contain_text("This may sound desperate.")
    assert page.locator("mark.fix").first.inner_text() in DREAM
    look(page, "compose-coach")

    page.get_by_role("button", name="Use this sentence for A").click()
    expect(why).not_to_have_value(re.compile("dream"))
    expect(verdict).not_to_contain_text("desperate")

    page.get_by_text("Pick from your achievements").click()
    page.get_by_role("button", name=re.compile("^Use: I asked 214 guests")).click()
    expect(page.get_by_label("Something you did")).to_have_value(re.compile("^I asked 214 guests"))

    page.get_by_role("button", name="Review and send").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("One small ask: Still open: [a date].")
    ask = page.get_by_label("One small ask")
    ask.fill("Would 20 minutes by phone be possible in the week of October 20? Any day works.")
    expect(verdict).to_contain_text("Calm and professional.")
    expect(page.locator("[data-autosave-state]")).to_contain_text("Saved")
    page.get_by_role("button", name="Review and send").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Send it to Ruth Adeyemi")
    mail = page.get_by_role("link", name="Open in mail program").get_attribute("href")
    assert mail
    assert mail.startswith("mailto:r.adeyemi@northfield.example?subject=Dana%20Whitfield")
    look(page, "note-send")
    page.get_by_role("button", name="I sent it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ruth Adeyemi")
    attempt = Attempt.objects.get()
    assert attempt.kind == NoteKind.REFERRAL_INTRO
    assert "I asked 214 guests" in attempt.text
    assert "dream" not in attempt.text
    assert not Draft.objects.exists()


def test_switching_to_another_template_loses_nothing(
    live_server, open_page, student: Student, ruth: Contact
) -> None:
    page = open_page(1280)
    sign_in(page, live_server.url, student.email)
    page.goto(f"{live_server.url}/contacts/{ruth.pk}/write/")
    page.get_by_label("Why them").fill("Your label tests interest me.")
    page.get_by_label("Begin with").select_option(label="Somebody I have never met")
    expect(page.get_by_role("heading", name="First note")).to_be_visible()
    assert Draft.objects.get().parts["why_you"] == "Your label tests interest me."


@pytest.mark.parametrize("width", [390, 1280])
def test_a_follow_up_shows_what_it_follows(
    live_server, open_page, look, student: Student, ruth: Contact, width: int
) -> None:
    AttemptFactory(contact=ruth, subject="A question", text="Hi Ruth,\n\nCould we talk?\n\nAna")
    page = open_page(width)
    sign_in(page, live_server.url, student.email)
    page.goto(f"{live_server.url}/contacts/{ruth.pk}/write/")
    expect(page.get_by_role("heading", name="What you wrote before")).to_be_visible()
    look(page, "compose-follow-up")
    page.get_by_role("button", name="Review and send").click()
    expect(page.locator("#whole-text")).to_contain_text("> Could we talk?")
    page.get_by_role("button", name="Put in a link by which they can answer").click()
    expect(page.locator("#whole-text")).to_contain_text("/c/")
    look(page, "note-send-follow-up")


def test_works_without_a_script(chromium, live_server, student: Student, ruth: Contact) -> None:
    context = chromium.new_context(java_script_enabled=False)
    context.set_default_timeout(20_000)
    page = context.new_page()
    sign_in(page, live_server.url, student.email)
    page.goto(f"{live_server.url}/contacts/{ruth.pk}/write/?kind=first_note&template=none")
    page.get_by_label("Your note").fill(DREAM)
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator("#verdict")).to_contain_text("This may sound desperate.")
    expect(page.locator("mark.fix")).not_to_have_count(0)
    page.get_by_label("Begin with").select_option(label="Somebody I have never met")
    page.get_by_role("button", name="Begin with it").click()
    expect(page.get_by_label("Two things you did")).to_be_visible()
    context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_templates_are_kept_by_staff(live_server, open_page, look, width: int) -> None:
    user = UserFactory(administrator=True)
    page = open_page(width)
    sign_in(page, live_server.url, user.email)
    page.goto(f"{live_server.url}/templates/")
    look(page, "templates")
    page.get_by_role("link", name="Somebody I have never met").click()
    look(page, "template")
