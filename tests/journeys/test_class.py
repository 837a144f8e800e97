"""A counselor goes through a class: three who need a word, one record, the settings, the people."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from playwright.sync_api import Page, expect

from apps.accounts.models import User
from apps.coaching.models import WordSpoken
from apps.metrics.attention import Flag
from apps.students.models import Cohort, RecordVisit, Student
from tests.accounts.factories import PASSWORD, UserFactory
from tests.clock import NOW, TODAY
from tests.coaching.starters import begin_with_care
from tests.metrics.standstills import KINDS, lively
from tests.students.factories import (
    CohortFactory,
    EnrolmentFactory,
    MilestoneFactory,
    StudentFactory,
    SubstitutionFactory,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.enable_socket,
]

Open = Callable[[int], Page]
Look = Callable[[Page, str], None]
WHO = {
    "Devon Pratt": Flag.STOPPED,
    "Isabela Duarte": Flag.NO_PURPOSE,
    "Mei-Ling Chou": Flag.THANKS_OVERDUE,
}


@pytest.fixture(autouse=True)
def _october(transactional_db: None) -> Iterator[None]:
    begin_with_care()
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def renee() -> User:
    return UserFactory(counselor=True, full_name="Renee Castillo")


@pytest.fixture
def section(renee: User) -> Cohort:
    """A class of 24, of whom three have come to a standstill."""
    cohort: Cohort = CohortFactory(name="MKT 310 Section B", counselors=[renee])
    CohortFactory(name="MKT 310 Section A", term=cohort.term, counselors=[renee])
    MilestoneFactory(cohort=cohort, due_on=TODAY + timedelta(days=5))
    for name, flag in WHO.items():
        KINDS[flag](enrol(cohort, name), cohort)
    for number in range(20):
        lively(enrol(cohort, f"Student Number{number:02}"))
    enrol(cohort, "Zora Gone", withdrawn_on=TODAY)
    return cohort


def enrol(cohort: Cohort, name: str, **fields: object) -> Student:
    given_name, family_name = name.split()
    student = StudentFactory(given_name=given_name, family_name=family_name, with_account=True)
    return EnrolmentFactory(cohort=cohort, student=student, **fields).student


def enter(page: Page, base: str, user: User) -> None:
    page.goto(f"{base}/accounts/login/")
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


@pytest.mark.parametrize("width", [1280, 390])
def test_goes_through_three_who_need_a_word(
    live_server, open_page: Open, look: Look, renee: User, section: Cohort, width: int
) -> None:
    page = open_page(width)
    enter(page, live_server.url, renee)
    look(page, "class-list")
    page.get_by_role("link", name="MKT 310 Section B").click()
    expect(page.get_by_role("heading", name="Needs a word")).to_be_visible()
    look(page, "class-board")

    # To the first: their record, which is opened with a reason.
    item = page.get_by_role("listitem").filter(has_text="Devon Pratt")
    item.get_by_role("button", name="Open Devon Pratt").click()
    expect(page.get_by_role("heading", name="Devon Pratt")).to_be_visible()
    assert page.url.endswith("#timeline")
    look(page, "class-student")
    assert RecordVisit.objects.get().viewer == renee

    # With the second they have spoken.
    page.get_by_role("link", name="MKT 310 Section B").click()
    item = page.get_by_role("listitem").filter(has_text="Isabela Duarte")
    item.get_by_role("button", name="I have spoken with them").click()
    expect(page.get_by_text("rests until October 22")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="Isabela Duarte")).to_have_count(0)
    assert WordSpoken.objects.get().reasons == [Flag.NO_PURPOSE]

    # The third they write to.
    page.get_by_role("link", name="Nudge Mei-Ling Chou").click()
    expect(page.get_by_role("heading", name="A word to Mei-Ling Chou")).to_be_visible()


def test_sorts_filters_and_selects_without_a_mouse(
    live_server, open_page: Open, look: Look, renee: User, section: Cohort
) -> None:
    page = open_page(1280)
    enter(page, live_server.url, renee)
    page.goto(f"{live_server.url}/classes/{section.pk}/")
    page.get_by_role("link", name="Held, plan is").press("Enter")
    expect(page.get_by_role("columnheader", name="Held")).to_have_attribute(
        "aria-sort", "descending"
    )
    page.get_by_role("link", name="Overdue 1").press("Enter")
    expect(page.locator(".ch-roll tbody tr")).to_have_count(1)
    page.get_by_role("link", name="All 23").press("Enter")
    page.get_by_label("Select all 23 students").press("Space")
    expect(page.get_by_text("23 selected")).to_be_visible()
    page.get_by_role("button", name="Clear").press("Enter")
    expect(page.get_by_role("button", name="Share a resource")).to_be_hidden()
    page.get_by_label("Select Devon Pratt").press("Space")
    look(page, "class-board-selected")
    page.get_by_role("button", name="Nudge", exact=True).press("Enter")
    expect(page.get_by_role("heading", name="A word to Devon Pratt")).to_be_visible()
    page.go_back()
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="I have spoken with them").first).to_be_hidden()
    expect(page.get_by_text("Devon Pratt").first).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
def test_sets_up_a_class_and_lets_somebody_stand_in(
    live_server, open_page: Open, look: Look, renee: User, section: Cohort, width: int
) -> None:
    SubstitutionFactory(cohort=section, user__full_name="Omar Haddad")
    UserFactory(counselor=True, full_name="Wen Li", email="wen@college.example")
    UserFactory(student_worker=True, full_name="Tim Student", email="tim@college.example")
    page = open_page(width)
    enter(page, live_server.url, renee)
    page.goto(f"{live_server.url}/classes/{section.pk}/settings/")
    page.get_by_role("link", name="Slow and steady").click()
    expect(page.get_by_label("Conversations each student aims for")).to_have_value("26")
    look(page, "class-settings")
    page.get_by_label("Conversations held").fill("9")
    page.locator("#id_due_on").fill("2025-11-15")
    page.get_by_role("button", name="Set milestone").click()
    expect(page.get_by_text("9 held by November 15")).to_be_visible()

    page.goto(f"{live_server.url}/classes/{section.pk}/people/")
    look(page, "class-people")
    page.locator("#stand_in-user").select_option(label="Wen Li (wen@college.example)")
    page.get_by_label("From").fill("2025-10-20")
    page.get_by_label("Up to and with").fill("2025-10-24")
    page.get_by_role("button", name="Let them stand in").click()
    expect(page.get_by_text("Wen Li stands in from October 20 to October 24.")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
def test_shows_a_student_who_looked_and_plans_their_weeks(
    live_server, open_page: Open, look: Look, renee: User, section: Cohort, width: int
) -> None:
    student = Student.objects.get(given_name="Devon")
    assert student.user
    page = open_page(width)
    enter(page, live_server.url, renee)
    page.goto(f"{live_server.url}/classes/{section.pk}/students/{student.pk}/")
    look(page, "class-student-reason")
    page.get_by_label("Helping with a question").check()
    page.get_by_role("button", name="Open the record").click()

    theirs = open_page(width)
    enter(theirs, live_server.url, student.user)
    expect(theirs.get_by_role("heading", name="Pace")).to_be_visible()
    look(theirs, "class-today-pace")
    theirs.locator("summary", has_text="Devon").click()
    theirs.get_by_role("link", name="Who looked at my record").click()
    expect(theirs.get_by_text("Helping with a question")).to_be_visible()
    look(theirs, "record-visits")
    theirs.goto(f"{live_server.url}/progress/?goal=26&by=2026-04-15#plan")
    expect(theirs.get_by_text("And so on until April 15, 2026.")).to_be_visible()
    look(theirs, "progress-plan")
