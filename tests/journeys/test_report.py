"""An administrator opens the report, narrows it, sees what may leave, compares, takes a file."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from unicodedata import normalize

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from apps.metrics import tasks
from tests.accounts.factories import UserFactory
from tests.journeys.conftest import SCREENSHOTS
from tests.journeys.test_semester import sign_in
from tests.metrics.test_golden import GOLDEN
from tests.processes import celery_worker

pytestmark = [
    pytest.mark.browser,
    pytest.mark.delivery,
    pytest.mark.django_db(transaction=True),
    pytest.mark.enable_socket,
]

PAPER = 680  # what A4 is wide between its margins, in CSS pixels
SIDES = ("top", "right", "bottom", "left")
SHOW = {"name": "Show", "exact": True}


@pytest.mark.parametrize("width", [1280, 390])
def test_leads_from_the_whole_term_to_a_part_and_to_a_file(
    width: int,
    live_server,
    tmp_path: Path,
    open_page: Callable[[int], Page],
    look: Callable[[Page, str], None],
) -> None:
    for name in ("fall-2024", "fall-2025"):
        call_command("import_semester", str(GOLDEN / name), "--json", stdout=io.StringIO())
    tasks.compute_requested_reports()
    administrator = UserFactory.create(administrator=True, full_name="Jonas Feld")
    page = open_page(width)
    sign_in(page, live_server.url, administrator.email)

    page.goto(f"{live_server.url}/outcomes/2025-fall/")
    expect(page.get_by_text("21 of 100 students received")).to_be_visible()
    look(page, "report-internal")
    prints_well(page, width)

    page.get_by_label("Class", exact=True).select_option("MKT 310-A")
    page.get_by_role("button", **SHOW).click()
    expect(page.get_by_text("10 of 52 students received")).to_be_visible()
    expect(page.get_by_text("Computed for this page")).to_be_visible()
    look(page, "report-class")

    page.get_by_role("link", name="Shareable").click()
    expect(page.get_by_role("heading", name="No figures yet")).to_be_visible()
    look(page, "report-not-yet")
    with celery_worker(tmp_path, "--beat", f"--schedule={tmp_path / 'beat'}"):
        page.get_by_role("button", name="Compute it now").click()
        expect(page.get_by_text("10 of 52 students received")).to_be_visible(timeout=60_000)
    look(page, "report-class-shareable")

    page.get_by_label("Class", exact=True).select_option("Whole term")
    page.get_by_label("Compare with").select_option("Fall 2024")
    page.get_by_role("button", **SHOW).click()
    expect(page.get_by_text("makes no claim of a change")).to_be_visible()
    expect(page.get_by_role("link", name="Shareable")).to_have_attribute("aria-current", "page")
    expect(page.get_by_role("row", name="MKT 310-B")).to_contain_text("hidden (fewer than 10)")
    look(page, "report-shareable")
    prints_well(page, width)

    expect(page.get_by_role("link", name="Check and publish")).to_be_visible()
    page.get_by_role("link", name="Internal").click()
    page.get_by_label("Compare with").select_option("Fall 2024")
    page.get_by_role("button", **SHOW).click()
    page.get_by_role("button", name="CSV").click()
    expect(page.get_by_text("Waiting for a worker")).to_be_visible()
    look(page, "report-file-waiting")
    tasks.make_requested_report_files()
    download = page.get_by_role("link", name="Download 2025-fall-internal.csv")
    expect(download).to_be_visible(timeout=30_000)
    look(page, "report-file-ready")
    with page.expect_download() as started:
        download.click()
    text = Path(started.value.path()).read_text(encoding="utf-8-sig")
    figures = {(row["table"], row["label"]): row for row in csv.DictReader(io.StringIO(text))}
    assert started.value.suggested_filename == "2025-fall-internal.csv"
    assert figures["offer_rate", "enrolled"]["k"] == "21"
    assert figures["by_cohort", "MKT 310-B: offer rate of enrolled"]["k"] == "6"
    assert float(figures["change", "difference"]["rate"]) == pytest.approx(0.06)


def prints_well(page: Page, width: int) -> None:
    """Print the page: figures and methods are on few sheets, what is only for the screen is not."""
    audience = "shareable" if "audience=shareable" in page.url else "internal"
    name = SCREENSHOTS / f"report-printed-{audience}-{width}"
    printed = page.pdf(path=f"{name}.pdf", format="A4", margin=dict.fromkeys(SIDES, "15mm"))
    sheets = PdfReader(io.BytesIO(printed)).pages
    words = " ".join(sheet.extract_text() for sheet in sheets)
    text = " ".join(normalize("NFKC", words).split())  # without the ligatures of the font
    assert "21 of 100" in text
    assert "Definitions version 1." in text
    assert "Compute again" not in text
    assert "Show as table" not in text
    page.emulate_media(media="print")
    page.set_viewport_size({"width": PAPER, "height": 900})
    page.screenshot(path=f"{name}.png", full_page=True)
    page.emulate_media(media="null")
    page.set_viewport_size({"width": width, "height": 900})
    assert len(sheets) <= (4 if audience == "shareable" else 5)
