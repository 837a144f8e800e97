"""What a person of a file becomes on a student's list: fields of Contact, as long as may be."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from apps.contacts.files.person import FileKind, ParsedPerson, Remark
from apps.contacts.files.values import unique
from apps.contacts.models import Contact

# Texts that belong together: a role of one place beside another place would be a third thing.
UNITS: Final = (
    ("name", "given_name", "family_name"),
    ("organization", "job_title"),
    ("how_known",),
    ("note",),
)
LISTS: Final = ("more_emails", "flagged_emails", "phones", "links", "tags")
FIELDS: Final = ("email", *(name for unit in UNITS for name in unit), *LISTS)

MOST: Final = 20  # values in one list, as many as the form for one person takes

_TEXTS = ("name", "given_name", "family_name", "organization", "job_title")
_CONTACT: Any = Contact._meta
_LONGEST: Final[dict[str, int]] = {
    **{name: _CONTACT.get_field(name).max_length for name in _TEXTS},
    **{name: _CONTACT.get_field(name).base_field.max_length for name in LISTS},
}
_GIVEN_IN = {"phones": "phone number", "links": "link", "tags": "label"}

SOURCES: Final = {
    FileKind.LINKEDIN: "LinkedIn export",
    FileKind.GOOGLE: "Google contacts",
    FileKind.OUTLOOK: "Outlook contacts",
    FileKind.THUNDERBIRD: "Thunderbird address book",
    FileKind.CSV: "CareerHub contacts",
    FileKind.VCARD: "address book cards",
}

Details = dict[str, Any]


def details_of(person: ParsedPerson) -> Details:
    """Return the `FIELDS`, each with a value that the column takes."""
    emails = person.emails[:MOST]
    return {
        "email": emails[0] if emails else "",
        **{name: _short(getattr(person, name), _LONGEST[name]) for name in _TEXTS},
        "how_known": _since(person.connected_on),
        "note": _note(person),
        "more_emails": list(emails[1:]),
        "flagged_emails": [
            _short(one, _LONGEST["flagged_emails"]) for one in person.flagged_emails[:MOST]
        ],
        "phones": _fitting(person.phones, "phones"),
        "links": _fitting(person.links, "links"),
        "tags": _tags(person.labels),
    }


def remarks_on(person: ParsedPerson) -> list[Remark]:
    """Say what of a person finds no room on the list."""
    remarks = []
    for name in _TEXTS:
        text = getattr(person, name)
        if len(text) > _LONGEST[name]:
            reason = f"The {_words(name)} is longer than {_LONGEST[name]} characters and was cut."
            remarks.append(Remark(person.row, reason, text[:80]))
    for name, word in _GIVEN_IN.items():
        for text in getattr(person, "labels" if name == "tags" else name):
            if len(text) > _LONGEST[name]:
                what = "was cut" if name == "tags" else "was left out"
                reason = f"A {word} is longer than {_LONGEST[name]} characters and {what}."
                remarks.append(Remark(person.row, reason, text[:80]))
    several = (person.emails, person.flagged_emails, person.phones, person.links, person.labels)
    if any(len(values) > MOST for values in several):
        reason = f"There is room for {MOST} values of a kind; the others were left out."
        remarks.append(Remark(person.row, reason, ""))
    return remarks


def data_source(kind: FileKind, file_name: str, day: date, before: str = "") -> str:
    """Say where a contact's data came from, after what was said `before`, as far as that fits."""
    said = f"{SOURCES[kind]}, {file_name[:140]}, {day.day} {day:%b} {day.year}"
    both = f"{before}; {said}" if before else said
    return both if len(both) <= 200 else said


def _words(name: str) -> str:
    return name.replace("_", " ")


def _short(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[:longest].rstrip()


def _fitting(texts: Iterable[str], name: str) -> list[str]:
    """Leave out what is too long: half a number or link would lead to somebody else."""
    return [text for text in texts if len(text) <= _LONGEST[name]][:MOST]


def _tags(labels: Iterable[str]) -> list[str]:
    """Return labels as tags, which have no commas."""
    written = (" ".join(label.replace(",", " ").split()) for label in labels)
    kept: dict[str, str] = {}
    for tag in unique(_short(tag, _LONGEST["tags"]) for tag in written):
        kept.setdefault(tag.casefold(), tag)
    return list(kept.values())[:MOST]


def _since(connected_on: date | None) -> str:
    if connected_on is None:
        return ""
    return f"Connected on LinkedIn since {connected_on:%B} {connected_on.day}, {connected_on.year}."


def _note(person: ParsedPerson) -> str:
    if not person.department:
        return person.note
    return "\n".join(filter(None, (person.note, f"Department: {person.department}")))
