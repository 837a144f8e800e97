"""A student's Today with everything on it, the calendar they take along, and their progress."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from apps.meetings.models import Status
from apps.students.models import Student
from tests.accounts.factories import PASSWORD
from tests.contacts.factories import ContactFactory
from tests.meetings.factories import (
    CommitmentFactory,
    DebriefFactory,
    MeetingFactory,
    PrepSheetFactory,
)
from tests.outreach.factories import AttemptFactory
from tests.students.factories import (
    CampaignFactory,
    EnrolmentFactory,
    StudentFactory,
    TermFactory,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.enable_socket,
]

TALKS = [  # days ago, sure before, sure after, sees clearly, how well known, ready
    (70, 1, 2, 2, "knows_well", False),
    (56, 2, 3, 2, "knows", False),
    (49, 2, 2, 3, "knows", True),
    (30, 3, 4, 3, "stranger", True),
    (16, 3, 4, 4, "stranger", True),
    (9, 4, 5, 4, "stranger", True),
]


def fill(student: Student, now: datetime) -> None:
    """Give the student a semester under way, with one of every kind of step open."""
    CampaignFactory(student=student)
    for days, before, after, clarity, closeness, is_ready in TALKS:
        begun_at = now - timedelta(days=days)
        meeting = MeetingFactory(
            student=student,
            status=Status.HELD,
            starts_at=begun_at,
            thank_you_sent_at=begun_at + timedelta(hours=5),
            is_ready=is_ready,
            contact__closeness=closeness,
        )
        DebriefFactory(
            meeting=meeting,
            confidence_before=before,
            confidence_after=after,
            clarity=clarity,
            skills=["listening"],
            change_next_time="Leave a pause after the answer." if days < 20 else "",
        )
    CommitmentFactory(meeting=meeting, what="Send her my notes on tea bags", due_on=now.date())
    met = {"student": student, "status": Status.HELD}
    dana = ContactFactory(student=student, name="Dana Whitfield", organization="Tern Outdoor")
    MeetingFactory(**met, contact=dana, starts_at=now - timedelta(hours=20))
    MeetingFactory(**met, is_practice=True, starts_at=now - timedelta(days=80))
    ContactFactory(
        student=student, name="Ruth Adeyemi", introduced_by=dana, introduced_on=now.date()
    )
    AttemptFactory(contact__name="Priya Raman", student=student, sent_at=now - timedelta(days=9))
    soon = MeetingFactory(
        student=student, contact__name="Marcus Bell", starts_at=now + timedelta(hours=22)
    )
    PrepSheetFactory(meeting=soon, written=True, pitch="")


@pytest.mark.parametrize("width", [390, 1280])
def test_goes_from_today_to_the_calendar_and_to_what_has_become_easier(
    width, live_server, settings, open_page, look
):
    settings.SITE_URL = live_server.url
    student = StudentFactory(with_account=True)
    EnrolmentFactory(student=student, cohort__term=TermFactory())
    base, page = live_server.url, open_page(width)
    page.goto(f"{base}/accounts/login/")
    page.get_by_label("E-mail").fill(student.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("What do you want to learn?")).to_be_visible()
    look(page, "today-empty")
    page.goto(f"{base}/progress/")
    look(page, "progress-empty")

    fill(student, timezone.now())
    page.goto(f"{base}/today/")
    expect(page.get_by_role("heading", name="Thank Dana Whitfield")).to_be_visible()
    expect(page.locator("li[aria-current=step]")).to_contain_text("Prepare")
    look(page, "today")
    page.get_by_role("link", name="See your progress").click()
    expect(page.get_by_text("After 5 of 6 you were surer than before.")).to_be_visible()
    for table in page.get_by_text("Show as table").all():
        table.click()
    look(page, "progress")

    page.goto(f"{base}/calendar/")
    look(page, "calendar-none")
    page.get_by_role("button", name="Make an address").click()
    look(page, "calendar")
    address = page.get_by_label("Copy this into your calendar program").input_value()
    answer = page.request.get(address)
    assert answer.text().count("BEGIN:VEVENT") == 9
    page.get_by_role("button", name="Stop sharing").click()
    assert page.request.get(address).status == 404
