"""What a reminder looks like, how its reader stops it, and what an administrator sees of it all."""

from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from apps.mail.actions import queue
from apps.mail.message import compose
from apps.mail.models import OutgoingEmail, Refusal, StopReason
from apps.reminders.kinds import MEETING_TOMORROW
from tests.accounts.factories import PASSWORD, UserFactory
from tests.contacts.factories import ContactFactory
from tests.mail.factories import OutgoingEmailFactory, SuppressionFactory
from tests.meetings.factories import MeetingFactory
from tests.students.factories import StudentFactory

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.enable_socket,
]

Open = Callable[[int], Page]
Look = Callable[[Page, str], None]


def sign_in(page: Page, url: str, email: str) -> None:
    page.goto(f"{url}/accounts/login/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


@pytest.fixture
def reminder() -> OutgoingEmail:
    now = timezone.now()
    student = StudentFactory(user=UserFactory(student=True, given_name="Ana"))
    contact = ContactFactory(student=student, name="Marcus Bell", organization="Larkspur Health")
    meeting = MeetingFactory(contact=contact, starts_at=now + timedelta(days=1))
    email = queue(
        kind=MEETING_TOMORROW,
        to=student.user,
        template="reminders/emails/meeting_tomorrow",
        context={"meeting": meeting, "now": now},
        occurrence_key="meeting_tomorrow:1",
        due_at=now,
    )
    assert email is not None
    return email


@pytest.mark.parametrize("width", [390, 700])
def test_a_reminder_is_readable_in_both_its_parts(
    reminder: OutgoingEmail, open_page: Open, look: Look, width: int
) -> None:
    message = message_from_bytes(compose(reminder), policy=default)
    text, html = message.iter_parts()
    page = open_page(width)
    page.set_content(html.get_content())
    look(page, "mail-reminder")
    assert page.locator("img, script, link, [style]").count() == 0
    page.set_content("<!doctype html><html lang=en><title>Text</title><main><h1>Text</h1><pre>")
    page.locator("pre").evaluate("(pre, words) => { pre.textContent = words }", text.get_content())
    page.add_style_tag(content="pre { white-space: pre-wrap; overflow-wrap: anywhere }")
    look(page, "mail-reminder-text")


@pytest.mark.parametrize("width", [390, 1280])
def test_its_reader_stops_the_kind_and_takes_that_back(
    live_server, reminder: OutgoingEmail, open_page: Open, look: Look, settings, width: int
) -> None:
    settings.SITE_URL = live_server.url
    message = message_from_bytes(compose(reminder), policy=default)
    page = open_page(width)
    page.goto(message["List-Unsubscribe"].strip("<>"))
    look(page, "unsubscribe")
    assert not Refusal.objects.exists()

    page.get_by_role("button", name="Stop these mails").click()
    expect(page.get_by_role("heading", name="These mails have stopped")).to_be_visible()
    look(page, "unsubscribe-done")
    assert Refusal.objects.get().user == reminder.recipient

    page.get_by_role("button", name="Send them again").click()
    expect(page.get_by_role("heading", name="They come again")).to_be_visible()
    assert not Refusal.objects.exists()


@pytest.mark.parametrize("width", [390, 1280])
def test_an_administrator_sees_that_mail_is_late_and_helps_an_address(
    live_server, open_page: Open, look: Look, width: int
) -> None:
    now = timezone.now()
    OutgoingEmailFactory(due_at=now - timedelta(minutes=20))
    OutgoingEmailFactory(unknown=True, due_at=now - timedelta(hours=2))
    stop = SuppressionFactory(since=now)
    SuppressionFactory(since=now, reason=StopReason.SOFT, until=now + timedelta(days=14))
    page = open_page(width)
    sign_in(page, live_server.url, UserFactory(administrator=True).email)

    page.get_by_role("link", name="See what is wrong").click()
    expect(page.get_by_role("heading", name="How the mail flows")).to_be_visible()
    look(page, "mail-health")
    row = page.get_by_role("row", name=stop.address)
    row.get_by_role("button", name="Write to it again").click()
    expect(row).to_have_count(0)


def test_a_person_reads_that_mail_to_them_comes_back(
    live_server, open_page: Open, look: Look
) -> None:
    user = UserFactory()
    SuppressionFactory(address=user.email)
    page = open_page(390)
    sign_in(page, live_server.url, user.email)
    page.goto(f"{live_server.url}/account/")
    expect(page.get_by_text("Mail to your address comes back.")).to_be_visible()
    look(page, "account-no-mail")
