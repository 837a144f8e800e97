"""The report as one CSV: a line a figure."""

import csv
from io import StringIO

from apps.common.csv_text import guard
from apps.metrics.files.lines import hidden_words, lines
from apps.metrics.report import Figures

HEAD = ["table", "label", "k", "n", "rate", "low", "high", "note"]


def as_csv(document: Figures) -> bytes:
    """Return UTF-8 with its mark, so that spreadsheets read accents; floats in full."""
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEAD)
    words = hidden_words(document)
    for line in lines(document):
        numbers = [line.k, line.n, line.rate, line.low, line.high]
        cells = ["" if number is None else repr(number) for number in numbers]
        note = words if line.is_hidden else line.detail
        writer.writerow([line.table, guard(line.label), *cells, guard(note)])
    return out.getvalue().encode("utf-8-sig")
