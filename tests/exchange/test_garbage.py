"""Whatever bytes come: the answer is a refusal in words, never an exception."""

import io
import tempfile
import zipfile
from dataclasses import astuple
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.common.refusals import UNSTORABLE
from apps.exchange.progress import Progress
from apps.exchange.workbook.loading import Limits, load_workbook
from apps.exchange.workbook.problems import Problems
from apps.exchange.workbook.reading import Upload
from apps.exchange.workbook.tables import TABLES
from tests.clock import NOW
from tests.exchange.workbooks import TINY, Workbook

SLOW = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def problems_of(content: bytes) -> Problems:
    """Read the bytes as an upload, without a database."""
    problems = Problems()
    load_workbook(
        Upload("w", content),
        limits=Limits(rows=1000, bytes=2_000_000),
        now=NOW,
        problems=problems,
        progress=Progress(lambda words, done, total: None, total=7),
    )
    for problem in problems:
        assert problem.problem
        assert problem.remedy
        assert problem.table is None or problem.table in TABLES
        assert not UNSTORABLE.search("".join(map(str, astuple(problem))))
    return problems


@pytest.fixture(scope="module")
def spreadsheet() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return Workbook().to_xlsx(Path(folder) / "w.xlsx").read_bytes()


@SLOW
@given(
    st.one_of(
        st.binary(),
        st.builds(bytes.__add__, st.just(b"PK\x03\x04"), st.binary()),
        st.builds(bytes.__add__, st.just(b"PK\x05\x06"), st.binary(min_size=18)),
    )
)
def test_answers_any_bytes_with_a_refusal(content):
    assert problems_of(content)


def test_refuses_an_entry_without_a_name():
    content = Workbook().to_upload().content.replace(b"term.csv", b"\0erm.csv")

    (problem,) = problems_of(content)

    assert "damaged" in problem.problem


@SLOW
@given(at=st.floats(0, 1, exclude_max=True), junk=st.binary(min_size=1, max_size=40))
def test_survives_damage_anywhere_in_a_zip(at, junk):
    content = Workbook().to_upload().content
    place = int(at * len(content))

    problems_of(content[:place] + junk + content[place + len(junk) :])


@SLOW
@given(at=st.floats(0, 1, exclude_max=True), junk=st.binary(min_size=1, max_size=40))
def test_survives_damage_anywhere_in_a_spreadsheet(at, junk, spreadsheet):
    place = int(at * len(spreadsheet))

    problems_of(spreadsheet[:place] + junk + spreadsheet[place + len(junk) :])


@SLOW
@given(
    part=st.sampled_from(
        ["xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/worksheets/sheet2.xml"]
    ),
    at=st.floats(0, 1, exclude_max=True),
    junk=st.text("<>/='\"rstvc019AZ&;", min_size=1, max_size=20),
)
def test_survives_damage_inside_a_part_of_a_spreadsheet(part, at, junk, spreadsheet):
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(spreadsheet)) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == part:
                place = int(at * len(content))
                content = content[:place] + junk.encode() + content[place + len(junk) :]
            new.writestr(name, content)

    problems_of(changed.getvalue())


@SLOW
@given(table=st.sampled_from(list(TINY)), content=st.binary())
def test_answers_any_bytes_in_a_table_with_a_refusal(table, content):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in TINY.items():
            archive.writestr(f"{name}.csv", content if name == table else text)

    assert problems_of(packed.getvalue())


@SLOW
@given(
    table=st.sampled_from(list(TINY)),
    row=st.integers(1, 2),
    column=st.integers(0, 20),
    cell=st.one_of(
        st.text(),
        st.text("0123456789-:T+Z. ", max_size=30),
        st.sampled_from(["٣", "1e5", "2025-09-08T08:30:00+99:99", "0001-01-01T00:00:00+14:00"]),
    ),
)
def test_survives_any_text_in_any_cell(table, row, column, cell):
    book = Workbook()
    cells = book.tables[table][row - 1]
    cells[column % len(cells)] = cell.encode("utf-8", "ignore").decode()

    problems_of(book.to_upload().content)
