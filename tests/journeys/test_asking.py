"""Asking one person on a phone, from the first note to a meeting set on their own page."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from apps.meetings.models import Meeting, Status
from apps.outreach.models import Attempt, NoteKind, Reply
from tests.accounts.factories import PASSWORD
from tests.contacts.factories import ContactFactory
from tests.meetings.factories import MeetingFactory
from tests.students.factories import EnrolmentFactory, StudentFactory

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.enable_socket,
]

NOTE = """Hi Ruth,

I am curious how testing labels works from the inside.

Could we talk for 15 minutes by phone next week? Would Tuesday or Thursday suit you?

Amara"""


def test_leads_from_the_first_note_to_a_meeting(live_server, settings, open_page, look):
    settings.SITE_URL = base = live_server.url
    student = StudentFactory(with_account=True)
    EnrolmentFactory(student=student)
    ruth = ContactFactory(student=student, name="Ruth Adeyemi", email="ruth@northfield.example")
    page = open_page(390)
    page.goto(f"{base}/accounts/login/")
    page.get_by_label("E-mail").fill(student.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{base}/today/")

    page.goto(f"{base}/contacts/{ruth.pk}/")
    page.get_by_role("link", name="Write", exact=True).click()
    page.goto(f"{base}/contacts/{ruth.pk}/write/?kind=first_note&template=none")
    page.get_by_label("Your note").fill(NOTE.replace("inside.", "inside. I would do anything."))
    expect(page.locator("#verdict")).to_contain_text("This may sound desperate.")
    page.get_by_label("Your note").fill(NOTE)
    expect(page.locator("#verdict")).to_contain_text("Calm and professional.")
    send(page)

    time_passes(Attempt.objects.get(), days=9)
    page.goto(f"{base}/today/")
    expect(page.get_by_role("heading", name="Follow up with Ruth Adeyemi")).to_be_visible()
    look(page, "asking-today")
    page.get_by_role("link", name="Draft follow-up").click()
    expect(page.get_by_role("heading", name="What you wrote before")).to_be_visible()
    send(page)
    first, second = Attempt.objects.order_by("sent_at")
    assert (first.kind, second.kind) == (NoteKind.FIRST_NOTE, NoteKind.FOLLOW_UP)

    page.goto(f"{base}/contacts/{ruth.pk}/")
    expect(page.get_by_text("note 2 of 4")).to_be_visible()
    look(page, "asking-state")
    page.get_by_role("button", name="Yes", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Ruth Adeyemi")
    look(page, "asking-answered")
    second.refresh_from_db()
    assert second.reply == Reply.YES

    ahead = timezone.now() + timedelta(days=4)
    meeting = MeetingFactory(contact=ruth, proposed=True, starts_at=ahead)
    take_a_time(open_page(390), link_of(page, base, ruth.pk), look)
    meeting.refresh_from_db()
    assert meeting.status == Status.SCHEDULED
    page.goto(f"{base}/meetings/")
    expect(page.get_by_text("Ruth Adeyemi").first).to_be_visible()
    assert Meeting.objects.scheduled().count() == 1


def send(page: Page) -> None:
    page.get_by_role("button", name="Review and send").click()
    expect(page.get_by_role("link", name="Open in mail program")).to_be_visible()
    page.get_by_role("button", name="I sent it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ruth Adeyemi")


def time_passes(attempt: Attempt, *, days: int) -> None:
    sent_at = timezone.now() - timedelta(days=days)
    Attempt.objects.filter(pk=attempt.pk).update(sent_at=sent_at)


def link_of(page: Page, base: str, contact: int) -> str:
    page.goto(f"{base}/contacts/{contact}/link/")
    page.get_by_role("button", name="Make the link").click()
    return page.get_by_label("Put it at the end of your note").input_value()


def take_a_time(theirs: Page, address: str, look) -> None:
    theirs.goto(address)
    expect(theirs.get_by_role("heading", level=1)).to_have_text(re.compile("asks for"))
    theirs.locator(".ch-time").first.click()
    look(theirs, "asking-their-page")
    theirs.get_by_role("button", name="Send answer").click()
    expect(theirs.get_by_role("heading", level=1)).to_have_text("Thank you, it is agreed")
