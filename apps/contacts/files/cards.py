"""vCards → people."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from apps.common.plain_text import clean_line, is_visible
from apps.common.vcard import BadCardsError, Card, Property, read_cards
from apps.contacts.files.dates import read_date
from apps.contacts.files.limits import MAX_ROWS, MAX_TEXT, MAX_VALUES
from apps.contacts.files.person import (
    ContactFile,
    FileKind,
    ParsedPerson,
    Remark,
    SkippedRow,
    UnreadableFile,
)
from apps.contacts.files.tables import excerpt, too_long
from apps.contacts.files.values import (
    clean_note,
    display_name,
    readable_phone,
    sort_emails,
    unique,
    web_link,
)
from apps.contacts.files.wording import KIND_NAMES, counted, no_contacts

# Our own property: no standard one says since when two people are connected.
CONNECTED = "X-CONNECTED-ON"

_NOT_PEOPLE = {"group", "location", "application", "device"}
_LINKS = ("URL", "SOCIALPROFILE", "X-SOCIALPROFILE")
_KINDS = ("KIND", "X-ADDRESSBOOKSERVER-KIND")  # the second is what Apple wrote before KIND
_READ = {
    *("FN", "N", "NICKNAME", "ORG", "TITLE", "ROLE", "EMAIL", "TEL", "NOTE", "CATEGORIES", "UID"),
    *("REV", CONNECTED, *_LINKS, *_KINDS),
}
_REVISED = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?!\d)")


def read_vcards(data: bytes) -> ContactFile:
    """Read a vCard file of any version; raises `UnreadableFile`."""
    file = ContactFile(kind=FileKind.VCARD, notice="", people=[])
    number = 0
    dated_on: date | None = None
    try:
        for number, card in enumerate(read_cards(data), 1):
            if number > MAX_ROWS:
                raise UnreadableFile(f"This file has more than {MAX_ROWS:,} cards.")
            revised_on = _take(file, number, card)
            dated_on = max(filter(None, (dated_on, revised_on)), default=None)
    except BadCardsError as error:
        raise UnreadableFile(f"{error} Please export your contacts again.") from error
    cards = counted(number, "card", "cards")
    if not file.people:
        raise UnreadableFile(no_contacts(file.kind, f"It has {cards}, none of them a person's."))
    return replace(file, notice=f"{KIND_NAMES[file.kind]}: {cards}.", dated_on=dated_on)


def _take(file: ContactFile, number: int, card: Card) -> date | None:
    """Sort one card into the file's people, skipped and remarks; return when it was revised."""
    reading = _CardReading(number, card)
    if reading.kind in _NOT_PEOPLE:
        reason = f"This card is a {reading.kind}, not a person."
        file.skipped.append(SkippedRow(number, reason, reading.excerpt()))
        return None
    person = reading.person()
    if person is None:
        reason = "This card has no name."
        file.skipped.append(SkippedRow(number, reason, reading.excerpt()))
        return None
    file.people.append(person)
    file.remarks.extend(reading.remarks)
    return reading.revised_on()


class _CardReading:
    """One card's properties by name, and what had to be left out of them."""

    def __init__(self, number: int, card: Card) -> None:
        self.number = number
        self.remarks: list[Remark] = []
        if not card.is_closed:
            reason = "This card has no end; the file may have been cut short."
            self.remarks.append(Remark(number, reason, ""))
        self._found: dict[str, list[Property]] = {}
        for one in card.properties:
            if one.name in _READ and len(self._found.get(one.name, ())) < MAX_VALUES:
                self._found.setdefault(one.name, []).append(one)
        self.kind = self._line(*_KINDS).lower()

    def person(self) -> ParsedPerson | None:
        family, given, additional = self._parts("N", 3)
        organization, department = self._parts("ORG", 2)
        spoken = display_name(clean_line(f"{given} {additional}"), family)
        name = self._line("FN") or spoken or self._line("NICKNAME") or organization
        if not is_visible(name):
            return None
        emails, flagged = sort_emails(self._texts("EMAIL"))
        return ParsedPerson(
            row=self.number,
            name=name,
            given_name=given,
            family_name=family,
            organization=organization,
            job_title=self._line("TITLE", "ROLE"),
            emails=emails,
            flagged_emails=flagged,
            phones=unique(map(readable_phone, self._lines("TEL"))),
            links=unique(map(web_link, self._lines(*_LINKS))),
            note=clean_note("\n".join(self._texts("NOTE"))),
            labels=unique(clean_line(label) for label in self._labels()),
            connected_on=read_date(self._line(CONNECTED)),
            uid=self._line("UID"),
            department=department,
        )

    def revised_on(self) -> date | None:
        found = _REVISED.match(self._line("REV"))
        try:
            return date(*map(int, found.groups())) if found else None
        except ValueError:
            return None

    def excerpt(self) -> str:
        return excerpt(self._texts("FN", "N", "ORG", "EMAIL", "TEL"))

    def _texts(self, *names: str) -> list[str]:
        return [self._cut(one.text()) for name in names for one in self._found.get(name, ())]

    def _lines(self, *names: str) -> Iterator[str]:
        return map(clean_line, self._texts(*names))

    def _line(self, *names: str) -> str:
        """Return the first text that is not blank, of the first of these that has one."""
        return next(filter(None, self._lines(*names)), "")

    def _parts(self, name: str, count: int) -> list[str]:
        """Return the first `count` parts of a structured value, "" for those not given."""
        found = self._found.get(name)
        parts = [clean_line(self._cut(part)) for part in found[0].parts(";")] if found else []
        return (parts + [""] * count)[:count]

    def _labels(self) -> list[str]:
        return [label for one in self._found.get("CATEGORIES", ()) for label in one.parts(",")]

    def _cut(self, text: str) -> str:
        if len(text) <= MAX_TEXT:
            return text
        self.remarks.append(too_long(self.number, text))
        return text[:MAX_TEXT]
