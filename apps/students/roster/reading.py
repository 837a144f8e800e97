"""A file of a class list, whatever it is → a table of text. Secrets stay outside."""

import re
from xml.etree.ElementTree import ParseError

from apps.common.archive import Archive
from apps.common.refusals import Refusal
from apps.common.xlsx import Spreadsheet, is_spreadsheet
from apps.students.roster.delimited import Grid, clean_grid, read_delimited
from apps.students.roster.guessing import NOBODY, Understood, cell, understand
from apps.students.roster.headings import tokens
from apps.students.roster.limits import (
    MAX_BYTES,
    MAX_COLUMNS,
    MAX_INFLATED,
    MAX_ROWS,
    MAX_SHEETS,
    MOST_OFFERED,
)
from apps.students.roster.oneroster import holds_oneroster, read_oneroster
from apps.students.roster.table import KIND_NAMES, Column, Kind, Line, Meaning, Remark, Table

FORMATS = (
    "We read CSV and Excel (.xlsx) files, OneRoster (.zip), and the gradebooks that Canvas, Moodle"
    " and Blackboard export."
)
SMALLER = "Choose the list of one class, without grades."
ZIP_MARKS = (b"PK\x03\x04", b"PK\x05\x06")
OLD_OFFICE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PICTURES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf")
MARKUP = re.compile(rb"\s*(?:<\?xml|<!doctype|<html|<table|<workbook)", re.IGNORECASE)

PERSON = (Meaning.STUDENT_ID, Meaning.FULL_NAME, Meaning.FAMILY_NAME, Meaning.GIVEN_NAME)

# Gradebooks are known by columns that only they have; of grades, nothing is kept.
MARKS = {
    Kind.CANVAS: {"sisuserid", "sisloginid", "integrationid"},
    Kind.BLACKBOARD: {"availability", "lastaccess", "childcourseid"},
    Kind.MOODLE: {"lastdownloadedfromthiscourse", "lastcourseaccess"},
}


def read_roster(name: str, data: bytes) -> Table:
    """Return the class list in a file: CSV, a spreadsheet, OneRoster, or a gradebook.

    What the file is shows in its content, its name is not asked. Columns that hold passwords or
    the like are in no part of the answer but their names. Raises Refusal, and nothing else.
    """
    if len(data) > MAX_BYTES:
        raise Refusal(f"This file is larger than {MAX_BYTES // 1024 // 1024} MB.", SMALLER)
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise Refusal("This file is empty.", "Export the class list again.")
    if data.startswith(ZIP_MARKS):
        return _read_packed(data)
    if data.startswith(OLD_OFFICE_MARK):
        raise Refusal(
            "This is a spreadsheet in the format Excel had until 2003, or one with a password.",
            "Open it, and save it as .xlsx without a password.",
        )
    if data.startswith(PICTURES):
        raise Refusal("This is no table but a picture or a document.", FORMATS)
    if MARKUP.match(data.lstrip(b"\xef\xbb\xbf")):
        raise Refusal(
            "This is a web page or XML, whatever its name says.",
            "Open it in your spreadsheet program, and save it as .xlsx or CSV.",
        )
    return _table(read_delimited(data))


def _read_packed(data: bytes) -> Table:
    archive = Archive(data, max_bytes=MAX_INFLATED, remedy=SMALLER)
    if is_spreadsheet(archive):
        return _read_spreadsheet(Archive(data, max_bytes=MAX_SHEETS, remedy=SMALLER))
    names = [one for one in archive.names if _is_wanted(one)]
    if holds_oneroster(names):
        return read_oneroster(archive, names)
    if "mimetype" in archive.names:
        raise Refusal("This kind of spreadsheet or document cannot be read.", "Save it as .xlsx.")
    if any(one.lower().endswith(".zip") for one in archive.names):
        raise Refusal("This .zip file holds another one.", "Unpack it first.")
    if len(names) != 1:
        raise Refusal(
            f"This .zip file holds {len(names)} tables, and is no OneRoster export.",
            "Unpack it, and choose the file with the class list.",
        )
    return _table(read_delimited(archive.read(names[0])))


def _is_wanted(path: str) -> bool:
    """Leave aside what a Mac packs beside each file."""
    *folders, name = path.replace("\\", "/").split("/")
    return name.lower().endswith((".csv", ".txt")) and not {
        part[0] for part in (*folders, name) if part
    } & {".", "_"}


def _read_spreadsheet(archive: Archive) -> Table:
    """Read the first sheet in which people are found."""
    refusal = None
    try:
        book = Spreadsheet(archive, max_columns=MAX_COLUMNS)
        for _, path in book.paths:
            try:
                return _table(clean_grid(_rows_of(book, path)))
            except Refusal as reason:
                refusal = refusal or reason
    except (ParseError, LookupError, ValueError, RecursionError, OverflowError):
        raise Refusal("This spreadsheet is damaged.", "Save it afresh as .xlsx.") from None
    raise refusal or Refusal("This spreadsheet has no sheet.", "Save it afresh as .xlsx.")


def _rows_of(book: Spreadsheet, path: str) -> Grid:
    grid: Grid = []
    for row in book.rows(path):
        if len(grid) >= MAX_ROWS:
            raise Refusal(f"This file has more than {MAX_ROWS:,} rows.", SMALLER)
        grid.append(row)
    return grid


def _table(grid: Grid) -> Table:
    if not grid:
        raise Refusal("There is nobody in this file.", "Export the class list again.")
    found = understand(grid)
    kind = _kind_of(found)
    found = _without_grades(found, kind)
    meanings = [column.meaning for column in found.columns]
    is_clear = {Meaning.STUDENT_ID, Meaning.EMAIL} & {*meanings} and len({*meanings} - {""}) > 1
    if not found.has_names and not is_clear:
        raise Refusal(
            "We cannot tell what the columns of this file are.",
            "Put their names into the first row: Student ID, First name, Last name, E-mail.",
        )
    lines, remarks = [], []
    for number, cells in found.rows:
        kept = [cell(cells, at) for at in found.kept]
        if not any(kept):
            continue
        if any(NOBODY.fullmatch(kept[at]) for at, one in enumerate(meanings) if one in PERSON):
            remarks.append(Remark(number, "", "This row is about no student.", "It is left out."))
        else:
            lines.append(Line(number, kept))
    if not lines:
        raise Refusal("There is nobody in this file.", "Export the class list again.")
    return Table(
        kind=kind,
        notice=_notice(kind, found),
        columns=found.columns,
        lines=lines,
        dropped=found.dropped,
        remarks=remarks,
    )


def _kind_of(found: Understood) -> Kind:
    names = {"".join(tokens(column.name)) for column in found.columns}
    for kind, marks in MARKS.items():
        if names & marks:
            return kind
    return Kind.TABLE


def _without_grades(found: Understood, kind: Kind) -> Understood:
    """Keep of a gradebook what says who somebody is; of grades, not even the names."""
    if kind == Kind.TABLE and len(found.columns) <= MOST_OFFERED:
        return found
    pairs = zip(found.columns, found.kept, strict=True)
    kept = [(column, at) for column, at in pairs if column.meaning or _is_about_person(column)]
    graded = len(found.columns) - len(kept)
    return Understood(
        columns=[column for column, _ in kept],
        kept=[at for _, at in kept],
        rows=found.rows,
        dropped=[*found.dropped, *["grades and the like"] * bool(graded)],
        has_names=found.has_names,
    )


def _is_about_person(column: Column) -> bool:
    words = {*tokens(column.name)}
    return bool(words & {"id", "username", "login", "section", "department", "institution"})


def _notice(kind: Kind, found: Understood) -> str:
    if not found.has_names:
        return "It has no column names, so we went by what stands in the columns."
    return "" if kind == Kind.TABLE else f"{KIND_NAMES[kind]}."
