"""A career center brings in two semesters and reads the number; each role sees what is theirs."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.students.models import Student
from tests.accounts.factories import PASSWORD, UserFactory
from tests.processes import ROOT, celery_worker

pytestmark = [
    pytest.mark.browser,
    pytest.mark.delivery,
    pytest.mark.django_db(transaction=True),
    pytest.mark.enable_socket,
]


def workbook(folder: Path, term: str) -> Path:
    """Return the golden semester as one zip file."""
    path = folder / f"{term}.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for table in sorted((ROOT / "tests" / "golden" / term).glob("*.csv")):
            archive.write(table, table.name)
    return path


def set_password(email: str) -> None:
    user = User.objects.get(email=email)
    user.set_password(PASSWORD)
    user.save()


def sign_in(page: Page, base: str, email: str) -> None:
    page.goto(f"{base}/accounts/login/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).not_to_contain_text("Learn about work")


def bring_in(page: Page, base: str, path: Path, look: Callable[[Page, str], None]) -> None:
    page.goto(f"{base}/imports/")
    look(page, "imports")
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Check this file").click()
    confirm = page.get_by_role("button", name=re.compile(r"^Import [\d,]+ rows$"))
    expect(confirm).to_be_visible()
    look(page, "import-checked")
    confirm.click()
    expect(page.get_by_text("Saved as a whole.")).to_be_visible()
    look(page, "import-saved")


@pytest.mark.parametrize("width", [1280, 390])
def test_leads_from_the_workbook_to_the_number_and_back_to_a_conversation(
    width, live_server, tmp_path, open_page, look
):
    administrator = UserFactory.create(administrator=True, full_name="Jonas Feld")
    base = live_server.url
    with celery_worker(tmp_path, "--beat", f"--schedule={tmp_path / 'beat'}"):
        page = open_page(width)
        page.goto(base)
        look(page, "sign-in")
        sign_in(page, base, administrator.email)
        for term in ("fall-2024", "fall-2025"):
            bring_in(page, base, workbook(tmp_path, term), look)

        page.goto(f"{base}/outcomes/2025-fall/")
        headline = page.get_by_text("21 of 100 students received a job or internship offer")
        expect(headline).to_be_visible()
        expect(page.get_by_text("21.0 %, 95 % CI 14.2–30.0")).to_be_visible()
        expect(page.get_by_text("makes no claim of a change")).to_be_visible()
        look(page, "report")

        page.get_by_role("link", name="See the path of Hana Nguyễn").click()
        expect(page.get_by_text("Conversation with Jamal Gupta")).to_be_visible()
        expect(page.get_by_text("Introduced to Wen Adebayo")).to_be_visible()
        look(page, "path")

    counselor_sees_one_section(open_page(width), base, look)
    student_sees_own_rows(open_page(width), base, look)


def counselor_sees_one_section(page: Page, base: str, look: Callable[[Page, str], None]) -> None:
    set_password("counselor.b@example.edu")
    sign_in(page, base, "counselor.b@example.edu")
    page.goto(f"{base}/classes/")
    look(page, "classes")
    section = page.locator("section", has=page.get_by_role("heading", name="Fall 2025"))
    expect(section.get_by_role("link")).to_have_text(["MKT 310-B"])
    section.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("MKT 310-B")
    expect(page.get_by_role("row", name="Hiroshi Zhang")).to_be_visible()
    look(page, "class-board")
    page.goto(f"{base}/outcomes/2025-fall/")
    expect(page.get_by_text("6 of 24 students received")).to_be_visible()
    expect(page.get_by_text("MKT 310-A")).to_have_count(0)


def student_sees_own_rows(page: Page, base: str, look: Callable[[Page, str], None]) -> None:
    student = Student.objects.get(student_id="S250005")
    assert student.user
    assert student.user.has_role(Role.STUDENT)
    set_password(student.email)
    sign_in(page, base, student.email)
    expect(page).to_have_url(f"{base}/today/")
    look(page, "today-between-terms")
    assert page.goto(f"{base}/outcomes/").status == 403
    look(page, "forbidden")
