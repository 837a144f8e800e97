"""People → vCard and CSV, in such a way that `read_contacts` gives back the same people."""

from collections.abc import Iterable, Iterator

from apps.common.content_lines import escape
from apps.common.csv_text import write_csv
from apps.common.vcard import write_card
from apps.contacts.files.cards import CONNECTED
from apps.contacts.files.person import ParsedPerson

# The headers that `layouts.OURS` knows again.
HEADERS = (
    *("Name", "Given name", "Family name", "Organization", "Department", "Job title"),
    *("E-mail addresses", "Phone numbers", "Links", "Note", "Labels", "Connected on", "ID"),
)


def write_vcards(people: Iterable[ParsedPerson]) -> str:
    """Return vCard 4.0 (RFC 6350), one card for each person."""
    return "".join(write_card(_properties(person)) for person in people)


def write_people_csv(people: Iterable[ParsedPerson]) -> str:
    """Return CSV that no spreadsheet runs, several values of a cell each on a line of its own."""
    return write_csv([HEADERS, *map(_cells, people)])


def _properties(person: ParsedPerson) -> Iterator[tuple[str, str]]:
    day = person.connected_on
    given = (
        ("UID", person.uid),
        ("FN", person.name),
        *(("EMAIL", email) for email in (*person.emails, *person.flagged_emails)),
        *(("TEL;VALUE=text", phone) for phone in person.phones),
        *(("URL", link) for link in person.links),
        ("TITLE", person.job_title),
        ("NOTE", person.note),
        (CONNECTED, day.isoformat() if day else ""),
    )
    yield from ((name, escape(text)) for name, text in given if text)
    if person.given_name or person.family_name:
        yield "N", f"{escape(person.family_name)};{escape(person.given_name)};;;"
    if person.organization or person.department:
        department = f";{escape(person.department)}" if person.department else ""
        yield "ORG", escape(person.organization) + department
    if person.labels:
        yield "CATEGORIES", ",".join(map(escape, person.labels))


def _cells(person: ParsedPerson) -> list[str]:
    return [
        person.name,
        person.given_name,
        person.family_name,
        person.organization,
        person.department,
        person.job_title,
        "\n".join((*person.emails, *person.flagged_emails)),
        "\n".join(person.phones),
        "\n".join(person.links),
        person.note,
        "\n".join(person.labels),
        person.connected_on.isoformat() if person.connected_on else "",
        person.uid,
    ]
