"""Finding the six tables in a folder, a zip file or a spreadsheet, and their rows of text."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from io import StringIO
from pathlib import Path, PurePosixPath

from apps.common.archive import Archive, too_large
from apps.common.refusals import Problem, Refusal, shown
from apps.common.xlsx import Spreadsheet, is_spreadsheet, macros
from apps.exchange.workbook.problems import Problems
from apps.exchange.workbook.tables import TABLES

ZIP_MARKS = (b"PK\x03\x04", b"PK\x05\x06")
OLD_OFFICE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MACRO_ENDINGS = (".xlsm", ".xltm", ".xlam")
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
HOW_TO_SAVE_CSV = "Save it as “CSV UTF-8”."

Rows = Iterator[tuple[int, list[str]]]


@dataclass(frozen=True)
class RawTable:
    """A table as text: row numbers and cells, the header being the first row.

    `is_ragged` says that rows can be shorter or longer than the header by mistake. `rows` may be
    called once; it raises `Refusal` where the text breaks off.
    """

    name: str
    is_ragged: bool
    rows: Callable[[], Rows]


@dataclass(frozen=True)
class Upload:
    """A file that came by the browser."""

    name: str
    content: bytes


def open_tables(
    source: Path | Upload, *, max_bytes: int, problems: Problems
) -> dict[str, RawTable]:
    """Return the tables that were found, by name. Raises `Refusal` if nothing can be read."""
    if source.name.lower().endswith(MACRO_ENDINGS):
        raise macros()
    if isinstance(source, Upload):
        found = list(_in_file(source.content, max_bytes))
    else:
        found = list(_at_path(source, max_bytes))
    tables: dict[str, RawTable] = {}
    for table in found:
        if table.name in tables:
            words = f"The table {table.name} is there twice."
            problems.add(Problem(words, "Keep one of the two.", table=table.name))
        elif table.name in TABLES:
            tables[table.name] = table
    _note_missing(tables, [table.name for table in found], problems)
    return tables


def _note_missing(tables: dict[str, RawTable], found: list[str], problems: Problems) -> None:
    others = [shown(name) for name in found if name not in TABLES][:10]
    seen = f" Found, but not expected: {', '.join(others)}." if others else ""
    for name in TABLES:
        if name not in tables:
            remedy = f"Add {name}.csv, or a sheet called {name}; directly or in one folder.{seen}"
            problems.add(Problem(f"The table {name} is missing.", remedy, table=name))


def _at_path(path: Path, max_bytes: int) -> Iterator[RawTable]:
    reader = _FileReader(max_bytes)
    try:
        if path.is_dir():
            return _in_folder(sorted(path.iterdir()), reader)
    except (OSError, ValueError):
        raise Refusal(
            "This cannot be opened.", "Check the path, and that you may read it."
        ) from None
    return _in_file(reader.read(path), max_bytes)


class _FileReader:
    """Reads files, all of them together within a budget."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._left = max_bytes

    def read(self, path: Path) -> bytes:
        try:
            with path.open("rb") as file:
                content = file.read(self._left + 1)
        except FileNotFoundError:
            raise Refusal("There is no such file or folder.", "Check the path.") from None
        except (OSError, ValueError):
            raise Refusal("The file cannot be opened.", "Check that you may read it.") from None
        self._left -= len(content)
        if self._left < 0:
            raise too_large(self._max_bytes)
        return content


def _in_folder(paths: list[Path], reader: _FileReader) -> Iterator[RawTable]:
    for path in paths:
        if _is_csv(path.name) and path.is_file():
            yield _csv_table(path.stem, partial(reader.read, path))


def _in_file(content: bytes, max_bytes: int) -> Iterator[RawTable]:
    if content.startswith(OLD_OFFICE_MARK):
        raise Refusal(
            "The file is locked with a password, or in the format Excel had until 2003.",
            "Save it without a password as .xlsx.",
        )
    if not content.startswith(ZIP_MARKS):
        raise Refusal(
            "The file is neither a spreadsheet nor a zip file.",
            "Choose an .xlsx with six sheets, or a .zip or a folder with six CSV files.",
        )
    if len(content) > max_bytes:
        raise too_large(max_bytes)
    archive = Archive(content, max_bytes=max_bytes)
    return _in_spreadsheet(archive) if is_spreadsheet(archive) else _in_zip(archive)


def _in_spreadsheet(archive: Archive) -> Iterator[RawTable]:
    spreadsheet = Spreadsheet(archive)
    for title, path in spreadsheet.paths:
        yield RawTable(_table_name(title), is_ragged=False, rows=partial(spreadsheet.rows, path))


def _in_zip(archive: Archive) -> Iterator[RawTable]:
    if "mimetype" in archive.names:
        raise Refusal("This is an OpenDocument file.", "Save it as .xlsx.")
    for name in archive.names:
        path = PurePosixPath(name.replace("\\", "/"))
        if len(path.parts) <= 2 and "__MACOSX" not in path.parts and _is_csv(path.name):
            yield _csv_table(path.stem, partial(archive.read, name))


def _is_csv(name: str) -> bool:
    return name.lower().endswith(".csv") and not name.startswith(".")


def _table_name(title: str) -> str:
    return title.strip().lower()


def _csv_table(title: str, read: Callable[[], bytes]) -> RawTable:
    name = _table_name(title)
    return RawTable(name, is_ragged=True, rows=lambda: _csv_rows(name, read()))


def _csv_rows(name: str, content: bytes) -> Rows:
    text = _decode(name, content)
    delimiter = _delimiter(name, text)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            yield number, cells
    except csv.Error:
        raise Refusal(
            "The quotation marks do not match, so it is unclear where a cell ends.",
            'Put a cell that contains " between quotation marks, and write each " in it twice.',
            table=name,
            row=number + 1,
        ) from None


def _decode(name: str, content: bytes) -> str:
    if content.startswith(UTF_16_MARKS):
        raise Refusal("The file is in UTF-16, not in UTF-8.", HOW_TO_SAVE_CSV, table=name)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refusal(
            f"The file {name}.csv is not in UTF-8: byte {error.start} cannot be read.",
            HOW_TO_SAVE_CSV,
            table=name,
            row=content[: error.start].count(b"\n") + 1,
        ) from None


def _delimiter(name: str, text: str) -> str:
    """Return what separates cells: programs in much of Europe write semicolons."""
    header = text.lstrip("\r\n").partition("\n")[0]
    columns = TABLES[name].columns if name in TABLES else {}

    def matches(delimiter: str) -> int:
        return sum(cell.strip(' "\r').lower() in columns for cell in header.split(delimiter))

    return max([",", ";", "\t"], key=matches)
