"""A student goes from nobody to a living network, on a phone."""

import re

import pytest
from playwright.sync_api import expect

from apps.contacts.models import Contact
from tests.accounts.factories import PASSWORD
from tests.processes import celery_worker
from tests.students.factories import EnrolmentFactory, StudentFactory, TermFactory

pytestmark = [
    pytest.mark.browser,
    pytest.mark.delivery,
    pytest.mark.django_db(transaction=True),
    pytest.mark.enable_socket,
]

LINES = [
    "Notes:",
    '"When exporting your connection data, you may notice that some addresses are missing."',
    "",
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On",
    "Dana,Whitfield,https://www.linkedin.com/in/dana-w,dana@tern.example,Tern,VP,05 Mar 2024",
    "Wen,Li,https://www.linkedin.com/in/wen-li,,Osprey Labs,Product Lead,07 Apr 2024",
    ",,,,,,02 Oct 2023",
]
NAMES = "Elaine Marsh\nJun Takahashi, Bluebird Transit\nWen Li, Osprey Labs\nTomás Herrera\nBjörk"


@pytest.mark.parametrize("width", [390, 1280])
def test_leads_from_nobody_to_a_living_network(width, live_server, tmp_path, open_page, look):
    student = StudentFactory(with_account=True)
    EnrolmentFactory(student=student, cohort__term=TermFactory())
    base, page = live_server.url, open_page(width)
    file = tmp_path / "Connections.csv"
    file.write_text("\n".join(LINES), encoding="utf-8")

    page.goto(f"{base}/accounts/login/")
    page.get_by_label("E-mail").fill(student.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(f"{base}/today/")

    page.goto(f"{base}/contacts/")
    look(page, "contacts-empty")
    page.goto(f"{base}/contacts/brainstorm/")
    look(page, "brainstorm")
    page.get_by_label("Relatives").fill(NAMES)
    page.get_by_role("button", name="Keep these names").click()
    expect(page.get_by_text("Quick start done.")).to_be_visible()
    assert Contact.objects.filter(student=student).count() == 5
    page.goto(f"{base}/contacts/")
    look(page, "contacts")
    page.goto(f"{base}/contacts/?view=board")
    look(page, "contacts-board")

    with celery_worker(tmp_path, "--beat", f"--schedule={tmp_path / 'beat'}"):
        page.goto(f"{base}/contacts/import/")
        look(page, "contact-import")
        page.locator("input[type=file]").set_input_files(file)
        page.get_by_role("button", name="Check").click()
        confirm = page.get_by_role("button", name=re.compile("^Import"))
        expect(confirm).to_be_visible()
        look(page, "contact-import-checked")
        confirm.click()
        expect(page.get_by_role("button", name=re.compile("Undo"))).to_be_visible()
        look(page, "contact-import-saved")

    page.goto(f"{base}/contacts/?q=witfield")
    page.get_by_role("link", name="Dana Whitfield").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dana Whitfield")
    look(page, "contact")

    Contact.objects.create(student=student, name="Björk", organization="", listed_on="2025-09-01")
    page.goto(f"{base}/contacts/duplicates/")
    look(page, "duplicates")
    page.get_by_role("link", name=re.compile("^Same person")).first.click()
    look(page, "compare")
    page.get_by_role("button", name="Make them one person").click()
    expect(page.get_by_role("button", name=re.compile("^Take back"))).to_be_visible()

    jun = Contact.objects.get(student=student, name="Jun Takahashi")
    Contact.objects.filter(student=student, name="Dana Whitfield").update(introduced_by=jun)
    page.goto(f"{base}/network/")
    look(page, "network")
