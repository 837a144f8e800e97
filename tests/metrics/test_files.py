"""The golden semester in each format, read back and set against the document it was made from."""

import csv
import io
import json
import zipfile
from xml.etree import ElementTree

import pytest
from django.utils import timezone
from pypdf import PdfReader

from apps.common.figures import interval, percent
from apps.metrics.files import content_of, file_name
from apps.metrics.files.lines import TITLES, lines
from apps.metrics.models import Audience, FileFormat
from apps.metrics.semester import semester_report
from apps.students.models import Term
from tests.metrics.test_golden import _semesters  # noqa: F401 - a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_semesters")]


@pytest.fixture(params=list(Audience))
def document(request):
    term, before = Term.objects.get(code="2025-fall"), Term.objects.get(code="2024-fall")
    return semester_report(term=term, compare_to=before, audience=request.param, now=timezone.now())


def words_of(pdf):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def made(document, file_format, waivers=()):
    term = Term.objects.get(code=document["term"])
    return content_of(document, term=term, waivers=list(waivers), format=file_format)


def test_json_is_the_document(document):
    assert json.loads(made(document, FileFormat.JSON)) == document


def test_csv_has_every_figure_to_the_last_digit(document):
    text = made(document, FileFormat.CSV).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    wanted = lines(document)
    assert len(rows) == len(wanted)
    for row, line in zip(rows, wanted, strict=True):
        numbers = [row[name] for name in ("k", "n", "rate", "low", "high")]
        found = [None if cell == "" else float(cell) for cell in numbers]
        assert found == [line.k, line.n, line.rate, line.low, line.high]
        assert (row["note"] == "hidden (fewer than 10)") == line.is_hidden


def sheets(content):
    """Return the cells of each sheet by name, read without the library that wrote them."""
    space = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        shared = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        texts = ["".join(node.itertext()) for node in shared.findall("m:si", space)]
        names = [
            sheet.get("name")
            for sheet in ElementTree.fromstring(book.read("xl/workbook.xml")).iter(
                f"{{{space['m']}}}sheet"
            )
        ]
        found = {}
        for number, name in enumerate(names, 1):
            sheet = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
            assert not list(sheet.iter(f"{{{space['m']}}}f")), "a formula"
            found[name] = {
                cell.get("r"): texts[int(value.text)] if cell.get("t") == "s" else float(value.text)
                for cell in sheet.iter(f"{{{space['m']}}}c")
                if (value := cell.find("m:v", space)) is not None
            }
    return found


def test_xlsx_has_a_sheet_for_each_table_with_every_figure(document):
    found = sheets(made(document, FileFormat.XLSX))
    by_table = {
        table: [line for line in lines(document) if line.table == table] for table in TITLES
    }
    for table, wanted in by_table.items():
        if not wanted:
            continue
        cells = found[table]
        for row, line in enumerate(wanted, 4):
            numbers = [cells.get(f"{column}{row}") for column in "BCDEF"]
            assert numbers == pytest.approx(
                [line.k, line.n, line.rate, line.low, line.high], abs=1e-12
            )
            assert cells[f"A{row}"] == line.words
    assert any("Wilson" in str(text) for text in found["Methods"].values())


def test_prints_waivers_with_the_methods(document):
    waivers = [{"finding": "An offer names no organization.", "reason": "They asked us not to."}]
    found = sheets(made(document, FileFormat.XLSX, waivers))
    assert any("They asked us not to." in str(text) for text in found["Methods"].values())


def test_pdf_says_the_same_figures(document):
    pdf = made(document, FileFormat.PDF)
    assert pdf.startswith(b"%PDF-")
    assert b"pdfuaid" in pdf
    text = words_of(pdf)
    assert "21 of 100" in text
    assert "21.0 %, 95 % CI 14.2–30.0" in text
    for line in lines(document):
        if line.rate is not None:
            assert percent(line.rate) in text
            assert interval(line.low, line.high) in text


def test_a_shareable_file_names_nobody(document):
    if document["audience"] == "shareable":
        for file_format in FileFormat:
            assert b"S001" not in made(document, file_format)
    assert file_name(document, FileFormat.PDF) == f"2025-fall-{document['audience']}.pdf"
