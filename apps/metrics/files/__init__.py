"""A report as a file: JSON, CSV, XLSX or PDF, each made from the same document."""

import json

from django.utils.text import slugify

from apps.metrics.files.csv_file import as_csv
from apps.metrics.files.pdf_file import as_pdf
from apps.metrics.files.xlsx_file import as_xlsx
from apps.metrics.models import FileFormat
from apps.metrics.report import Figures
from apps.students.models import Term

Waivers = list[dict[str, str]]

CONTENT_TYPES = {
    FileFormat.JSON: "application/json",
    FileFormat.CSV: "text/csv; charset=utf-8",
    FileFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileFormat.PDF: "application/pdf",
}


def content_of(document: Figures, *, term: Term, waivers: Waivers, format: FileFormat) -> bytes:
    """Return the bytes of a report in a format. `waivers` are printed with the methods."""
    match format:
        case FileFormat.JSON:
            return json.dumps(document, ensure_ascii=False, indent=1).encode()
        case FileFormat.CSV:
            return as_csv(document)
        case FileFormat.XLSX:
            return as_xlsx(document, term=term, waivers=waivers)
        case FileFormat.PDF:
            return as_pdf(document, term=term, waivers=waivers)


def file_name(document: Figures, format: FileFormat) -> str:
    """Return a name that tells the report from its neighbors: 2025-fall-section-a-shareable.pdf."""
    parts = [document["term"], document["cohort"], document["program"], document["class_year"]]
    words = "-".join([*(part for part in parts if part), document["audience"]])
    return f"{slugify(words)}.{format}"
