"""Where a CSV file's column names are, and what each column is understood as."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from apps.common.csv_text import BadTableError, records
from apps.contacts.files import layouts
from apps.contacts.files.layouts import Layout
from apps.contacts.files.limits import MAX_COLUMNS, MAX_ROWS

HEADER_WITHIN = 10  # records in which the header is looked for

_LINKEDIN_PROFILE = re.compile(r"https?://(?:[a-z]+\.)?linkedin\.com/", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Header:
    layout: Layout
    row: int
    delimiter: str
    cells: Sequence[str]
    meanings: Sequence[str | None]  # one for each cell
    is_by_order: bool = False  # the column names are in a language we do not know


def table_records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    return records(text, delimiter=delimiter, max_records=MAX_ROWS, max_columns=MAX_COLUMNS)


def find_header(text: str) -> Header | None:
    """Look for column names we know among the first records, whatever separates the cells.

    They are not always the first: LinkedIn puts several lines of notes above them, or none.
    """
    for delimiter in ",;\t":
        above: list[str] = []
        try:
            for row, record in islice(table_records(text, delimiter), HEADER_WITHIN):
                header = _by_names(row, record, delimiter) or _by_order(row, above, record)
                if header:
                    return header
                above = record
        except BadTableError:
            continue
    return None


def _by_names(row: int, record: list[str], delimiter: str) -> Header | None:
    keys = [layouts.header_key(cell) for cell in record]
    layout = layouts.recognise(keys)
    if layout is None:
        return None
    return Header(layout, row, delimiter, record, [layout.meanings.get(key) for key in keys])


def _by_order(row: int, above: list[str], record: list[str]) -> Header | None:
    """Return the record above as the header, if this one is plainly somebody on LinkedIn."""
    order = layouts.LINKEDIN_ORDER
    if not len(above) == len(record) == len(order) or not all(above):
        return None
    link = order.index(layouts.LINK)
    if _LINKEDIN_PROFILE.match(above[link]) or not _LINKEDIN_PROFILE.match(record[link]):
        return None
    return Header(layouts.LINKEDIN, row - 1, ",", above, order, is_by_order=True)
