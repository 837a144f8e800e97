"""Guard: docs/practices.md accounts for every practice, and every proof it names exists."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "practices.md"

LAST_NUMBER = {"A": 22, "B": 30, "C": 18, "D": 19, "E": 20}
PRACTICE_IDS = [f"{group}{n}" for group, last in LAST_NUMBER.items() for n in range(1, last + 1)]
COLUMNS = ("id", "practice", "where it lives", "proof")

REFERENCE = re.compile(r"`(tests/(?:\w+/)*test_\w+\.py)::(test_\w+)`", re.ASCII)
PROOF = re.compile(rf"open|none needed|{REFERENCE.pattern}(?:, {REFERENCE.pattern})*", re.ASCII)
NOTHING_TO_BUILD = "nothing to build: "


def practice_rows(text: str) -> list[list[str]]:
    """The cells of every table row whose first cell looks like a practice id."""
    tables = (line.strip() for line in text.splitlines() if line.lstrip().startswith("|"))
    rows = (re.split(r"(?<!\\)\|", line.removeprefix("|").removesuffix("|")) for line in tables)
    stripped = ([cell.strip() for cell in row] for row in rows)
    return [row for row in stripped if re.fullmatch(r"[A-Z]\d+", row[0])]


def problems_with_ids(rows: list[list[str]]) -> list[str]:
    seen = Counter(row[0] for row in rows)
    missing = [f"{id_}: has no row" for id_ in PRACTICE_IDS if id_ not in seen]
    doubled = [f"{id_}: has {count} rows, keep one" for id_, count in seen.items() if count > 1]
    unknown = [f"{id_}: is no practice id" for id_ in seen if id_ not in PRACTICE_IDS]
    return missing + doubled + unknown


def problems_with_cells(rows: list[list[str]]) -> list[str]:
    count = [
        f"{row[0]}: has {len(row)} cells instead of {len(COLUMNS)} ({', '.join(COLUMNS)})"
        for row in rows
        if len(row) != len(COLUMNS)
    ]
    empty = [
        f'{row[0]}: the cell "{column}" is empty'
        for row in rows
        for column, cell in zip(COLUMNS, row, strict=False)
        if not cell
    ]
    return count + empty


def problems_with_proof_form(rows: list[list[str]]) -> list[str]:
    form = [
        f'{row[0]}: the proof "{row[-1]}" is neither "open", nor "none needed", nor '
        "`tests/…/test_file.py::test_name` (several: a comma and a space between them)"
        for row in rows
        if not PROOF.fullmatch(row[-1])
    ]
    # Otherwise "none needed" would be a quiet way out of a row that does ask for something.
    excuse = [
        f'{row[0]}: "none needed" and "{NOTHING_TO_BUILD}why" go together, one is missing'
        for row in rows
        if (row[-1] == "none needed") != any(cell.startswith(NOTHING_TO_BUILD) for cell in row)
    ]
    return form + excuse


def problems_with_references(rows: list[list[str]], root: Path) -> list[str]:
    problems = []
    for row in rows:
        for path, name in REFERENCE.findall(row[-1]):
            file = root / path
            if not file.is_file():
                problems.append(f"{row[0]}: the file {path} does not exist")
            elif name not in functions_in(file):
                problems.append(f"{row[0]}: {path} has no test function {name}")
    return problems


def functions_in(file: Path) -> set[str]:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return {node.name for node in ast.walk(ast.parse(file.read_bytes())) if isinstance(node, kinds)}


@pytest.fixture(scope="module")
def rows() -> list[list[str]]:
    return practice_rows(PAGE.read_text(encoding="utf-8"))


def test_gives_every_practice_exactly_one_row(rows: list[list[str]]) -> None:
    assert not (problems := problems_with_ids(rows)), "\n".join(problems)


def test_leaves_no_cell_empty(rows: list[list[str]]) -> None:
    assert not (problems := problems_with_cells(rows)), "\n".join(problems)


def test_states_every_proof_in_a_known_form(rows: list[list[str]]) -> None:
    assert not (problems := problems_with_proof_form(rows)), "\n".join(problems)


def test_names_only_tests_that_exist(rows: list[list[str]]) -> None:
    assert not (problems := problems_with_references(rows, ROOT)), "\n".join(problems)


# The guard has to be able to say no: one wrong row at a time, and what it answers.


@pytest.mark.parametrize(
    ("wrong_row", "answer"),
    [
        ("", "A1: has no row"),
        ("| A1 | x | y | open |\n| A1 | x | y | open |", "A1: has 2 rows"),
        ("| A1, A2 | x | y | open |", "A1: has no row"),
        ("| A23 | x | y | open |", "A23: is no practice id"),
        ("| F1 | x | y | open |", "F1: is no practice id"),
    ],
)
def test_reports_a_wrong_id(wrong_row: str, answer: str) -> None:
    assert answer in "\n".join(problems_with_ids(practice_rows(wrong_row)))


@pytest.mark.parametrize(
    ("wrong_row", "answer"),
    [
        ("| A1 | x | open |", "A1: has 3 cells"),
        ("| A1 | x | y | z | open |", "A1: has 5 cells"),
        ("| A1 |  | y | open |", 'A1: the cell "practice" is empty'),
        ("| A1 | x | | open |", 'A1: the cell "where it lives" is empty'),
        ("| A1 | x | y | |", 'A1: the cell "proof" is empty'),
    ],
)
def test_reports_a_wrong_cell(wrong_row: str, answer: str) -> None:
    assert answer in "\n".join(problems_with_cells(practice_rows(wrong_row)))


@pytest.mark.parametrize(
    ("where", "proof"),
    [
        ("y", ""),
        ("y", "Open"),
        ("y", "done"),
        ("y", "tests/a/test_b.py::test_c"),
        ("y", "`tests/a/test_b.py`"),
        ("y", "`apps/a/test_b.py::test_c`"),
        ("y", "`tests/../test_b.py::test_c`"),
        ("y", "`tests/a/test_b.py::test_c[one]`"),
        ("y", "`tests/a/test_b.py::test_c` `tests/a/test_b.py::test_d`"),
        ("y", "open, `tests/a/test_b.py::test_c`"),
        ("y", "none needed"),
        ("nothing to build: a date", "open"),
    ],
)
def test_reports_a_wrong_proof(where: str, proof: str) -> None:
    assert problems_with_proof_form([["A1", "x", where, proof]])


@pytest.mark.parametrize(
    "proof",
    [
        "open",
        "`tests/a/test_b.py::test_c`",
        "`tests/test_b.py::test_c`, `tests/a/b/test_c.py::test_d`",
    ],
)
def test_accepts_a_right_proof(proof: str) -> None:
    assert not problems_with_proof_form([["A1", "x", "y", proof]])


def test_reports_references_to_nothing(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_b.py").write_text(
        "def test_here(): ...\nasync def test_waits(): ...\n# def test_gone(): ...\n"
    )
    proofs = [f"`tests/test_b.py::test_{name}`" for name in ("here", "waits", "gone")]
    row = ["A1", "x", "y", ", ".join([*proofs, "`tests/test_a.py::test_here`"])]

    assert problems_with_references([row], tmp_path) == [
        "A1: tests/test_b.py has no test function test_gone",
        "A1: the file tests/test_a.py does not exist",
    ]
