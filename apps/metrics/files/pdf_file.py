"""The report as PDF, set by Typst. Data passes as JSON, never as source text."""

import json
from itertools import groupby
from pathlib import Path
from typing import Any

import typst

from apps.common.figures import interval, percent
from apps.metrics.files.lines import TITLES, Line, hidden_words, lines, methods
from apps.metrics.report import Figures
from apps.students.models import Term

TEMPLATE = Path(__file__).with_name("report.typ")


def as_pdf(document: Figures, *, term: Term, waivers: list[dict[str, str]]) -> bytes:
    """Return a tagged PDF (PDF/UA-1), with the fonts that Typst brings along and no others."""
    tables = [
        {"key": key, "title": TITLES[key], "lines": [_written(line) for line in some]}
        for key, some in groupby(lines(document), key=lambda line: line.table)
    ]
    data = {
        "term": term.name,
        "part": ", ".join(
            document[key] for key in ("cohort", "program", "class_year") if document[key]
        ),
        "audience": document["audience"],
        "as_of": document["as_of"][:10],
        "hidden": hidden_words(document),
        "checksum": document["checksum"],
        "tables": tables,
        "methods": methods(document, term, waivers),
    }
    return typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
        sys_inputs={"report": json.dumps(data)},
    )


def _written(line: Line) -> dict[str, Any]:
    """Return the line with its share and interval also as people read them."""
    has_rate = line.rate is not None
    return {
        **vars(line),
        "words": line.words,
        "share": percent(line.rate) if has_rate else "",
        "bounds": interval(line.low, line.high) if has_rate else "",
    }
