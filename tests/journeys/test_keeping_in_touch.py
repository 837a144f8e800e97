"""From an answer to years of staying in touch, and what staff set and see of it."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from apps.outreach.models import Attempt, Cadence, Touch
from apps.students.models import Cohort, FollowUpPolicy, Holiday, Student
from tests.accounts.factories import PASSWORD, UserFactory
from tests.contacts.factories import ContactFactory
from tests.meetings.factories import MeetingFactory
from tests.outcomes.factories import OfferFactory
from tests.outreach.factories import AttemptFactory, TemplateVersionFactory, TouchFactory
from tests.students.factories import (
    CohortFactory,
    EnrolmentFactory,
    HolidayFactory,
    StudentFactory,
    TermFactory,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.enable_socket,
]
NAMES = ["Dana Whitfield", "Wen Li", "Tomás Herrera", "Björk Jónsdóttir", "Elaine Marsh"]


@pytest.fixture
def cohort() -> Cohort:
    today = timezone.localdate()
    term = TermFactory(
        name="This term",
        starts_on=today - timedelta(days=80),
        census_on=today - timedelta(days=60),
        ends_on=today + timedelta(days=20),
        closes_on=today + timedelta(days=40),
    )
    return CohortFactory(term=term, name="Tuesdays")


@pytest.fixture
def student(cohort: Cohort) -> Student:
    return EnrolmentFactory(cohort=cohort, student=StudentFactory(with_account=True)).student


def sign_in(page: Page, base: str, email: str) -> None:
    page.goto(f"{base}/accounts/login/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def keep_up_with(student: Student) -> None:
    """Give the student people of whom some are due, some about to be, and some not for long."""
    now = timezone.now()
    for place, name in enumerate(NAMES):
        contact = ContactFactory(
            student=student, name=name, tags=["fair"] if place % 2 else ["mentors", "alumni"]
        )
        MeetingFactory(contact=contact, held=True, starts_at=now - timedelta(days=200 - 45 * place))
    AttemptFactory(student=student, contact__name="Priya Raman", sent_at=now - timedelta(days=9))


@pytest.mark.parametrize("width", [390, 1280])
def test_goes_from_an_answer_to_staying_in_touch(width, live_server, open_page, look, student):
    keep_up_with(student)
    base, page = live_server.url, open_page(width)
    sign_in(page, base, student.email)
    priya = Attempt.objects.get()
    page.goto(f"{base}/contacts/{priya.contact_id}/")
    expect(page.get_by_role("heading", name="How it stands")).to_be_visible()
    page.get_by_text("Change how often").click()
    look(page, "contact-how-it-stands")
    page.goto(f"{base}/notes/{priya.pk}/reply/")
    look(page, "reply-open")
    page.get_by_role("button", name="No role, but happy to talk").click()
    expect(page.get_by_text("that is all you asked for")).to_be_visible()
    look(page, "reply-no-role")
    for button in ("Later", "No", "Yes"):
        page.get_by_role("button", name=button, exact=True).click()
        look(page, f"reply-{button.lower()}")
    page.get_by_role("link", name="Propose times").click()
    expect(page).to_have_url(f"{base}/contacts/{priya.contact_id}/meet/")

    page.goto(f"{base}/in-touch/")
    expect(page.get_by_role("link", name="Dana Whitfield", exact=True)).to_be_visible()
    look(page, "in-touch")
    page.get_by_label(re.compile("Days for fair")).fill("30")
    page.get_by_role("button", name="Keep for fair").click()
    expect(page.get_by_text("Kept for all tagged “fair”.")).to_be_visible()
    assert Cadence.objects.get().days == 30
    page.goto(f"{base}/in-touch/?show=everyone")
    look(page, "in-touch-everyone")
    page.get_by_role("link", name=re.compile("change it for Dana Whitfield")).click()
    look(page, "cadence")
    page.get_by_label("Never; I shall think of it myself").check()
    page.get_by_role("button", name="Keep this").click()
    page.goto(f"{base}/in-touch/?show=never")
    expect(page.get_by_role("link", name="Dana Whitfield", exact=True)).to_be_visible()

    dana = student.contacts.get(name="Dana Whitfield")
    page.goto(f"{base}/contacts/{dana.pk}/touches/new/")
    look(page, "touch")
    page.get_by_label("They wrote to me").check()
    page.get_by_label("LinkedIn").check()
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("Noted, with Dana Whitfield.")).to_be_visible()
    assert Touch.objects.get().kind == "heard"
    page.goto(f"{base}/notes/{priya.pk}/")
    look(page, "note-edit")
    page.get_by_role("button", name=re.compile("take it back")).click()
    look(page, "note-remove")
    page.get_by_role("button", name="Take back the note and the answer").click()
    assert not Attempt.objects.exists()


@pytest.mark.parametrize("width", [390, 1280])
def test_tells_the_people_on_the_way(width, live_server, open_page, look, student):
    keep_up_with(student)
    ruth = ContactFactory(
        student=student,
        name="Ruth Adeyemi",
        introduced_by=student.contacts.get(name="Wen Li"),
    )
    OfferFactory(student=student, contact=ruth, organization="Northfield Foods", accepted=True)
    base, page = live_server.url, open_page(width)
    sign_in(page, base, student.email)
    page.goto(f"{base}/in-touch/")
    page.get_by_role("link", name="Tell them you have landed").click()
    page.get_by_role("link", name=re.compile("I have told them.*Ruth Adeyemi")).click()
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("1 of 6 told")).to_be_visible()
    look(page, "news")


@pytest.mark.parametrize("width", [390, 1280])
def test_lets_staff_set_how_and_see_who_replied(
    width, live_server, open_page, look, cohort, student
):
    now = timezone.now()
    version = TemplateVersionFactory(template__name="Reconnect with somebody you know")
    for place in range(40):
        AttemptFactory(
            contact=ContactFactory(
                student=student,
                closeness=["knows", "knows_well", "stranger", ""][place % 4],
                seniority=["peer", "manager", "", "director"][place // 3 % 4],
            ),
            sent_at=now - timedelta(days=20),
            channel=["email", "phone", "email"][place % 3],
            template_version=version if place % 2 else None,
            answered=place % 5 < 2,
        )
    TouchFactory(student=student)
    for day in range(3):
        HolidayFactory(day=timezone.localdate() + timedelta(days=day + 2), name="Fall break")
    staff = UserFactory(administrator=True)
    base, page = live_server.url, open_page(width)
    sign_in(page, base, staff.email)

    page.goto(f"{base}/outcomes/{cohort.term.code}/replies/")
    expect(page.get_by_text("16 of 40 people who were asked replied")).to_be_visible()
    look(page, "reply-rates")
    page.get_by_role("link", name="Tuesdays").click()
    look(page, "cohort-settings")
    page.get_by_label(re.compile("Three and seven")).check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved for Tuesdays.")).to_be_visible()
    cohort.refresh_from_db()
    assert cohort.follow_up_policy == FollowUpPolicy.THREE_AND_SEVEN

    page.goto(f"{base}/holidays/")
    look(page, "holidays")
    page.get_by_role("button", name=re.compile("Take off the list.*Fall break")).click()
    expect(page.get_by_text("No days off yet")).to_be_visible()
    assert not Holiday.objects.exists()
