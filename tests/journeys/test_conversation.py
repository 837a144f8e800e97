"""One conversation on a phone, from the agreed time to the thank-you."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from apps.meetings.models import Meeting, Status
from apps.students.models import Student
from tests.accounts.factories import PASSWORD
from tests.contacts.factories import ContactFactory
from tests.students.factories import EnrolmentFactory, StudentFactory

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.enable_socket,
]

SHEET = {
    "Information": "How a launch passes medical review.",
    "Contacts": "One person in market research.",
    "Person": "Seven years in grocery retail, then health.",
    "Duties": "Launches of two sleep products.",
    "Organization": "About 900 people, launches every quarter.",
    "You, in four sentences": "I study marketing and like finding out why people choose a word.",
}
QUESTIONS = [
    "How did you end up in health?",
    "What does a week before a launch look like?",
    "What would surprise a student in the first month?",
]


@pytest.fixture
def student() -> Student:
    return EnrolmentFactory(student=StudentFactory(with_account=True)).student


def test_leads_from_the_agreed_time_to_the_sent_thank_you(student, live_server, open_page, look):
    marcus = ContactFactory(student=student, name="Marcus Bell", time_zone="Europe/Stockholm")
    base, page = live_server.url, open_page(390)
    page.goto(f"{base}/accounts/login/")
    page.get_by_label("E-mail").fill(student.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{base}/today/")

    page.goto(f"{base}/contacts/{marcus.pk}/")
    page.get_by_role("link", name="Set up a conversation").click()
    agree_on_tomorrow(page, student, look)
    meeting = Meeting.objects.get(contact=marcus)
    expect(page.get_by_text("in Stockholm").first).to_be_visible()
    look(page, "conversation-agreed")

    page.goto(f"{base}/today/")
    expect(page.get_by_role("heading", name="Prepare for Marcus Bell")).to_be_visible()
    page.goto(f"{base}/meetings/{meeting.pk}/prepare/")
    prepare(page)
    look(page, "conversation-prepared")
    assert Meeting.objects.get(pk=meeting.pk).is_ready

    time_passes(meeting)
    page.goto(f"{base}/meetings/{meeting.pk}/talk/")
    page.get_by_label(QUESTIONS[0]).check()
    page.get_by_label("Jot a word or two").fill("review board = 2 weeks")
    look(page, "conversation-talk")
    page.get_by_role("button", name="End and debrief").click()

    expect(page.get_by_text("review board = 2 weeks")).to_be_visible()
    page.get_by_label("Finding 1", exact=True).fill("Ask the review board early.")
    page.get_by_label("Yes, none for now").check()
    page.get_by_role("button", name="Save debrief").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank Marcus Bell")
    look(page, "conversation-thank")
    page.get_by_role("button", name="I sent it").click()
    expect(page.get_by_role("status")).to_contain_text("you thanked Marcus Bell")

    meeting = Meeting.objects.get(pk=meeting.pk)
    assert meeting.status == Status.HELD
    assert meeting.is_ready
    assert meeting.thank_you_sent_at is not None
    assert meeting.thank_you_sent_at <= meeting.thank_you_due_at


def agree_on_tomorrow(page: Page, student: Student, look) -> None:
    look(page, "conversation-set-up")
    tomorrow = timezone.now().astimezone(student.zone) + timedelta(days=1)
    page.get_by_label("Video").check()
    page.get_by_label("Day", exact=True).fill(tomorrow.date().isoformat())
    page.get_by_label("Time", exact=True).fill("10:00")
    page.get_by_role("button", name="Keep it").click()


def prepare(page: Page) -> None:
    for label, words in SHEET.items():
        page.get_by_label(label, exact=True).fill(words)
    page.get_by_label("I said it aloud twice").check()
    for number, question in enumerate(QUESTIONS, start=1):
        page.get_by_label("Your question", exact=True).fill(question)
        page.get_by_role("button", name="Add", exact=True).click()
        expect(page.locator(".ch-qs li")).to_have_count(number)
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.get_by_text("All four blocks are done.")).to_be_visible()


def time_passes(meeting: Meeting) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=timezone.now() - timedelta(minutes=19))
