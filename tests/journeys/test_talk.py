"""What is typed about a conversation outlives the connection, the tab and the session."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from apps.meetings.models import Jottings, Meeting, PlannedQuestion, PrepSheet, QuestionGroup
from apps.students.models import Student
from tests.accounts.factories import PASSWORD
from tests.contacts.factories import ContactFactory
from tests.meetings.factories import (
    BankQuestionFactory,
    MeetingFactory,
    PlannedQuestionFactory,
    PrepSheetFactory,
)
from tests.students.factories import AccomplishmentFactory, EnrolmentFactory, StudentFactory

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.enable_socket,
]

KEPT = "Kept on this device; will be saved when you are back online."
LONGER_THAN_A_RETRY = 12_000  # milliseconds
NOTE = "review board = 2 weeks, ask early"


@pytest.fixture
def student() -> Student:
    return EnrolmentFactory(student=StudentFactory(with_account=True)).student


@pytest.fixture
def meeting(student: Student) -> Meeting:
    """A conversation that began twelve minutes ago, well prepared."""
    marcus = ContactFactory(student=student, name="Marcus Bell")
    meeting = MeetingFactory(
        contact=marcus, minutes=20, starts_at=timezone.now() - timedelta(minutes=12)
    )
    PrepSheetFactory(meeting=meeting, written=True, can_offer="The survey of 214 guests")
    for position, text in enumerate(["How did you get here?", "What does a week look like?"]):
        PlannedQuestionFactory(meeting=meeting, text=text, position=position)
    return meeting


def sign_in(page: Page, base: str, student: Student) -> None:
    page.goto(f"{base}/accounts/login/")
    page.get_by_label("E-mail").fill(student.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{base}/today/")


def jot(page: Page, words: str) -> None:
    page.get_by_label("Jot a word or two").press_sequentially(words)


def notes_of(meeting: Meeting) -> str:
    row = Jottings.objects.filter(meeting=meeting).first()
    return row.text if row else ""


def expect_kept(page: Page, number: int) -> None:
    """Wait until so many texts are kept on the device."""
    keys = "Object.keys(localStorage).filter((key) => key.startsWith('careerhub:kept:'))"
    for _ in range(50):
        if page.evaluate(f"{keys}.length") == number:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{page.evaluate(keys)} are kept, not {number}")


def expect_saved(page: Page) -> None:
    expect(page.locator("[data-autosave-state]")).to_contain_text("Saved")
    expect_kept(page, 0)


def test_notes_survive_a_lost_connection_and_a_closed_tab(
    live_server, open_page, look, student, meeting
):
    page = open_page(390)
    sign_in(page, live_server.url, student)
    talk = f"{live_server.url}/meetings/{meeting.pk}/talk/"
    page.goto(talk)
    expect(page.get_by_text("8 min")).to_be_visible()
    look(page, "talk")

    page.context.set_offline(True)
    jot(page, NOTE)
    page.get_by_label("How did you get here?").check()
    expect(page.locator("[data-autosave-state]")).to_have_text(KEPT)
    page.wait_for_timeout(LONGER_THAN_A_RETRY)
    expect(page.locator("[data-autosave-state]")).to_have_text(KEPT)
    assert notes_of(meeting) == ""
    page.close()

    again = page.context.new_page()
    page.context.set_offline(False)
    again.goto(talk)
    expect(again.get_by_label("Jot a word or two")).to_have_value(NOTE)
    expect(again.get_by_label("How did you get here?")).to_be_checked()
    expect_saved(again)
    assert notes_of(meeting) == NOTE
    asked = PlannedQuestion.objects.get(meeting=meeting, is_asked=True)
    assert asked.text == "How did you get here?"


def test_notes_save_themselves_once_the_connection_is_back(
    live_server, open_page, student, meeting
):
    page = open_page(390)
    sign_in(page, live_server.url, student)
    page.goto(f"{live_server.url}/meetings/{meeting.pk}/talk/")
    page.context.set_offline(True)
    jot(page, NOTE)
    page.get_by_role("button", name="End and debrief").click()  # nothing leads away from the notes
    expect(page.locator("[data-autosave-state]")).to_have_text(KEPT)
    page.context.set_offline(False)
    expect_saved(page)
    assert notes_of(meeting) == NOTE


def test_a_save_whose_answer_was_lost_is_no_conflict(live_server, open_page, student, meeting):
    page = open_page(390)
    sign_in(page, live_server.url, student)
    tab = page.context.new_page()
    tab.goto(f"{live_server.url}/meetings/{meeting.pk}/talk/")

    def lose_the_answer(route):
        route.fetch()
        route.abort()

    tab.route("**/jottings/", lose_the_answer, times=1)
    jot(tab, "first")
    expect(tab.locator("[data-autosave-state]")).to_have_text(KEPT)
    assert notes_of(meeting) == "first"
    jot(tab, ", second")
    tab.evaluate("dispatchEvent(new Event('online'))")
    expect_saved(tab)
    assert notes_of(meeting) == "first, second"


def test_notes_outlive_the_session(live_server, open_page, student, meeting):
    page = open_page(390)
    sign_in(page, live_server.url, student)
    page.goto(f"{live_server.url}/meetings/{meeting.pk}/talk/")
    page.context.clear_cookies(name="sessionid")
    jot(page, NOTE)
    expect(page.locator("[data-autosave-state]")).to_contain_text("You are signed out.")
    assert notes_of(meeting) == ""
    sign_in(page.context.new_page(), live_server.url, student)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect_saved(page)
    assert notes_of(meeting) == NOTE


def test_signing_out_asks_about_what_is_not_saved_and_forgets_it(
    live_server, open_page, student, meeting
):
    page = open_page(1280)
    sign_in(page, live_server.url, student)
    tab = page.context.new_page()
    tab.goto(f"{live_server.url}/meetings/{meeting.pk}/talk/")
    tab.route("**/jottings/", lambda route: route.abort())
    jot(tab, NOTE)
    expect(tab.locator("[data-autosave-state]")).to_have_text(KEPT)
    tab.locator(".ch-menu summary").first.click()
    tab.once("dialog", lambda dialog: dialog.dismiss())
    tab.get_by_role("button", name="Sign out").click()
    expect_kept(tab, 1)
    tab.once("dialog", lambda dialog: dialog.accept())
    tab.get_by_role("button", name="Sign out").click()
    tab.wait_for_url("**/accounts/login/?next=/")
    expect_kept(tab, 0)


def test_two_tabs_lose_no_edit(live_server, open_page, student, meeting):
    base = f"{live_server.url}/meetings/{meeting.pk}/prepare/"
    page = open_page(1280)
    sign_in(page, live_server.url, student)
    first, second = page.context.new_page(), page.context.new_page()
    for tab in (first, second):
        tab.goto(base)

    first.get_by_label("Person").fill("Seven years in grocery retail")
    expect_saved(first)
    second.get_by_label("What you can give").fill("My notes on menus")
    words = second.locator("[data-autosave-state]")
    expect(words).to_contain_text("changed in another tab")
    sheet = PrepSheet.objects.get(meeting=meeting)
    assert sheet.research_person == "Seven years in grocery retail"
    assert sheet.can_offer == "The survey of 214 guests"
    first.get_by_label("Duties").fill("Launches")  # goes on as before
    expect_kept(first, 1)  # the other tab's

    # By the link: what could not be saved waits beside the newer sheet.
    with second.expect_popup() as opened:
        words.get_by_role("link").click()
    third = opened.value
    kept = third.locator(".ch-kept")
    expect(kept).to_contain_text("My notes on menus")
    expect(kept).not_to_contain_text("Seven years")
    expect(third.get_by_label("Person")).to_have_value("Seven years in grocery retail")
    third.get_by_role("button", name="Put it in place").click()
    expect_saved(third)
    sheet.refresh_from_db()
    assert sheet.can_offer == "My notes on menus"
    assert sheet.research_person == "Seven years in grocery retail"

    # By the button: both stand on one page, and what is pressed then is kept.
    second.get_by_role("button", name="Save", exact=True).click()
    expect(second.get_by_role("alert")).to_contain_text("Seven years in grocery retail")
    expect(second.get_by_label("What you can give")).to_have_value("My notes on menus")
    second.get_by_label("Person").fill("Seven years in grocery retail, then health")
    second.get_by_role("button", name="Keep mine").click()
    expect(second.get_by_text("Saved.", exact=True)).to_be_visible()
    sheet.refresh_from_db()
    assert sheet.research_person == "Seven years in grocery retail, then health"


@pytest.mark.parametrize("width", [390, 1280])
def test_prepares_without_leaving_the_page(width, live_server, open_page, look, student):
    marcus = ContactFactory(student=student, name="Marcus Bell")
    dana = ContactFactory(student=student, name="Dana Whitfield")
    now = timezone.now()
    held = MeetingFactory(contact=dana, held=True, starts_at=now - timedelta(days=9))
    PlannedQuestionFactory(meeting=held, text="What would surprise me in my first month?")
    AccomplishmentFactory(student=student)
    for group in QuestionGroup:  # those of the programme are gone after other tests
        BankQuestionFactory.create_batch(5, group=group)
    borrowed = BankQuestionFactory(student=student, text="What do you read to keep up?")
    meeting = MeetingFactory(contact=marcus, starts_at=now + timedelta(days=1), minutes=20)
    page = open_page(width)
    sign_in(page, live_server.url, student)
    page.goto(f"{live_server.url}/meetings/{meeting.pk}/prepare/")
    look(page, "prepare-empty")

    pitch = "I study marketing at Hartwell and graduate in May. I ask people about words."
    page.get_by_label("You, in four sentences").fill(pitch)
    expect(page.get_by_text("14 words, about 5 seconds")).to_be_visible()
    page.get_by_placeholder("What do you want to know?").fill("Do you have openings next summer?")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("Change this one.")).to_be_visible()
    page.get_by_role("button", name="Use", exact=True).click()
    page.get_by_role("button", name="Carry it over").click()
    page.get_by_role("button", name=f"Add: {borrowed.text}").click()
    expect(page.get_by_role("button", name="Remove question 3")).to_be_visible()
    page.get_by_role("button", name="Move question 3 up").click()
    expect(page.locator(".ch-qs li").nth(1)).to_contain_text(borrowed.text)

    page.get_by_label("Information").fill("How a launch passes review")
    page.get_by_label("Contacts", exact=True).fill("One person in research")
    for label in ("Person", "Duties", "Organization"):
        page.get_by_label(label, exact=True).fill("Looked up")
    page.get_by_label("I said it aloud twice").check()
    expect(page.get_by_text("All four blocks are done.")).to_be_visible()
    expect(page.get_by_label("You, in four sentences")).to_have_value(pitch)
    look(page, "prepare")
    meeting.refresh_from_db()
    assert meeting.is_ready
    page.goto(f"{live_server.url}/meetings/{meeting.pk}/prepare/print/")
    look(page, "prepare-print")
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="Letter"))) == 1


def test_keepers_and_students_read_their_banks(live_server, open_page, look, student):
    AccomplishmentFactory(student=student)
    page = open_page(390)
    sign_in(page, live_server.url, student)
    for address, name in (("questions", "questions"), ("accomplishments", "accomplishments")):
        page.goto(f"{live_server.url}/{address}/")
        look(page, name)
