"""A student writes down what a conversation brought, thanks for it, and keeps a story."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from apps.contacts.models import Contact
from apps.meetings.models import Debrief, Finding, Meeting, Status, Story
from tests.accounts.factories import PASSWORD
from tests.contacts.factories import ContactFactory
from tests.meetings.factories import MeetingFactory, StoryFactory
from tests.students.factories import EnrolmentFactory, StudentFactory, TermFactory

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.enable_socket,
]


@pytest.mark.parametrize("width", [390, 1280])
def test_leads_from_the_end_of_a_talk_to_the_sent_thank_you(width, live_server, open_page, look):
    now = timezone.now()
    student = StudentFactory(with_account=True)
    today = now.date()
    term = TermFactory(
        starts_on=today - timedelta(days=60),
        census_on=today - timedelta(days=50),
        ends_on=today + timedelta(days=60),
        closes_on=today + timedelta(days=70),
    )
    EnrolmentFactory(student=student, cohort__term=term)
    dana = ContactFactory(student=student, name="Dana Whitfield", given_name="Dana")
    talk = MeetingFactory(contact=dana, starts_at=now - timedelta(hours=2))
    StoryFactory(student=student, title="The order form of the print shop")
    base, page = live_server.url, open_page(width)
    page.goto(f"{base}/accounts/login/")
    page.get_by_label("E-mail").fill(student.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(f"{base}/today/")

    page.goto(f"{base}/meetings/{talk.pk}/debrief/")
    look(page, "debrief-empty")
    page.get_by_label("Finding 1", exact=True).fill("Everyone explains a test in one slide.")
    page.locator(".ch-finding").first.get_by_label("Résumé").check()
    page.get_by_role("button", name="Another finding").click()
    added = page.locator(".ch-finding").nth(2)
    added.get_by_label("Kind of finding").select_option("Possible opening")
    added.get_by_label("Finding 3", exact=True).fill("A place in spring.")
    expect(page.locator("[data-autosave-state]")).to_contain_text("Saved")
    assert Finding.objects.filter(meeting=talk, is_private=True).count() == 1

    expect(page.get_by_label("Name", exact=True)).to_be_hidden()
    page.get_by_label("Yes, got names").check()
    page.get_by_label("Name", exact=True).fill("Ruth Adeyemi")
    page.get_by_label("E-mail or profile").fill("ruth@")
    page.get_by_label("One I told").select_option("The order form of the print shop")
    page.get_by_label("One I heard").fill("A jacket named after a typo sold out.")
    page.get_by_label("What", exact=True).fill("Send the survey")
    clarity = page.get_by_role("radiogroup", name="How clearly I see what I want")
    clarity.get_by_label("4").check()
    page.get_by_role("button", name="Save debrief").click()
    expect(page.get_by_role("alert")).to_contain_text("Give a whole e-mail address")
    look(page, "debrief-refused")
    assert Contact.objects.filter(introduced_by=dana).count() == 0
    page.get_by_label("E-mail or profile").fill("ruth@northfield.example")
    page.get_by_role("button", name="Save debrief").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Thank Dana Whitfield")
    look(page, "thank")
    assert Finding.objects.filter(meeting=talk).count() == 2
    assert Contact.objects.get(introduced_by=dana).email == "ruth@northfield.example"
    letter = page.get_by_label("Your note")
    expect(letter).to_have_value(re.compile("pointing me to Ruth Adeyemi"))
    letter.fill("Dear Dana,\nthank you & all the best.")
    expect(page.get_by_role("link", name="Open in mail program")).to_have_attribute(
        "href", re.compile(r"Dear%20Dana%2C%0D%0Athank%20you%20%26%20all")
    )
    page.get_by_role("button", name="I sent it").click()
    expect(page.get_by_role("status")).to_contain_text("you thanked Dana Whitfield")
    talk = Meeting.objects.get(pk=talk.pk)
    assert talk.status == Status.HELD
    assert talk.thank_you_sent_at is not None
    assert talk.thank_you_sent_at <= talk.thank_you_due_at
    assert Debrief.objects.get(meeting=talk).completed_at

    page.goto(f"{base}/meetings/{talk.pk}/debrief/")
    expect(page.get_by_role("button", name="Take this name back")).to_be_visible()
    look(page, "debrief")
    page.goto(f"{base}/contacts/{dana.pk}/")
    expect(page.get_by_text("You: Send the survey")).to_be_visible()
    look(page, "recall")
    page.goto(f"{base}/stories/")
    look(page, "stories")
    page.get_by_role("link", name="A jacket named after a typo sold out.").click()
    page.get_by_label("I would like my class to read this story.").check()
    look(page, "story")
    page.get_by_role("button", name="Share with my class").click()
    expect(page.get_by_role("heading", name="Your class reads this")).to_be_visible()
    assert Story.objects.shared().count() == 1
    page.goto(f"{base}/stories/class/")
    look(page, "class-stories")
