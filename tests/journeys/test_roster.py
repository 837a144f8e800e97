"""A counselor brings a class of a hundred in and invites them; one of them comes in."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from apps.mail.models import OutgoingEmail
from apps.students.models import Enrolment, Term
from tests.accounts.factories import PASSWORD, UserFactory
from tests.students.factories import CohortFactory, EnrolmentFactory, StudentFactory, TermFactory
from tests.students.roster_files import HUNDRED, csv

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.enable_socket,
]

LINK = re.compile(r"https?://[^/]+(/invitation/[\w-]+/)")


def a_list() -> bytes:
    """Return a hundred students with a password each, and three rows that need a look."""
    people = [",".join([*row[:3], f"hunter{n}", row[3]]) for n, row in enumerate(HUNDRED)]
    odd = ["R0007,Another,Person,x,", "S1,Noor,Öztürk-Lee,x,noor@students.example", ",,,x,"]
    return csv("Matrikel,Vorname,Nachname,Passwort,Schulmail", *people, *odd, "S9,,,x,")


def a_term() -> Term:
    """Return a term that is on: nobody is invited into one that is over."""
    today = timezone.localdate()
    dates = {"starts_on": -30, "census_on": -10, "ends_on": 60, "closes_on": 80}
    return TermFactory(**{name: today + timedelta(days=days) for name, days in dates.items()})


@pytest.mark.parametrize("width", [390, 1280])
def test_takes_a_class_from_a_file_to_the_first_sign_in(
    width, live_server, tmp_path, open_page, look
):
    counselor = UserFactory(counselor=True)
    cohort = CohortFactory(term=a_term(), name="Economics A", counselors=[counselor])
    known = StudentFactory(student_id="S1", given_name="Noor", email="noor@students.example")
    EnrolmentFactory(cohort=cohort, student=known)
    missing = EnrolmentFactory(cohort=cohort, student__given_name="Wen", student__family_name="Li")
    base, page = live_server.url, open_page(width)
    file = tmp_path / "economics.csv"
    file.write_bytes(a_list())

    page.goto(f"{base}/accounts/login/?next=/classes/{cohort.pk}/")
    page.get_by_label("E-mail").fill(counselor.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Class list").click()
    page.get_by_role("link", name="Bring in a list").click()
    look(page, "roster-import")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Read this list").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Are the columns right?")
    expect(page.get_by_text("Left at the door and not kept: Passwort.")).to_be_visible()
    expect(page.get_by_label("What “Schulmail” is")).to_have_value("email")
    page.get_by_label("What “Vorname” is").select_option("family_name")
    page.get_by_role("button", name="Check what it would do").click()
    expect(page.get_by_text("Two columns cannot both be “Family name”.")).to_be_visible()
    page.get_by_label("What “Vorname” is").select_option("given_name")
    page.get_by_label("This is the whole class").check()
    look(page, "roster-columns")
    page.get_by_role("button", name="Check what it would do").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Check before saving")
    expect(page.get_by_text("Öztürk-Lee")).to_be_visible()
    expect(page.get_by_text("This id is in row 9 too")).to_be_visible()
    assert "hunter" not in page.content()
    tick = page.get_by_role("checkbox", name=re.compile("Wen Li"))
    expect(tick).not_to_be_checked()
    look(page, "roster-check")
    assert Enrolment.objects.filter(cohort=cohort).count() == 2
    page.get_by_role("button", name="Save this list").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The list is in")
    look(page, "roster-saved")
    missing.refresh_from_db()
    assert missing.withdrawn_on is None
    assert Enrolment.objects.filter(cohort=cohort).count() == 102

    page.get_by_role("link", name="See the class list").click()
    look(page, "roster")
    page.get_by_role("button", name=re.compile("^Invite 102")).click()
    expect(page.get_by_text("102 people are invited.")).to_be_visible()
    look(page, "roster-invited")

    mail = OutgoingEmail.objects.get(to_address=HUNDRED[41][3])
    path = LINK.search(mail.text_body)
    assert path
    guest = open_page(width)
    guest.set_content(mail.html_body)
    look(guest, "invitation-mail")
    guest.goto(f"{base}{path[1]}")
    look(guest, "invitation")
    guest.get_by_label("Choose a password").fill("seven quiet otters")
    guest.get_by_label("The same once more").fill("seven quiet otters")
    guest.get_by_role("button", name="Save and sign in").click()
    expect(guest.get_by_text("Welcome.")).to_be_visible()
    expect(guest).to_have_url(f"{base}/today/")

    page.reload()
    counts = page.locator(".ch-counts")
    expect(counts).to_contain_text(re.compile(r"102\s*Invited\s*1\s*Opened it\s*1\s*Signed in"))
    page.get_by_role("link", name="economics.csv").click()
    page.get_by_role("button", name="Undo this list").click()
    expect(page.get_by_text("Kept what came after")).to_be_visible()
    look(page, "roster-undone")
    assert Enrolment.objects.filter(cohort=cohort).count() == 102  # all of them were invited
