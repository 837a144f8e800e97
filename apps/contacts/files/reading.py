"""A file of contacts, whatever it is → the people in it."""

import re
from dataclasses import replace

from apps.contacts.files.archive import contact_file_in, is_zip
from apps.contacts.files.cards import read_vcards
from apps.contacts.files.limits import MAX_BYTES
from apps.contacts.files.person import ContactFile, UnreadableFile
from apps.contacts.files.tables import read_table

_FIRST_LINE_OF_CARDS = re.compile(rb"\s*(?:\w+\.)?BEGIN[ \t]*:[ \t]*VCARD\s", re.IGNORECASE)
_SOME_CARD = re.compile(rb"^(?:\w+\.)?BEGIN[ \t]*:[ \t]*VCARD\s", re.IGNORECASE | re.MULTILINE)


def read_contacts(name: str, data: bytes) -> ContactFile:
    """Return the people in a file, which may be CSV, vCard, or a .zip that holds one of these.

    What the file is shows in its content; its name only helps where a vCard file begins with
    something else. Raises `UnreadableFile`, and nothing else, whatever the bytes.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableFile(
            f"This file is larger than {MAX_BYTES // 1024 // 1024} MB. If it is a whole archive,"
            " please unpack it and choose only the file with your contacts."
        )
    if not is_zip(data):
        return _read(name, data)
    inner_name, inner = contact_file_in(data)
    if is_zip(inner):
        raise UnreadableFile("This .zip file holds another one. Please unpack it first.")
    file = _read(inner_name, inner)
    short_name = inner_name.replace("\\", "/").rpartition("/")[2]
    return replace(file, notice=f"{file.notice} Taken from {short_name} inside the .zip file.")


def _read(name: str, data: bytes) -> ContactFile:
    if not data.strip(b"\0 \t\r\n"):
        raise UnreadableFile("This file is empty. Please export your contacts again.")
    return read_vcards(data) if _holds_cards(name, data) else read_table(data)


def _holds_cards(name: str, data: bytes) -> bool:
    # Without its zero bytes and byte order mark, UTF-16 shows these few ASCII words as well.
    start = data[:200].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    if _FIRST_LINE_OF_CARDS.match(start):
        return True
    return name.lower().endswith((".vcf", ".vcard")) and _SOME_CARD.search(data) is not None
