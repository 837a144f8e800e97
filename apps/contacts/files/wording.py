"""What people read about a contact file: what it is, why it was refused, how to get a good one."""

from typing import Final

from apps.contacts.files.person import FileKind

FORMATS: Final = (
    "We read LinkedIn's Connections.csv (or the .zip file it comes in), contacts exported as CSV"
    " from Google, Outlook or Thunderbird, vCard files (.vcf), and the CSV that CareerHub itself"
    " writes. Please export your contacts as one of these."
)

KIND_NAMES: Final = {
    FileKind.LINKEDIN: "A LinkedIn export",
    FileKind.GOOGLE: "Contacts from Google",
    FileKind.OUTLOOK: "Contacts from Outlook",
    FileKind.THUNDERBIRD: "An address book from Thunderbird",
    FileKind.CSV: "Contacts from CareerHub",
    FileKind.VCARD: "Address book cards (vCard)",
}

HOW_TO_EXPORT: Final = {
    FileKind.LINKEDIN: (
        "On LinkedIn, open Settings, then Data privacy, then Get a copy of your data, and choose"
        " Connections. LinkedIn sends you a .zip file: choose that file here."
    ),
    FileKind.GOOGLE: "In Google Contacts, choose Export and then Google CSV.",
    FileKind.OUTLOOK: "In Outlook, open People, then Manage, then Export contacts.",
    FileKind.THUNDERBIRD: (
        "In Thunderbird's address book, choose Tools, then Export, as comma separated."
    ),
    FileKind.CSV: "In CareerHub, open your contacts and download them again.",
    FileKind.VCARD: "In your address book, select the people first, then export them as vCard.",
}

GUESSED: Final = (
    "The file is not in UTF-8 throughout, so parts of it were read as Windows-1252: please look"
    " at the letters with accents."
)

_SMALL: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def counted(number: int, one: str, many: str) -> str:
    """Write "one line", "three lines", "12 lines"."""
    written = _SMALL[number] if number < len(_SMALL) else f"{number:,}"
    return f"{written} {one if number == 1 else many}"


def no_contacts(kind: FileKind, found: str) -> str:
    """Say that nobody is in the file, what is there instead, and how to export it again."""
    return f"There are no contacts in this file. {found} {HOW_TO_EXPORT[kind]}"
