"""Spreadsheets (.xlsx), read as a stream of rows of text.

An own reader, since the ones on offer hold the whole rectangle in memory, from the first cell to
the last (two cells are then enough to end the process), and take a cell that shows an error for
an empty one. Formats: ECMA-376 part 1, chapter 18.
"""

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from xml.parsers import expat

from apps.common.archive import Archive
from apps.common.refusals import Refusal

MAX_COLUMNS = 100
BUILT_IN_DATE_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
NOT_FORMAT_LETTERS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def is_spreadsheet(archive: Archive) -> bool:
    return "[Content_Types].xml" in archive.names


class Spreadsheet:
    """The sheets of one workbook, in `paths` by name."""

    def __init__(self, archive: Archive, *, max_columns: int = MAX_COLUMNS) -> None:
        self._archive = archive
        self._max_columns = max_columns
        _refuse_macros(archive)
        workbook = self._target("", "/officeDocument")
        if not workbook.endswith(".xml"):
            raise Refusal("This kind of spreadsheet cannot be read.", "Save it as .xlsx.")
        relations = self._relations(workbook)
        self.paths: list[tuple[str, str]] = []
        self._epoch = datetime(1899, 12, 30)  # noqa: DTZ001 - a cell has no zone
        for tag, attributes, _text in _elements(archive.chunks(workbook)):
            if tag == "workbookPr" and attributes.get("date1904") in ("1", "true"):
                self._epoch = datetime(1904, 1, 1)  # noqa: DTZ001
            kind, path = relations.get(attributes.get("id", ""), ("", ""))
            if tag == "sheet" and kind.endswith("/worksheet"):
                self.paths.append((attributes.get("name", ""), path))
        parts = {kind.rpartition("/")[2]: path for kind, path in relations.values()}
        self._strings = self._read_strings(parts.get("sharedStrings"))
        self._date_styles = self._read_date_styles(parts.get("styles"))

    def rows(self, path: str) -> Iterator[tuple[int, list[str]]]:
        """Yield the row numbers and cells of a sheet; rows without cells are left out."""
        sheet = _Sheet(self._strings, self._date_styles, self._epoch, self._max_columns)
        parser = _parser(sheet.start, sheet.end, sheet.text)
        for chunk in self._archive.chunks(path):
            _feed(parser, chunk)
            yield from sheet.take_rows()
        _feed(parser, b"", is_last=True)
        yield from sheet.take_rows()

    def _target(self, part: str, kind: str) -> str:
        for name, path in self._relations(part).values():
            if name.endswith(kind):
                return path
        raise _unreadable()

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Return kind and path of each part that `part` refers to, by relation id."""
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        if path not in self._archive.names:
            return {}
        result = {}
        for tag, attributes, _text in _elements(self._archive.chunks(path)):
            if tag == "Relationship" and attributes.get("TargetMode") != "External":
                target = posixpath.join("/", folder, attributes.get("Target", ""))
                place = posixpath.normpath(target).lstrip("/")
                result[attributes.get("Id", "")] = (attributes.get("Type", ""), place)
        return result

    def _read_strings(self, path: str | None) -> list[str]:
        strings: list[str] = []
        parts: list[str] = []
        for tag, _attributes, text in _elements(self._archive.chunks(path) if path else ()):
            if tag == "t":
                parts.append(text)
            elif tag == "rPh" and parts:
                parts.pop()  # a reading aid, as in _Sheet
            elif tag == "si":
                strings.append(_unescape("".join(parts)))
                parts = []
        return strings

    def _read_date_styles(self, path: str | None) -> set[str]:
        """Return the numbers of the cell styles that show a number as a date or a time."""
        dates = {str(number) for number in BUILT_IN_DATE_FORMATS}
        styles: list[str] = []
        for tag, attributes, _text in _elements(self._archive.chunks(path) if path else ()):
            if tag == "numFmt" and _shows_date(attributes.get("formatCode", "")):
                dates.add(attributes.get("numFmtId", ""))
            elif tag == "xf":
                styles.append(attributes.get("numFmtId", ""))
            elif tag == "cellStyleXfs":
                styles = []  # those were templates; the styles of cells follow
            elif tag == "cellXfs":
                return {str(index) for index, style in enumerate(styles) if style in dates}
        return set()


class _Sheet:
    """Collects rows from the events of the XML parser."""

    def __init__(
        self, strings: list[str], date_styles: set[str], epoch: datetime, max_columns: int
    ) -> None:
        self._max_columns = max_columns
        self._strings = strings
        self._date_styles = date_styles
        self._epoch = epoch
        self._rows: list[tuple[int, list[str]]] = []
        self._number = 0
        self._cells: list[str] = []
        self._column = 0
        self._type: str | None = None
        self._style: str | None = None
        self._parts: list[str] = []  # of the open cell's value
        self._is_value = False
        self._aid = 0  # where the reading aid of Japanese text begins, which repeats what it says

    def take_rows(self) -> list[tuple[int, list[str]]]:
        rows, self._rows = self._rows, []
        return rows

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = _local(name)
        if tag == "c":
            self._column = _column(attributes["r"]) if "r" in attributes else self._column + 1
            self._type, self._style = attributes.get("t"), attributes.get("s")
            self._parts = []
        elif tag in ("v", "t"):
            self._is_value = True
        elif tag == "rPh":
            self._aid = len(self._parts)
        elif tag == "row":
            self._number = int(attributes.get("r") or self._number + 1)
            self._cells = []
            self._column = -1

    def text(self, text: str) -> None:
        if self._is_value:
            self._parts.append(text)

    def end(self, name: str) -> None:
        tag = _local(name)
        if tag in ("v", "t"):
            self._is_value = False
        elif tag == "rPh":
            del self._parts[self._aid :]
        elif tag == "c" and self._parts:
            self._place("".join(self._parts))
        elif tag == "row" and self._cells:
            self._rows.append((self._number, self._cells))

    def _place(self, value: str) -> None:
        if self._column >= self._max_columns:
            raise Refusal(
                f"There is a value far to the right, beyond column {self._max_columns}.",
                "Delete everything to the right of the table.",
                row=self._number,
            )
        gap = self._column + 1 - len(self._cells)
        if gap > 0:
            self._cells.extend([""] * gap)
        self._cells[self._column] = self._shown(value)

    def _shown(self, value: str) -> str:
        """Return what a person reads in the cell, with dates in ISO form."""
        match self._type:
            case "s":
                return self._strings[int(value)]
            case "inlineStr" | "str":
                return _unescape(value)
            case "b":
                return "true" if value == "1" else "false"
            case None | "n":
                number = float(value)
                if self._style in self._date_styles:
                    return _date(number, self._epoch) or value
                # Excel keeps 15 digits; whatever is longer has been rounded.
                is_whole = number.is_integer() and abs(number) < 1e15
                return str(int(number)) if is_whole else value
        return value


def _refuse_macros(archive: Archive) -> None:
    types = archive.read("[Content_Types].xml")
    if b"macroEnabled" in types or any(n.endswith("vbaProject.bin") for n in archive.names):
        raise macros()


def macros() -> Refusal:
    return Refusal(
        "The workbook contains macros.", "Save it as an Excel workbook without macros (.xlsx)."
    )


def _column(reference: str) -> int:
    """Return the index of the column in a reference like AB12."""
    column = 0
    for letter in reference:
        if not "A" <= letter <= "Z":
            break
        column = column * 26 + ord(letter) - 64
    if column == 0:
        raise ValueError("a cell reference starts with letters")
    return column - 1


def _shows_date(format_code: str) -> bool:
    first_section = format_code.partition(";")[0]
    return any(letter in "dmyhs" for letter in NOT_FORMAT_LETTERS.sub("", first_section).lower())


def _date(number: float, epoch: datetime) -> str | None:
    try:
        moment = epoch + timedelta(seconds=round(number * 86_400))
    except (OverflowError, ValueError):
        return None
    is_day = number.is_integer()
    return moment.date().isoformat() if is_day else moment.isoformat()


def _unescape(text: str) -> str:
    return ESCAPED.sub(lambda code: chr(int(code[1], 16)), text) if "_x" in text else text


def _local(name: str) -> str:
    """Return a name without its namespace prefix, which every program chooses for itself."""
    return name.rpartition(":")[2]


def _elements(chunks: Iterable[bytes]) -> Iterator[tuple[str, dict[str, str], str]]:
    """Yield name, attributes and own text of each element of a part, as they end."""
    is_open: list[tuple[str, dict[str, str], list[str]]] = []
    ended: list[tuple[str, dict[str, str], str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        named = {_local(key): value for key, value in attributes.items()}
        is_open.append((_local(name), named, []))

    def end(_name: str) -> None:
        tag, attributes, texts = is_open.pop()
        ended.append((tag, attributes, "".join(texts)))

    def text(part: str) -> None:
        is_open[-1][2].append(part)

    parser = _parser(start, end, text)
    for chunk in chunks:
        _feed(parser, chunk)
        yield from ended
        ended.clear()


def _parser(
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse_declarations
    return parser


def _refuse_declarations(*_arguments: object) -> None:
    """Refuse what no spreadsheet program writes, and attacks by entities need."""
    raise _unreadable()


def _feed(parser: expat.XMLParserType, chunk: bytes, *, is_last: bool = False) -> None:
    try:
        parser.Parse(chunk, is_last)
    except (expat.ExpatError, ValueError, IndexError, OverflowError):
        raise _unreadable() from None


def _unreadable() -> Refusal:
    return Refusal(
        "The file looks like a spreadsheet, yet cannot be read as one.",
        "Open it in your spreadsheet program and save it as .xlsx afresh.",
    )
