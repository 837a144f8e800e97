"""Text of CSV files: bytes to text, text to records, and cells that no spreadsheet runs.

A record is what a spreadsheet shows as a row: numbered from 1, a cell with line breaks does not
start a new one, an empty line is one.
"""

import csv
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import StringIO
from itertools import chain

# A cell that begins like this is run as a formula by one spreadsheet or another. The wide signs
# stand for the narrow ones on East Asian systems.
FORMULA_STARTS = "=+@\t\r\n\0＝＋－＠-"  # the hyphen last: between two others it means a range
_WOULD_RUN = re.compile(rf"'*[{FORMULA_STARTS}]")
_GUARDED = re.compile(rf"'+[{FORMULA_STARTS}]")
_GUARD = re.compile(rf"'[{FORMULA_STARTS}]")

# A line after the last. If a cell swallows it, a quotation mark was never closed. Half a surrogate
# pair is nothing that decoding ever gives, so no file has this line.
_END = "\udfff"


class BadTableError(ValueError):
    """The text cannot be told apart into rows. The message is for people and names the row."""


@dataclass(frozen=True, slots=True)
class Decoded:
    text: str
    is_guessed: bool  # some lines were not UTF-8 and were taken for Windows-1252


def decode(data: bytes) -> Decoded:
    """Read UTF-8, UTF-16 with its mark, or else each line by itself as UTF-8 or Windows-1252.

    Line by line, because one stray byte would otherwise spoil every accent in the file.
    """
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return Decoded(data.decode("utf-16", "replace"), is_guessed=False)
    data = data.removeprefix(BOM_UTF8)
    try:
        return Decoded(data.decode(), is_guessed=False)
    except UnicodeDecodeError:
        return Decoded("\n".join(map(decode_line, data.split(b"\n"))), is_guessed=True)


def decode_line(line: bytes) -> str:
    """Read one line as UTF-8, or as Windows-1252 where it cannot be UTF-8."""
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


def records(
    text: str, *, delimiter: str = ",", max_records: int, max_columns: int
) -> Iterator[tuple[int, list[str]]]:
    """Yield each record with its number.

    Raises `BadTableError` past a limit, at a cell longer than the csv module reads, and where a
    quotation mark is never closed: all that follows it would be one cell, and its rows lost.
    """
    lines = chain(StringIO(text, newline=""), [_END])
    reader = csv.reader(lines, delimiter=delimiter)
    number = 0
    try:
        for number, record in enumerate(reader, 1):
            if record == [_END]:
                return
            if number > max_records:
                raise BadTableError(f"This file has more than {max_records:,} rows.")
            if len(record) > max_columns:
                raise BadTableError(f"Row {number} has more than {max_columns} columns.")
            yield number, record
    except csv.Error as error:
        raise BadTableError(
            f"Row {number + 1} cannot be read: it has a cell that is far too long. "
            "Perhaps a quotation mark in it is never closed."
        ) from error
    raise BadTableError(f"Row {number} opens a quotation mark that is never closed.")


def write_csv(rows: Iterable[Iterable[str]]) -> str:
    """Return CSV with every cell quoted, lines ended by CRLF, and no cell that runs as a formula.

    A cell that would run gets an apostrophe in front; `unguard` takes it off again.
    """
    out = StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([guard(cell) for cell in row] for row in rows)
    return out.getvalue()


def guard(cell: str) -> str:
    """Put an apostrophe before a formula, and one more before apostrophes and a formula."""
    return f"'{cell}" if _WOULD_RUN.match(cell) else cell


def unguard(cell: str) -> str:
    """Take off the apostrophe that `guard` put there; leave every other cell as it is."""
    return cell[1:] if _GUARDED.match(cell) else cell


def has_guarded_cells(text: str) -> bool:
    """Tell whether `unguard` could change anything in this text; asked once, not cell by cell."""
    return _GUARD.search(text) is not None
