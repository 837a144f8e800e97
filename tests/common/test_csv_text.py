import csv
from io import StringIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from apps.common.csv_text import (
    BadTableError,
    decode,
    guard,
    has_guarded_cells,
    records,
    unguard,
    write_csv,
)

FORMULAS = ["=1+2", "+1-418-656-9254", "-5", "@SUM(A1)", "\tx", "\rx", "\nx", "\0x", "＝1", "＠x"]


def rows_of(text: str, delimiter: str = ",", *, max_records: int = 99, max_columns: int = 9):
    found = records(text, delimiter=delimiter, max_records=max_records, max_columns=max_columns)
    return list(found)


@pytest.mark.parametrize(
    ("data", "text", "is_guessed"),
    [
        ("Zoë".encode(), "Zoë", False),
        ("Zoë".encode("utf-8-sig"), "Zoë", False),
        ("Zoë".encode("utf-16"), "Zoë", False),
        (b"\xfe\xff" + "Zoë".encode("utf-16-be"), "Zoë", False),
        ("Zoë – “x”".encode("cp1252"), "Zoë – “x”", True),
        (b"\x81\x8d", "\N{REPLACEMENT CHARACTER}" * 2, True),
    ],
)
def test_reads_the_encodings_that_spreadsheets_write(data, text, is_guessed):
    decoded = decode(data)

    assert (decoded.text, decoded.is_guessed) == (text, is_guessed)


def test_keeps_the_accents_of_other_lines_where_one_line_is_not_utf_8():
    decoded = decode("Zoë\n".encode() + "José\n".encode("cp1252") + "Åse".encode())

    assert decoded.text == "Zoë\nJosé\nÅse"


def test_counts_records_as_a_spreadsheet_does():
    text = 'a,b\r\n"one\ncell",2\r\n\r\nc,d\r"e\u2028f",3'

    assert rows_of(text) == [
        (1, ["a", "b"]),
        (2, ["one\ncell", "2"]),
        (3, []),
        (4, ["c", "d"]),
        (5, ["e\u2028f", "3"]),
    ]


@pytest.mark.parametrize("text", ["", "a", "a\n", "a\r\n", '"a"', '"a\nb"'])
def test_needs_no_line_end_after_the_last_record(text):
    assert [record for _number, record in rows_of(text)] == list(csv.reader(StringIO(text)))


def test_names_the_row_whose_quotation_mark_never_closes():
    with pytest.raises(BadTableError, match=r"Row 2 opens a quotation mark"):
        rows_of('a,b\nc,"d\ne,f\ng,h\n')


def test_refuses_a_cell_longer_than_the_csv_module_reads():
    with pytest.raises(BadTableError, match=r"Row 2 .* far too long"):
        rows_of("a\n" + "b" * 200_000)


def test_refuses_more_rows_or_columns_than_allowed():
    with pytest.raises(BadTableError, match="more than 2 rows"):
        rows_of("a\nb\nc\n", max_records=2)
    with pytest.raises(BadTableError, match="Row 2 has more than 3 columns"):
        rows_of("a,b,c\na,b,c,d\n", max_columns=3)


@pytest.mark.parametrize("cell", FORMULAS)
def test_writes_no_cell_that_runs_as_a_formula(cell):
    (written,) = next(csv.reader(StringIO(write_csv([[cell]]), newline="")))

    assert written == f"'{cell}"
    assert unguard(written) == cell


@pytest.mark.parametrize("cell", ["5", "O'Brien", "'quoted'", "", "'", "<script>", "a=b", " =1"])
def test_leaves_other_cells_as_they_are(cell):
    assert guard(cell) == cell
    assert unguard(cell) == cell


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1)))
@example([["'=1", "''+1", "'"], ["\x03"], ['"', ",", "\r\n"]])
def test_gives_back_every_cell_it_wrote(rows):
    text = write_csv(rows)

    read = [record for _number, record in rows_of(text, max_records=1000, max_columns=1000)]
    assert [list(map(unguard, record)) for record in read] == rows


@given(st.text(st.sampled_from("'=+a ,\n")))
def test_never_overlooks_a_guarded_cell(cell):
    assert has_guarded_cells(write_csv([[cell]])) or unguard(cell) == cell
