import struct
from io import BytesIO
from random import Random
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from apps.contacts.files.person import UnreadableFile
from apps.contacts.files.reading import read_contacts

CONNECTIONS = "First Name,Last Name,Connected On\nRuna,Solheim,05 Mar 2024\n"
OTHER = "a,b\n1,2\n"


def zipped(files: dict[str, str | bytes], compression: int = ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def names(data: bytes) -> list[str]:
    return [person.name for person in read_contacts("export.zip", data).people]


@pytest.mark.parametrize("compression", [ZIP_STORED, ZIP_DEFLATED])
@pytest.mark.parametrize(
    "name", ["Connections.csv", "Basic_LinkedInDataExport/connections.CSV", "a\\b\\Connections.csv"]
)
def test_reads_the_connections_in_any_folder_of_the_export(name, compression):
    files = {
        "Profile.csv": OTHER,
        "messages.csv": OTHER,
        "__MACOSX/._Connections.csv": b"\0\5\x16\7",
        name: CONNECTIONS,
    }

    file = read_contacts("export.zip", zipped(files, compression))
    assert [person.name for person in file.people] == ["Runa Solheim"]
    assert file.notice.endswith(" Taken from " + name[-15:] + " inside the .zip file.")


def test_reads_the_file_with_everybody_from_a_google_archive():
    card = "BEGIN:VCARD\nFN:{}\nEND:VCARD\n"
    files = {
        "Takeout/Contacts/Family/Family.vcf": card.format("Ana"),
        "Takeout/Contacts/All Contacts/All Contacts.vcf": card.format("Ana") + card.format("Ben"),
    }

    assert names(zipped(files)) == ["Ana", "Ben"]


def test_reads_a_lone_contact_file_whatever_its_name():
    assert names(zipped({"readme.txt": "x", "mine.csv": CONNECTIONS})) == ["Runa Solheim"]


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"a.csv": OTHER, "b.csv": OTHER}, "more than one file that may hold contacts"),
        ({"readme.txt": "x"}, "no contact file"),
        ({"[Content_Types].xml": "x", "xl/workbook.xml": "x"}, "spreadsheet"),
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, "spreadsheet"),
        ({f"{number}.csv": "" for number in range(201)}, "more than 200 files"),
        ({"inner.csv": zipped({"Connections.csv": CONNECTIONS})}, "holds another one"),
        ({"Connections.csv": ""}, "empty"),
    ],
)
def test_refuses_archives_without_one_file_of_contacts(files, message):
    with pytest.raises(UnreadableFile, match=message):
        read_contacts("x.zip", zipped(files))


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(CONNECTIONS + ",,\n" * 2_000_000, id="compressed a thousand times"),
        pytest.param(
            b"".join(Random(n).randbytes(8) + bytes(250) for n in range(90_000)), id="huge"
        ),
    ],
)
def test_stops_inflating_at_the_limit(content):
    data = zipped({"Connections.csv": content})

    with pytest.raises(UnreadableFile, match="far larger than a list"):
        read_contacts("x.zip", data)


def test_does_not_believe_the_sizes_an_archive_states():
    data = bytearray(zipped({"Connections.csv": CONNECTIONS + ",,\n" * 2_000_000}))
    central = data.rindex(b"PK\1\2")
    struct.pack_into("<L", data, central + 24, 10)  # "10 octets inflated"

    with pytest.raises(UnreadableFile):
        read_contacts("x.zip", bytes(data))


def test_refuses_what_it_cannot_unpack():
    packed = zipped({"Connections.csv": CONNECTIONS}, ZIP_BZIP2)
    with pytest.raises(UnreadableFile, match="packed in a way"):
        read_contacts("x.zip", packed)

    locked = bytearray(zipped({"Connections.csv": CONNECTIONS}))
    locked[locked.rindex(b"PK\1\2") + 8] |= 1
    with pytest.raises(UnreadableFile, match="password"):
        read_contacts("x.zip", bytes(locked))


def test_refuses_damaged_archives():
    whole = zipped({"Connections.csv": CONNECTIONS * 50})

    for damaged in (whole[:-30], whole[:60], b"PK\3\4", whole[:80] + b"\0\0\0\0" + whole[84:]):
        with pytest.raises(UnreadableFile, match="damaged"):
            read_contacts("x.zip", damaged)
