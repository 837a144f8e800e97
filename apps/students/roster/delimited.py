"""CSV and its relatives: octets → rows of text, whatever separates the cells."""

import csv
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter
from io import StringIO
from itertools import islice

from apps.common.csv_text import BadTableError, decode, has_guarded_cells, records, unguard
from apps.common.plain_text import clean_line
from apps.common.refusals import Refusal
from apps.students.roster.limits import MAX_CELL, MAX_COLUMNS, MAX_ROWS

Grid = list[tuple[int, list[str]]]

SAMPLE = 50  # records by which the delimiter is told
DELIMITERS = ",;\t|"
SEPARATOR_LINE = "sep="  # the first line that Excel writes in some countries


def read_delimited(data: bytes) -> Grid:
    """Return the rows that hold something, with their numbers. Raises Refusal."""
    text = decode(_with_mark(data)).text
    first, _, rest = text.partition("\n")
    delimiter, begins = None, 0
    if (
        first.strip().strip('"').lower().startswith(SEPARATOR_LINE)
        and len(first.strip('"\r ')) == 5
    ):
        delimiter, text, begins = first.strip('"\r ')[4], rest, 1
    try:
        rows = records(
            text,
            delimiter=delimiter or _delimiter_of(text),
            max_records=MAX_ROWS,
            max_columns=MAX_COLUMNS,
        )
        grid = [(number + begins, record) for number, record in rows if any(record)]
    except BadTableError as error:
        raise Refusal(str(error), "Please export the file again, or save it as CSV.") from None
    return clean_grid(grid, has_guards=has_guarded_cells(text))


def clean_grid(grid: Grid, *, has_guards: bool = False) -> Grid:
    """Return the rows in clean text, none longer than a name can be."""
    rows = [
        (number, [clean_line(unguard(cell) if has_guards else cell)[:MAX_CELL] for cell in cells])
        for number, cells in grid
    ]
    return [(number, cells) for number, cells in rows if any(cells)]


def _with_mark(data: bytes) -> bytes:
    """Put the mark of UTF-16 before text that is plainly that and lacks it."""
    start = data[:400]
    if b"\0" not in start or data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return data
    for mark, zeros in ((BOM_UTF16_LE, start[1::2]), (BOM_UTF16_BE, start[::2])):
        if zeros.count(0) > len(zeros) * 0.6:
            return mark + data
    return data


def _delimiter_of(text: str) -> str:
    """Return the sign that cuts most records into equally many cells."""
    return max(DELIMITERS, key=lambda one: _agreement(text, one))


def _agreement(text: str, delimiter: str) -> tuple[int, int]:
    widths: Counter[int] = Counter()
    try:
        reader = csv.reader(StringIO(text[:200_000], newline=""), delimiter=delimiter)
        widths.update(len(record) for record in islice(reader, SAMPLE) if record)
    except csv.Error:
        return (0, 0)
    cut = {width: number for width, number in widths.items() if width > 1}
    if not cut:
        return (0, 0)
    return sum(cut.values()), max(cut, key=lambda width: (cut[width], width))
