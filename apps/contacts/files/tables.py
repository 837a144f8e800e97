"""CSV → people: each record becomes a person, or the reason why it is none."""

import re
from collections.abc import Callable, Iterable
from datetime import date

from apps.common.csv_text import BadTableError, decode, has_guarded_cells, unguard
from apps.common.plain_text import clean_line, is_plain, is_visible
from apps.contacts.files import layouts
from apps.contacts.files.dates import read_date
from apps.contacts.files.headers import Header, find_header, table_records
from apps.contacts.files.limits import MAX_TEXT
from apps.contacts.files.person import (
    ContactFile,
    FileKind,
    ParsedPerson,
    Remark,
    SkippedRow,
    UnreadableFile,
)
from apps.contacts.files.values import (
    clean_note,
    display_name,
    readable_phone,
    sort_emails,
    unique,
    web_link,
)
from apps.contacts.files.wording import FORMATS, GUESSED, KIND_NAMES, counted, no_contacts

EXCERPT = 80


def read_table(data: bytes) -> ContactFile:
    """Read a CSV file whose columns we know; raises `UnreadableFile`."""
    decoded = decode(data)
    header = find_header(decoded.text)
    if header is None:
        raise UnreadableFile(f"We do not know the columns of this file. {FORMATS}")
    rows = _Rows(header, has_guards=has_guarded_cells(decoded.text))
    try:
        for row, record in table_records(decoded.text, header.delimiter):
            if row > header.row:
                rows.take(row, record)
    except BadTableError as error:
        raise UnreadableFile(f"{error} Please export the file again.") from error
    kind = header.layout.kind
    if not rows.people:
        raise UnreadableFile(no_contacts(kind, _what_is_there(header, len(rows.skipped))))
    return ContactFile(
        kind=kind,
        notice=_notice(header, is_guessed=decoded.is_guessed),
        people=rows.people,
        skipped=rows.skipped,
        remarks=rows.remarks,
        columns=list(zip(map(clean_line, header.cells), header.meanings, strict=True)),
        dated_on=_latest_connection(rows.people) if kind == FileKind.LINKEDIN else None,
    )


class _Rows:
    """Takes records one by one and sorts them into people, skipped rows and remarks.

    A record is first given one empty cell past the header's last. That is the cell every column
    that this file lacks stands for, so that no column needs a question of its own.
    """

    def __init__(self, header: Header, *, has_guards: bool) -> None:
        self.people: list[ParsedPerson] = []
        self.skipped: list[SkippedRow] = []
        self.remarks: list[Remark] = []
        self._width = len(header.cells)
        self._layout = header.layout
        self._has_guards = has_guards
        self._emails = self._columns(header, layouts.EMAIL)
        self._phones = self._columns(header, layouts.PHONE)
        self._links = self._columns(header, layouts.LINK)
        self._given = self._column(header, layouts.GIVEN)
        self._family = self._column(header, layouts.FAMILY)
        self._shown = self._column(header, layouts.SHOWN)
        self._organization = self._column(header, layouts.ORGANIZATION)
        self._department = self._column(header, layouts.DEPARTMENT)
        self._job_title = self._column(header, layouts.JOB_TITLE)
        self._note = self._column(header, layouts.NOTE)
        self._labels = self._column(header, layouts.LABEL)
        self._connected = self._column(header, layouts.CONNECTED)
        self._uid = self._column(header, layouts.UID)

    def _columns(self, header: Header, meaning: str) -> list[int]:
        return [at for at, found in enumerate(header.meanings) if found == meaning]

    def _column(self, header: Header, meaning: str) -> int:
        return (self._columns(header, meaning) or [self._width])[0]

    def take(self, row: int, record: list[str]) -> None:
        together = "".join(record)
        if not together or together.isspace():
            return  # blank padding
        raw = self._to_width(row, record)
        if len(together) > MAX_TEXT:
            raw = self._cut(row, raw)
        if self._has_guards:
            raw = list(map(unguard, raw))
        cells = list(map(str.strip if is_plain(together) else clean_line, raw))
        person = self._person(row, cells, raw)
        if person:
            self.people.append(person)
        else:
            self.skipped.append(SkippedRow(row, "This row has no name.", excerpt(cells)))

    def _to_width(self, row: int, record: list[str]) -> list[str]:
        missing = self._width - len(record)
        if missing < 0:
            if any(record[self._width :]):
                reason = "This row has more cells than the file has columns; the last are left out."
                self.remarks.append(Remark(row, reason, excerpt(record[self._width :])))
            return [*record[: self._width], ""]
        return record + [""] * (missing + 1)

    def _cut(self, row: int, record: list[str]) -> list[str]:
        longest = max(record, key=len)
        if len(longest) > MAX_TEXT:
            self.remarks.append(too_long(row, longest))
        return [cell[:MAX_TEXT] for cell in record]

    def _person(self, row: int, cells: list[str], raw: list[str]) -> ParsedPerson | None:
        """Return the person of these cleaned cells, or None without a name.

        What cleaning would take from them, e-mail addresses and notes are read for: `raw`.
        """
        given, family = cells[self._given], cells[self._family]
        organization = cells[self._organization]
        name = self._name(given, family, cells[self._shown])
        if not name and self._layout.kind != FileKind.LINKEDIN:
            name = organization  # a shop or an office in the address book
        if not is_visible(name):
            return None
        emails, flagged = self._sorted_emails(raw)
        return ParsedPerson(
            row=row,
            name=name,
            given_name=given,
            family_name=family,
            organization=organization,
            job_title=cells[self._job_title],
            emails=emails,
            flagged_emails=flagged,
            phones=self._several(cells, raw, self._phones, readable_phone),
            links=self._several(cells, raw, self._links, web_link),
            note=clean_note(raw[self._note]) if cells[self._note] else "",
            labels=self._label_names(raw[self._labels]) if cells[self._labels] else (),
            connected_on=self._date(row, cells[self._connected]),
            uid=cells[self._uid],
            department=cells[self._department],
        )

    def _name(self, given: str, family: str, shown: str) -> str:
        if shown and self._layout.is_name_as_shown:
            return shown
        return display_name(given, family, shown)

    def _sorted_emails(self, raw: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        values = [raw[at] for at in self._emails if raw[at]]
        return sort_emails(self._split(values)) if values else ((), ())

    def _several(
        self, cells: list[str], raw: list[str], columns: list[int], read: Callable[[str], str]
    ) -> tuple[str, ...]:
        if not columns:
            return ()
        if self._layout.values_end:
            values = list(map(clean_line, self._split([raw[at] for at in columns])))
        else:
            values = [cells[at] for at in columns]
        return unique(map(read, values)) if any(values) else ()

    def _split(self, values: list[str]) -> list[str]:
        ends = self._layout.values_end
        return [one for value in values for one in re.split(ends, value)] if ends else values

    def _label_names(self, cell: str) -> tuple[str, ...]:
        names = re.split(self._layout.labels_end or "$", cell)
        mark = self._layout.label_mark
        return unique(clean_line(clean_line(name).removeprefix(mark)) for name in names)

    def _date(self, row: int, cell: str) -> date | None:
        if not cell:
            return None
        day = read_date(cell)
        if day is None:
            reason = "The date of connection cannot be read; the person is kept without it."
            self.remarks.append(Remark(row, reason, excerpt([cell])))
        return day


def excerpt(cells: Iterable[str]) -> str:
    """Return the beginning of what a row says, for its owner to find it again."""
    return " · ".join(filter(None, map(clean_line, cells)))[:EXCERPT]


def too_long(row: int, text: str) -> Remark:
    reason = f"A text was longer than {MAX_TEXT:,} characters; what follows was left out."
    return Remark(row, reason, excerpt([text[:EXCERPT]]))


def _notice(header: Header, *, is_guessed: bool) -> str:
    notes = header.row - 1
    skipped = f"{counted(notes, 'line', 'lines')} of notes skipped, " if notes else ""
    by_order = ", in a language we do not know: we went by their order" * header.is_by_order
    kind = KIND_NAMES[header.layout.kind]
    found = f"{kind}: {skipped}column names found on line {header.row}{by_order}."
    return f"{found} {GUESSED}" if is_guessed else found


def _latest_connection(people: Iterable[ParsedPerson]) -> date | None:
    return max((one.connected_on for one in people if one.connected_on), default=None)


def _what_is_there(header: Header, skipped: int) -> str:
    found = f"The column names are on line {header.row}"
    if not skipped:
        return f"{found}, and no rows follow them."
    return f"{found}, and below them {counted(skipped, 'row', 'rows')} without a name."
