"""From rows of text to typed rows. Every cell that cannot be read becomes a problem in words."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from apps.common.refusals import FileRefusal, Problem, Refusal, shown
from apps.exchange.workbook.cells import BadCell, Cell
from apps.exchange.workbook.problems import Problems
from apps.exchange.workbook.reading import RawTable
from apps.exchange.workbook.tables import Table

TICK = 5_000  # rows between two signs of life
SPACES = re.compile(r"[\s-]+")


@dataclass
class ParsedTable:
    """The rows of a table that could be read, as `table.row_type`.

    `bad_cells` names the columns that are wrong, by row number; there the row has None.
    `is_whole` is False if rows or their ids are missing, so that nobody makes anything of an id
    that leads nowhere.
    """

    table: Table
    rows: list[Any] = field(default_factory=list)
    bad_cells: dict[int, frozenset[str]] = field(default_factory=dict)
    is_whole: bool = True

    def knows(self, row: Any, *columns: str) -> bool:
        """Return whether these cells of a row could all be read."""
        bad = self.bad_cells.get(row.number)
        return bad is None or bad.isdisjoint(columns)


class RowLimit:
    """Counts the rows of all tables together, and stops the reading when there are too many."""

    def __init__(self, most: int, tick: Callable[[int], None]) -> None:
        self.most = most
        self.count = 0
        self._tick = tick

    def add_row(self) -> None:
        self.count += 1
        if self.count > self.most:
            raise FileRefusal(
                f"The workbook has more than {self.most:,} rows.",
                "Leave out what does not belong to this semester, "
                "or ask the operator to raise IMPORT_MAX_ROWS.",
            )
        if self.count % TICK == 0:
            self._tick(self.count)


def parse_table(table: Table, raw: RawTable, limit: RowLimit, problems: Problems) -> ParsedTable:
    """Read one table to its end, or to where its text breaks off."""
    parsed = ParsedTable(table)
    before = problems.count
    try:
        rows = _filled(raw.rows())
        header = next(rows, None)
        if header is None:
            raise Refusal("The table is empty: it has not even column names.", _columns_of(table))
        columns = _read_header(table, header, problems)
        parsed.is_whole = all(name in columns for name in table.key)
        reader = RowReader(table, columns, problems)
        for number, cells in rows:
            limit.add_row()
            cells = cells if raw.is_ragged else reader.fitted(cells)
            row, bad = reader.read(number, cells)
            parsed.rows.append(row)
            if bad:
                parsed.bad_cells[number] = bad
    except FileRefusal:
        raise
    except Refusal as refusal:
        parsed.is_whole = False
        found = refusal.problem
        problems.add(Problem(found.problem, found.remedy, table=table.name, row=found.row))
    if not parsed.rows and not table.may_have_no_rows and problems.count == before:
        parsed.is_whole = False
        remedy = "Add its rows below the column names."
        problems.add(Problem("The table has no rows.", remedy, table=table.name, row=1))
    return parsed


def _filled(rows: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows in which anything stands."""
    return ((number, cells) for number, cells in rows if any(map(str.strip, cells)))


def _read_header(
    table: Table, header: tuple[int, list[str]], problems: Problems
) -> list[str | None]:
    """Return the columns of the file in its order: None stands for one that was complained of.

    A column without a name is "". Raises `Refusal` if no name is known: then nothing can be read.
    """
    number, cells = header
    names = [SPACES.sub("_", cell.strip().lower()) for cell in cells]
    if not any(name in table.columns for name in names):
        raise Refusal("The column names are missing.", _columns_of(table), row=number)

    def complain(problem: str, remedy: str, column: str) -> None:
        problems.add(Problem(problem, remedy, table.name, number, column, column))

    columns: list[str | None] = []
    for cell, name in zip(cells, names, strict=True):
        if name in columns and name:
            complain(f"The column {name} is there twice.", "Delete one of the two.", name)
        elif name and name not in table.columns:
            complain("This column is unknown.", _hint(table, name), shown(cell))
        else:
            columns.append(name)
            continue
        columns.append(None)
    for name, cell_kind in table.columns.items():
        if name not in columns:
            may = (
                f"each row holds {cell_kind.words}" if cell_kind.is_required else "it may be empty"
            )
            complain(f"The column {name} is missing.", f"Add it; {may}.", name)
    return columns


def _hint(table: Table, name: str) -> str:
    near = get_close_matches(name[:100], table.columns, n=1)
    guess = f"Did you mean {near[0]}? " if near else ""
    return f"{guess}Rename it, or delete the column. {_columns_of(table)}"


def _columns_of(table: Table) -> str:
    return f"The columns of {table.name} are: {', '.join(table.columns)}."


class RowReader:
    """Reads the rows of one table, all at once where nothing is wrong, else cell by cell."""

    def __init__(self, table: Table, columns: list[str | None], problems: Problems) -> None:
        self._table = table
        self._width = len(columns)
        self._problems = problems
        self._nameless = [place for place, name in enumerate(columns) if name == ""]
        self._places: dict[str, tuple[int, Cell]] = {
            name: (columns.index(name), cell)
            for name, cell in table.columns.items()
            if name in columns
        }
        self._missing = frozenset(table.columns) - frozenset(self._places)
        self._readers = [(place, cell.read) for place, cell in self._places.values()]
        self._is_complete = not self._missing and not self._nameless

    def fitted(self, cells: list[str]) -> list[str]:
        """Return the cells with as many empty ones at the end as the header asks for."""
        while len(cells) > self._width and not cells[-1]:
            cells.pop()
        return cells + [""] * (self._width - len(cells))

    def read(self, number: int, cells: list[str]) -> tuple[Any, frozenset[str]]:
        """Return the row, and the columns whose cells could not be read."""
        if len(cells) != self._width:
            return self._read_key(number, cells)
        if self._is_complete:
            try:
                values = [read(cells[place]) for place, read in self._readers]
            except BadCell:
                pass
            else:
                return self._table.row_type(number, *values), frozenset()
        return self._read_cell_by_cell(number, cells)

    def _read_cell_by_cell(self, number: int, cells: list[str]) -> tuple[Any, frozenset[str]]:
        values: dict[str, Any] = {}
        for name, (place, cell) in self._places.items():
            try:
                values[name] = cell.read(cells[place])
            except BadCell as bad:
                self._complain(bad.problem, bad.remedy, number, name, cells[place])
        for place in self._nameless:
            if cells[place].strip():
                remedy = "Delete the cell, or give its column a name."
                self._complain("This cell has no column.", remedy, number, None, cells[place])
        return self._row(number, values)

    def _read_key(self, number: int, cells: list[str]) -> tuple[Any, frozenset[str]]:
        """Report a row that is too short or too long; keep its ids, which other rows refer to."""
        self._complain(
            f"The row has {len(cells)} cells; the header has {self._width}.",
            "Give each column its cell. A comma inside a cell needs quotation marks around it.",
            number,
        )
        values: dict[str, Any] = {}
        for name in self._table.key:
            place, cell = self._places.get(name, (len(cells), None))
            if cell and place < len(cells):
                with suppress(BadCell):
                    values[name] = cell.read(cells[place])
        return self._row(number, values)

    def _row(self, number: int, values: dict[str, Any]) -> tuple[Any, frozenset[str]]:
        columns = self._table.columns
        row = self._table.row_type(number, *[values.get(name) for name in columns])
        return row, frozenset(columns) - frozenset(values)

    def _complain(
        self,
        problem: str,
        remedy: str,
        number: int,
        column: str | None = None,
        value: str | None = None,
    ) -> None:
        quoted = None if value is None else shown(value)
        self._problems.add(Problem(problem, remedy, self._table.name, number, column, quoted))
