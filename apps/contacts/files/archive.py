"""The one contact file inside a .zip, as LinkedIn and Google send it."""

import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from apps.contacts.files.limits import MAX_ENTRIES, MAX_INFLATED, MAX_RATIO
from apps.contacts.files.person import UnreadableFile

# In an archive with several files, these are the ones to read, in this order. Google's archive
# repeats its people in one file for each label.
_KNOWN = ("connections.csv", "all contacts.vcf", "all contacts.csv")
_READABLE = (".csv", ".vcf", ".vcard")

_CHUNK = 64 * 1024
_FREE_OF_RATIO = 1024 * 1024  # so little can do no harm, however well it compressed
_ENCRYPTED = 1  # bit of `flag_bits`

_BROKEN = "This .zip file is damaged. Please download it again."


def is_zip(data: bytes) -> bool:
    return data.startswith(b"PK\x03\x04")


def contact_file_in(data: bytes) -> tuple[str, bytes]:
    """Return the name and the bytes of the contact file; raises `UnreadableFile`.

    Nothing is written to disk, and what comes out is counted as it comes: sizes that the archive
    states about itself are not believed.
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            entry = _choose(archive.infolist())
            return entry.filename, _inflate(archive, entry)
    except UnreadableFile:
        raise
    except (BadZipFile, zlib.error, EOFError, OSError) as error:
        raise UnreadableFile(_BROKEN) from error
    except Exception as error:  # whatever else the archive made zipfile do, it is no use to us
        raise UnreadableFile(_BROKEN) from error


def _choose(entries: list[ZipInfo]) -> ZipInfo:
    if len(entries) > MAX_ENTRIES:
        raise UnreadableFile(
            f"This .zip file holds more than {MAX_ENTRIES} files. Please unpack it and choose the"
            " one with your contacts, such as Connections.csv."
        )
    names = {
        entry: entry.filename.replace("\\", "/").rpartition("/")[2].lower() for entry in entries
    }
    if "[content_types].xml" in names.values() or "mimetype" in names.values():
        raise UnreadableFile(
            "This is a spreadsheet or a document. Please open it, save it as CSV (comma separated"
            " values), and choose that file."
        )
    # What a Mac adds beside each file has the same ending and no people.
    readable = [
        entry
        for entry in entries
        if names[entry].endswith(_READABLE) and names[entry][0] not in "._"
    ]
    for known in _KNOWN:
        for entry in readable:
            if names[entry] == known:
                return entry
    if len(readable) == 1:
        return readable[0]
    found = "no contact file" if not readable else "more than one file that may hold contacts"
    raise UnreadableFile(
        f"This .zip file holds {found}. From LinkedIn, the file is called Connections.csv: please"
        " unpack the .zip and choose the file with your contacts."
    )


def _inflate(archive: ZipFile, entry: ZipInfo) -> bytes:
    if entry.flag_bits & _ENCRYPTED:
        raise UnreadableFile("This .zip file is locked with a password. Please unpack it first.")
    if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise UnreadableFile("This .zip file is packed in a way we do not read. Please unpack it.")
    inflated = bytearray()
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            inflated += chunk
            if len(inflated) > MAX_INFLATED or _is_bomb(len(inflated), entry.compress_size):
                raise UnreadableFile(
                    "The file inside this .zip is far larger than a list of contacts can be."
                )
    return bytes(inflated)


def _is_bomb(inflated: int, compressed: int) -> bool:
    return inflated > _FREE_OF_RATIO and inflated > compressed * MAX_RATIO
