"""The shapes a workbook comes in, and the files that are none."""

import datetime
import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
import xlsxwriter

from apps.exchange.workbook.reading import Upload

NEW = {
    "term": {"new": 1, "changed": 0, "unchanged": 0},
    "students": {"new": 3, "changed": 0, "unchanged": 0},
    "contacts": {"new": 4, "changed": 0, "unchanged": 0},
    "outreach": {"new": 3, "changed": 0, "unchanged": 0},
    "meetings": {"new": 3, "changed": 0, "unchanged": 0},
    "offers": {"new": 2, "changed": 0, "unchanged": 0},
}


def refusal(result) -> str:
    """Return the words of the only problem."""
    assert result.is_refused
    assert not result.is_saved
    assert result.problem_count == 1, result.problems
    return f"{result.problems[0].problem} {result.problems[0].remedy}"


@pytest.mark.parametrize("shape", ["folder", "zip", "zip with a folder", "xlsx", "upload"])
def test_reads_every_shape_alike(shape, book, bring_in, tmp_path):
    source = {
        "folder": lambda: book.to_folder(tmp_path / "w"),
        "zip": lambda: book.to_zip(tmp_path / "w.zip"),
        "zip with a folder": lambda: book.to_zip(tmp_path / "w.zip", "fall 2025/"),
        "xlsx": lambda: book.to_xlsx(tmp_path / "w.xlsx"),
        "upload": book.to_upload,
    }[shape]()

    assert bring_in(source).counts == NEW
    again = bring_in(book.to_folder(tmp_path / "again")).counts
    assert [counts["unchanged"] for counts in again.values()] == [1, 3, 4, 3, 3, 2]


def test_knows_a_file_by_its_content_not_its_name(book, bring_in, tmp_path):
    path = book.to_xlsx(tmp_path / "w.xlsx").rename(tmp_path / "semester.zip")

    assert bring_in(path).counts == NEW


def test_takes_what_a_spreadsheet_makes_of_text(book, bring_in, tmp_path):
    """Dates become dates, ids and years numbers, truths truths; ends are cut off."""
    path = tmp_path / "w.xlsx"
    with xlsxwriter.Workbook(path) as made:
        day = made.add_format({"num_format": "d. mmmm yyyy"})
        for name, rows in book.tables.items():
            sheet = made.add_worksheet(name.upper())
            for number, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if number and rows[0][column].endswith("_on") and cell:
                        sheet.write_datetime(number, column, datetime.date.fromisoformat(cell), day)
                    elif cell in ("true", "false"):
                        sheet.write_boolean(number, column, cell == "true")
                    elif cell.isdecimal():
                        sheet.write_number(number, column, float(cell))
                    elif cell:
                        sheet.write_rich_string(number, column, cell, made.add_format(), " ")
            sheet.write_blank(40, 30, None, day)
    assert bring_in(path).counts == NEW
    assert bring_in(book).counts["students"]["unchanged"] == 3


def test_counts_rows_as_the_spreadsheet_shows_them(book, bring_in, tmp_path):
    path = tmp_path / "w.xlsx"
    book.put("contacts", 4, "listed_on", "soon")
    with xlsxwriter.Workbook(path) as made:
        for name, rows in book.tables.items():
            sheet = made.add_worksheet(name)
            for number, cells in enumerate(rows):
                sheet.write_row(3 * number + 2, 0, cells)

    result = bring_in(path)

    assert [(p.table, p.row, p.column) for p in result.problems] == [("contacts", 12, "listed_on")]


def test_counts_a_cell_with_line_breaks_as_one_row(book, bring_in):
    book.put("contacts", 2, "organization", "Kestrel\r\nAir")
    book.tables["contacts"].insert(2, [""] * 11)
    book.put("contacts", 5, "listed_on", "soon")

    result = bring_in(book)

    assert [(p.table, p.row, p.column) for p in result.problems] == [("contacts", 5, "listed_on")]


def test_refuses_a_date_with_a_time_in_a_spreadsheet_cell(book, bring_in, tmp_path):
    path = tmp_path / "w.xlsx"
    moment = datetime.datetime(2025, 11, 11, 9, 30)  # noqa: DTZ001 - a cell knows no offset
    with xlsxwriter.Workbook(path) as made:
        form = made.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for name, rows in book.tables.items():
            sheet = made.add_worksheet(name)
            for number, cells in enumerate(rows):
                sheet.write_row(number, 0, cells)
            if name == "meetings":
                sheet.write_datetime(2, 3, moment, form)

    assert "offset from UTC is missing" in refusal(bring_in(path))


def test_refuses_a_formula_that_went_wrong(book, bring_in, tmp_path):
    path = tmp_path / "w.xlsx"
    with xlsxwriter.Workbook(path) as made:
        for name, rows in book.tables.items():
            sheet = made.add_worksheet(name)
            for number, cells in enumerate(rows):
                sheet.write_row(number, 0, cells)
            if name == "offers":
                sheet.write_formula(1, 3, "=VLOOKUP(1,A:B,2)", None, "#N/A")
                sheet.write_formula(2, 3, '="Else"&"where"', None, "Elsewhere")

    assert "shows an error" in refusal(bring_in(path))


def test_keeps_text_that_looks_like_a_formula(book, bring_in):
    book.put("contacts", 2, "name", "=SUM(1+9)*cmd|' /C calc'!A0")

    bring_in(book)

    assert bring_in(book).counts["contacts"] == {"new": 0, "changed": 0, "unchanged": 4}


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_takes_other_delimiters(delimiter, book, bring_in, tmp_path):
    for row in book.tables["students"]:
        row[7] = row[7].replace(";", "  ")  # two addresses would need quotation marks
    book.put("students", 3, "counselor_email", "c.b@example.edu")
    folder = book.to_folder(tmp_path / "w")
    for name, rows in book.tables.items():
        text = "\r\n".join(delimiter.join(row) for row in rows)
        (folder / f"{name}.csv").write_text(text, encoding="utf-8-sig")

    assert bring_in(folder).counts == NEW


def test_takes_headers_as_people_write_them(book, bring_in):
    book.tables["students"][0] = [c.replace("_", " ").title() for c in book.tables["students"][0]]
    book.tables["offers"] = [list(reversed(row)) for row in book.tables["offers"]]

    assert bring_in(book).counts == NEW


def test_passes_over_what_is_not_part_of_the_workbook(book, bring_in, tmp_path):
    folder = book.to_folder(tmp_path / "w")
    (folder / "expected.json").write_text("{}")
    (folder / "notes.csv").write_bytes(b"\xff\xfe")
    (folder / ".students.csv").write_text("x")
    (folder / "deep.csv").mkdir()

    assert bring_in(folder).counts == NEW


def test_passes_over_what_macos_adds_to_a_zip(book, bring_in, tmp_path):
    path = book.to_zip(tmp_path / "w.zip", "fall/")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("__MACOSX/students.csv", b"\x00\x05")
        archive.writestr("fall/.students.csv", b"\x00\x05")
        archive.writestr("fall/", b"")

    assert bring_in(path).counts == NEW


def test_points_to_a_table_with_a_slightly_other_name(book, bring_in, tmp_path):
    folder = book.to_folder(tmp_path / "w")
    (folder / "students.csv").rename(folder / "student.csv")

    assert "Found, but not expected: student." in refusal(bring_in(folder))


def test_refuses_a_table_that_is_there_twice(book, bring_in, tmp_path):
    path = book.to_zip(tmp_path / "w.zip")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("old/Students.csv", book.csv("students"))

    result = bring_in(path)

    assert "there twice" in refusal(result)
    assert result.problems[0].table == "students"


def test_names_the_byte_that_is_not_utf_8(book, bring_in, tmp_path):
    folder = book.to_folder(tmp_path / "w")
    content = book.csv("students").replace("Ó Dálaigh", "O").encode("utf-8")
    content = content.replace("Łucja".encode(), "Lucía".encode("latin-1"))
    (folder / "students.csv").write_bytes(content)

    result = bring_in(folder)

    place = content.index(b"\xed")
    assert f"students.csv is not in UTF-8: byte {place} " in refusal(result)
    assert (result.problems[0].table, result.problems[0].row) == ("students", 2)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_refuses_utf_16(encoding, book, bring_in, tmp_path):
    folder = book.to_folder(tmp_path / "w")
    (folder / "term.csv").write_text("\ufeff" + book.csv("term"), encoding=encoding)

    assert "UTF-8" in refusal(bring_in(folder))


def test_refuses_quotation_marks_that_do_not_close(book, bring_in, tmp_path):
    folder = book.to_folder(tmp_path / "w")
    text = book.csv("contacts").replace("Harbor Media", '"Harbor Media')
    (folder / "contacts.csv").write_text(text, encoding="utf-8")

    result = bring_in(folder)

    assert "quotation marks" in refusal(result)
    assert (result.problems[0].table, result.problems[0].row) == ("contacts", 5)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "neither a spreadsheet nor a zip file"),
        (b"hello", "neither a spreadsheet nor a zip file"),
        (b"student_id,email\n", "a folder with six CSV files"),
        (b"%PDF-1.7 ...", "neither a spreadsheet nor a zip file"),
        (b"PK\x03\x04 and then nothing", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512, "locked with a password"),
    ],
)
def test_refuses_a_file_that_is_no_workbook(content, words, bring_in, tmp_path):
    path = tmp_path / "w.xlsx"
    path.write_bytes(content)

    assert words in refusal(bring_in(path))
    assert words in refusal(bring_in(Upload("w.xlsx", content)))


@pytest.mark.parametrize("name", ["nowhere", "no\x00where", "x" * 5000, "term.csv/nowhere"])
def test_refuses_a_path_that_leads_nowhere(name, bring_in, tmp_path):
    (tmp_path / "term.csv").touch()

    assert refusal(bring_in(tmp_path / name))


def test_refuses_an_empty_folder_table_by_table(bring_in, tmp_path):
    result = bring_in(tmp_path)

    assert [problem.table for problem in result.problems] == list(NEW)


def rewritten(path: Path, **changes: bytes | None) -> Path:
    """Return a copy of a zip file with entries added, replaced, or (None) left out."""
    copy = path.with_stem("changed")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, content in changes.items():
            if content is not None:
                new.writestr(name, content)
    return copy


def test_refuses_macros(book, bring_in, tmp_path):
    path = book.to_xlsx(tmp_path / "w.xlsx")
    with_code = rewritten(path, **{"xl/vbaProject.bin": b"code"})
    assert "macros" in refusal(bring_in(with_code))

    with zipfile.ZipFile(path) as archive:
        types = archive.read("[Content_Types].xml").replace(b"sheet.main", b"macroEnabled.main")
    by_type = rewritten(path, **{"[Content_Types].xml": types})
    assert "macros" in refusal(bring_in(by_type))

    assert "macros" in refusal(bring_in(path.rename(tmp_path / "w.XLSM")))


def test_refuses_a_zip_with_a_password(book, bring_in, tmp_path):
    path = book.to_zip(tmp_path / "w.zip")
    content = bytearray(path.read_bytes())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.index(mark)
        content[at + flags] |= 1
    path.write_bytes(bytes(content))

    assert "locked with a password" in refusal(bring_in(path))


@pytest.mark.parametrize("name", ["../students.csv", "/students.csv", "..\\students.csv"])
def test_refuses_a_path_out_of_the_zip(name, book, bring_in, tmp_path):
    path = rewritten(book.to_zip(tmp_path / "w.zip"), **{name: b"x"})

    assert "leads out of its own folder" in refusal(bring_in(path))


def test_refuses_a_zip_of_too_many_files(book, bring_in, tmp_path):
    path = rewritten(book.to_zip(tmp_path / "w.zip"), **{f"{n}.txt": b"" for n in range(200)})

    assert "more than 200 files" in refusal(bring_in(path))


@pytest.mark.parametrize("kind", ["zip", "xlsx"])
def test_refuses_a_zip_bomb_while_it_inflates(kind, book, bring_in, tmp_path):
    bomb = b"x" * 20_000_000
    if kind == "zip":
        path = rewritten(book.to_zip(tmp_path / "w.zip"), **{"contacts.csv": bomb})
    else:
        path = book.to_xlsx(tmp_path / "w.xlsx")
        path = rewritten(path, **{"xl/worksheets/sheet3.xml": b"<worksheet>" + bomb})

    assert "grows more than 100-fold" in refusal(bring_in(path))


def test_does_not_believe_the_size_a_zip_states(book, bring_in, tmp_path):
    path = rewritten(book.to_zip(tmp_path / "w.zip"), **{"offers.csv": b"y" * 20_000_000})
    stated = struct.pack("<I", 20_000_000)
    path.write_bytes(path.read_bytes().replace(stated, struct.pack("<I", 20)))

    assert bring_in(path).is_refused


def test_refuses_more_bytes_than_are_allowed(book, bring_in, tmp_path, settings):
    settings.IMPORT_MAX_BYTES = 600

    for source in (
        book.to_folder(tmp_path / "w"),
        book.to_zip(tmp_path / "w.zip"),
        book.to_xlsx(tmp_path / "w.xlsx"),
    ):
        assert "larger than 0.000572 MiB" in refusal(bring_in(source))


def test_refuses_more_rows_than_are_allowed_over_all_tables(book, bring_in, settings):
    settings.IMPORT_MAX_ROWS = 16
    assert not bring_in(book, dry_run=True).is_refused

    settings.IMPORT_MAX_ROWS = 15
    assert "more than 15 rows" in refusal(bring_in(book))


def test_refuses_a_value_far_outside_the_table(book, bring_in, tmp_path):
    """Two cells in opposite corners are few bytes, and a rectangle of 17 billion cells."""
    path = book.to_xlsx(tmp_path / "w.xlsx")
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet6.xml")
    row = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    sheet = sheet.replace(b"</sheetData>", row)

    result = bring_in(rewritten(path, **{"xl/worksheets/sheet6.xml": sheet}))

    assert "far to the right" in refusal(result)
    assert (result.problems[0].table, result.problems[0].row) == ("offers", 1_048_576)


@pytest.mark.parametrize(
    "sheet",
    [
        b"<worksheet",
        b"<!DOCTYPE x [<!ENTITY e 'boom'>]><worksheet>&e;</worksheet>",
        b"<worksheet><row r='1'><c r='A1' t='s'><v>99999</v></c></row></worksheet>",
        b"<worksheet><row r='x'><c r='A1'><v>1</v></c></row></worksheet>",
        b"<worksheet><row><c r='1'><v>1</v></c></row></worksheet>",
        b"<worksheet><row><c r='A1'><v>one</v></c></row></worksheet>",
        b"\xff\xfe\x00",
    ],
)
def test_refuses_a_damaged_sheet(sheet, book, bring_in, tmp_path):
    path = rewritten(book.to_xlsx(tmp_path / "w.xlsx"), **{"xl/worksheets/sheet2.xml": sheet})

    result = bring_in(path)

    assert "cannot be read" in refusal(result)
    assert result.problems[0].table == "students"


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "_rels/.rels", "xl/styles.xml"]
)
def test_refuses_a_spreadsheet_that_lacks_a_part(part, book, bring_in, tmp_path):
    path = rewritten(book.to_xlsx(tmp_path / "w.xlsx"), **{part: None})

    assert bring_in(path).is_refused


def test_refuses_other_kinds_of_spreadsheet(bring_in, tmp_path):
    path = tmp_path / "w.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert "OpenDocument" in refusal(bring_in(path))


def test_refuses_a_broken_stream(book, bring_in, tmp_path):
    path = book.to_zip(tmp_path / "w.zip")
    content = bytearray(path.read_bytes())
    start = content.index(b"students.csv") + len("students.csv")
    content[start : start + 40] = zlib.compress(b"x" * 1000)[:40].ljust(40, b"\xff")
    path.write_bytes(bytes(content))

    assert bring_in(path).is_refused


def test_reads_sheets_as_other_programs_write_them(book, bring_in, tmp_path):
    """Prefixed names, inline text, cells without references, phonetic aids, ISO dates, 1904."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rows = []
    for number, cells in enumerate(book.tables["term"], start=1):
        made = "".join(
            f"<x:c t='d'><x:v>{cell}</x:v></x:c>"
            if number > 1 and column == 2
            else f"<x:c t='inlineStr'><x:is><x:r><x:t>{cell[:2]}</x:t></x:r>"
            f"<x:r><x:t>{cell[2:]}</x:t></x:r><x:rPh><x:t>ふ</x:t></x:rPh></x:is></x:c>"
            for column, cell in enumerate(cells)
        )
        rows.append(f"<x:row>{made}</x:row>")
    data = f"<x:sheetData>{''.join(rows)}</x:sheetData>"
    sheet = f"<x:worksheet xmlns:x='{main}'>{data}</x:worksheet>"
    path = rewritten(
        book.to_xlsx(tmp_path / "w.xlsx"), **{"xl/worksheets/sheet1.xml": sheet.encode()}
    )

    assert bring_in(path).counts == NEW


def test_reads_a_spreadsheet_from_a_stream(book, bring_in, tmp_path):
    content = io.BytesIO(book.to_xlsx(tmp_path / "w.xlsx").read_bytes()).read()

    assert bring_in(Upload("fall.xlsx", content)).counts == NEW
