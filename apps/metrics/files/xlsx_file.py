"""The report as XLSX: one sheet a table, and the methods note first."""

from datetime import UTC, datetime
from io import BytesIO
from itertools import groupby
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from apps.metrics.files.lines import TITLES, Line, hidden_words, lines, methods
from apps.metrics.report import Figures
from apps.students.models import Term

HEAD = ["", "Count", "Of", "Share", "95 % CI from", "to", "Note"]
WIDTHS = [40, 10, 10, 10, 14, 10, 34]


def as_xlsx(document: Figures, *, term: Term, waivers: list[dict[str, str]]) -> bytes:
    """Return the workbook. Text is written as text: nothing in it is ever run as a formula.

    It carries the date of the report, not of its making: the same report has the same bytes.
    """
    out = BytesIO()
    book = Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    made = datetime.fromisoformat(document["as_of"]).astimezone(UTC).replace(tzinfo=None)
    title = f"{term.name} outcomes"
    book.set_properties({"title": title, "author": "CareerHub", "created": made})
    formats = {
        "head": book.add_format({"bold": True, "bottom": 1}),
        "title": book.add_format({"bold": True, "font_size": 14}),
        "rate": book.add_format({"num_format": "0.0%"}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
    }
    notes = book.add_worksheet("Methods")
    notes.set_column(0, 0, 100)
    notes.write_string(0, 0, f"{title}, {document['audience']} report", formats["title"])
    for row, note in enumerate(methods(document, term, waivers), 2):
        notes.write_string(row, 0, note, formats["wrap"])
    words = hidden_words(document)
    for table, some in groupby(lines(document), key=lambda line: line.table):
        sheet = book.add_worksheet(table[:31])
        _sheet(sheet, TITLES[table], list(some), words, formats)
    book.close()
    return out.getvalue()


def _sheet(
    sheet: Worksheet, title: str, some: list[Line], words: str, formats: dict[str, Any]
) -> None:
    sheet.write_string(0, 0, title, formats["title"])
    for column, (head, width) in enumerate(zip(HEAD, WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(2, column, head, formats["head"])
    sheet.freeze_panes(3, 1)
    for row, line in enumerate(some, 3):
        sheet.write_string(row, 0, line.words)
        for column, number in enumerate([line.k, line.n], 1):
            if number is not None:
                sheet.write_number(row, column, number)
        for column, share in enumerate([line.rate, line.low, line.high], 3):
            if share is not None:
                sheet.write_number(row, column, share, formats["rate"])
        sheet.write_string(row, 6, words if line.is_hidden else line.detail)
