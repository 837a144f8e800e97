from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class FileKind(StrEnum):
    LINKEDIN = "linkedin"
    GOOGLE = "google"
    OUTLOOK = "outlook"
    THUNDERBIRD = "thunderbird"
    CSV = "csv"  # the file `write_people_csv` writes
    VCARD = "vcard"


class UnreadableFile(Exception):
    """Nothing in the file can be used. The message is for people: what it is, and what to do."""


@dataclass(frozen=True, slots=True)
class ParsedPerson:
    """One person as the file has them: text stripped, in NFC, without control characters.

    `row` is the record as a spreadsheet counts it (the header counts, a cell of several lines is
    one record), or the number of the card, from 1. Only `note` may hold line breaks.
    """

    row: int
    name: str  # as shown to people; never empty, its capitals untouched
    given_name: str = ""
    family_name: str = ""
    organization: str = ""
    job_title: str = ""
    emails: tuple[str, ...] = ()  # valid, each once whatever its capitals, in the file's order
    flagged_emails: tuple[str, ...] = ()  # given but not valid: to show, never to mail
    phones: tuple[str, ...] = ()
    links: tuple[str, ...] = ()  # http and https only
    note: str = ""
    labels: tuple[str, ...] = ()
    connected_on: date | None = None  # since when they are connected on LinkedIn
    uid: str = ""
    department: str = ""


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row that is not a person; `text` is a short excerpt, for the owner's eyes only."""

    row: int
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Something left out of a row whose person is kept; `text` is what stood there."""

    row: int
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class ContactFile:
    kind: FileKind
    notice: str  # what was found and where, in a sentence or two
    people: list[ParsedPerson]
    skipped: list[SkippedRow] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    columns: list[tuple[str, str | None]] = field(default_factory=list)  # header, understood as
    dated_on: date | None = None  # the latest day it speaks of itself: it was written no earlier
