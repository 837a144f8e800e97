"""When reminders come, what they look like, and what became of them."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from apps.mail.models import OutgoingEmail, Reason
from apps.reminders.models import Preference
from apps.reminders.planner import look_around
from tests.accounts.factories import PASSWORD, UserFactory
from tests.journeys.test_today import fill
from tests.mail.factories import OutgoingEmailFactory
from tests.outreach.factories import AttemptFactory
from tests.reminders.factories import PreferenceFactory
from tests.reminders.test_at_claim import where_it_is_noon
from tests.students.factories import CohortFactory, EnrolmentFactory, StudentFactory, TermFactory

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.enable_socket,
]


AS_TEXT = (
    "<!doctype html><html lang='en'><title>{subject}</title>"
    "<main><h1>{subject}</h1><pre></pre></main></html>"
)
SHOW = """(pre, words) => {
    pre.textContent = words;
    Object.assign(pre.style, { whiteSpace: "pre-wrap", overflowWrap: "anywhere" });
}"""


@pytest.mark.parametrize("width", [390, 1280])
def test_chooses_when_reminders_come(width, live_server, open_page, look):
    now = timezone.now()
    student = StudentFactory(with_account=True)
    fill(student, now)
    for days, trait in ((1, "sent"), (2, "sent"), (5, "failed"), (8, "unknown")):
        due_at = now - timedelta(days=days)
        OutgoingEmailFactory(recipient=student.user, due_at=due_at, **{trait: True})
    OutgoingEmailFactory(
        recipient=student.user,
        kind="student_digest",
        cancelled=True,
        reason=Reason.NO_NEED,
        due_at=now - timedelta(days=3),
    )
    page = open_page(width)
    page.goto(f"{live_server.url}/accounts/login/?next=/account/reminders/")
    page.get_by_label("E-mail").fill(student.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Reminders")).to_be_visible()
    expect(page.get_by_text("as things stand")).to_be_visible()
    look(page, "reminders")

    page.get_by_label("Hour", exact=True).select_option("10:00 pm")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Your hour lies in your quiet hours.")).to_be_visible()
    look(page, "reminders-refused")
    page.get_by_label("Hour", exact=True).select_option("10:00 am")
    page.get_by_text("Daily", exact=True).click()
    page.get_by_label("Sat", exact=True).check()
    page.get_by_label("Something due today").uncheck()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    preference = Preference.objects.get()
    assert (preference.hour, preference.digest) == (10, "daily")
    assert preference.days == [1, 2, 3, 4, 5, 6]
    expect(page.get_by_label("Something due today")).not_to_be_checked()
    page.get_by_role("button", name="Pause for two weeks").click()
    expect(page.get_by_text("Paused.")).to_be_visible()


@pytest.mark.parametrize("width", [390, 700])
def test_the_lists_are_readable_in_both_their_parts(width, open_page, look):
    now = timezone.now()
    student = StudentFactory(
        user=UserFactory(student=True, given_name="Noor", time_zone=where_it_is_noon())
    )
    fill(student, now)
    PreferenceFactory(user=student.user, daily=True)
    counselor = UserFactory(counselor=True, given_name="Ines", time_zone=where_it_is_noon())
    PreferenceFactory(user=counselor, days=[now.isoweekday()])
    term = TermFactory(
        starts_on=now.date() - timedelta(days=60),
        census_on=now.date(),
        ends_on=now.date() + timedelta(days=30),
        closes_on=now.date() + timedelta(days=30),
    )
    cohort = CohortFactory(term=term, counselors=[counselor])
    for _ in range(3):
        late = EnrolmentFactory(cohort=cohort).student
        AttemptFactory(student=late, sent_at=now - timedelta(days=12))
    assert look_around(now=now) == 2
    for email in OutgoingEmail.objects.order_by("kind"):
        page = open_page(width)
        page.set_content(email.html_body)
        look(page, f"mail-{email.kind}")
        page.set_content(AS_TEXT.format(subject=email.subject))
        page.locator("pre").evaluate(SHOW, email.text_body)
        look(page, f"mail-{email.kind}-text")
