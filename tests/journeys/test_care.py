"""A counselor nudges two students and shares a text; one reads it and logs what they watched."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from apps.accounts.models import User
from apps.coaching.models import Nudge, Resource, ResourceUse
from apps.contacts.models import Research
from apps.students.models import Cohort, Student
from tests.accounts.factories import PASSWORD, UserFactory
from tests.coaching.factories import NudgeFactory
from tests.coaching.starters import begin_with_care
from tests.contacts.factories import ContactFactory
from tests.mail.factories import RefusalFactory
from tests.outreach.factories import AttemptFactory
from tests.students.factories import CohortFactory, EnrolmentFactory, StudentFactory, TermFactory

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.enable_socket,
]

Open = Callable[[int], Page]
Look = Callable[[Page, str], None]


@pytest.fixture(autouse=True)
def _first_texts(transactional_db: None) -> None:
    begin_with_care()


@pytest.fixture
def renee() -> User:
    return UserFactory(counselor=True, full_name="Renee Castillo")


@pytest.fixture
def section(renee: User) -> Cohort:
    today = timezone.now().date()
    term = TermFactory(
        starts_on=today - timedelta(days=60),
        census_on=today - timedelta(days=50),
        ends_on=today + timedelta(days=60),
        closes_on=today + timedelta(days=70),
    )
    return CohortFactory(term=term, counselors=[renee], name="MKT 310 Section B")


def join(section: Cohort, given: str, family: str) -> Student:
    student = StudentFactory(with_account=True, given_name=given, family_name=family)
    EnrolmentFactory(student=student, cohort=section, enrolled_on=section.term.starts_on)
    return student


def sign_in(page: Page, base: str, email: str) -> None:
    page.goto(f"{base}/accounts/login/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).not_to_have_url(re.compile("login"))


@pytest.mark.parametrize("width", [390, 1280])
def test_a_nudge_goes_to_those_whom_it_may_reach(
    open_page: Open, look: Look, live_server, renee: User, section: Cohort, width: int
) -> None:
    mei, omar = join(section, "Mei-Ling", "Chou"), join(section, "Omar", "Haddad")
    silent = join(section, "Lena", "Brandt")
    RefusalFactory(user=silent.user, kind="nudge")
    for number, student in enumerate((mei, omar)):
        at = timezone.now() - timedelta(days=6)
        NudgeFactory(student=student, cohort=section, delivered=True, queued_at=at)
        AttemptFactory(student=student, sent_at=at + timedelta(days=1 + 4 * number))
    page = open_page(width)
    sign_in(page, live_server.url, renee.email)
    page.goto(f"{live_server.url}/classes/{section.pk}/nudge/")
    look(page, "nudge-whom")
    for name in ("Mei-Ling Chou", "Omar Haddad", "Lena Brandt"):
        page.get_by_label(name).check()
    page.get_by_label("Begin with").select_option(label="After a good start")
    page.get_by_role("button", name="See what each would read").click()
    expect(page.get_by_text("Does not want mail of this kind.")).to_be_visible()
    expect(page.get_by_text("only the next small step").first).to_be_visible()
    look(page, "nudge")
    page.get_by_label("Omar Haddad").uncheck()
    page.get_by_label("Words").fill("One small step: {next_step}.")
    page.get_by_role("button", name="See how it reads").click()
    expect(page.get_by_text(re.compile(r"One small step: \w+")).first).to_be_visible()
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_text("A nudge to Mei-Ling Chou is on its way.")).to_be_visible()
    assert [row.student for row in Nudge.objects.filter(by=renee)] == [mei]
    page.goto(f"{live_server.url}/classes/{section.pk}/nudges/")
    expect(page.get_by_text("After 1 of 2 nudges")).to_be_visible()
    look(page, "nudge-effect")
    page.goto(f"{live_server.url}/nudges/templates/")
    look(page, "nudge-templates")
    page.get_by_role("link", name="Thank-yous that wait").click()
    look(page, "nudge-template")


@pytest.mark.parametrize("width", [390, 1280])
def test_a_text_is_offered_read_and_counted(
    open_page: Open, look: Look, live_server, renee: User, section: Cohort, width: int
) -> None:
    mei = join(section, "Mei-Ling", "Chou")
    page = open_page(width)
    sign_in(page, live_server.url, mei.user.email)
    page.goto(f"{live_server.url}/contacts/")
    page.get_by_role("link", name="Think of five people in ten minutes").click()
    with page.expect_response(lambda answer: answer.url.endswith("/opened/")):
        page.reload()
    expect(page.get_by_role("heading", name="Where names hide")).to_be_visible()
    look(page, "resource")
    text = Resource.objects.get(title="Think of five people in ten minutes")
    assert ResourceUse.objects.get(resource=text).opened >= 1
    contact = ContactFactory(student=mei, organization="Harbor Media")
    page.goto(f"{live_server.url}/contacts/{contact.pk}/research/")
    page.get_by_label("What it is").select_option("video")
    page.get_by_label("Title").fill("A talk about labels")
    look(page, "research-new")
    page.get_by_role("button", name="Log it").click()
    expect(page.get_by_text("is not counted as one")).to_be_visible()
    look(page, "contact-with-research")
    assert Research.objects.get().contact == contact
    page.goto(f"{live_server.url}/research/")
    look(page, "research")
    page.goto(f"{live_server.url}/progress/")
    page.get_by_label("Jobs you applied for this week").fill("4")
    page.get_by_role("button", name="Note it").click()
    expect(page.get_by_text("Noted. Only you see it.")).to_be_visible()
    look(page, "progress-with-effort")
    staff = open_page(width)
    sign_in(staff, live_server.url, renee.email)
    staff.goto(f"{live_server.url}/resources/")
    expect(staff.get_by_text(re.compile("Opened [1-9]")).first).to_be_visible()
    look(staff, "resources")
    staff.get_by_role("link", name="A first note that gets a yes").click()
    expect(staff.get_by_role("link", name="With students of MKT 310 Section B")).to_be_visible()
    staff.get_by_role("link", name="Edit").click()
    look(staff, "resource-edit")
