"""What is refused, and that nothing else than a refusal ever comes of a bad file."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.contacts.files.limits import MAX_BYTES, MAX_COLUMNS
from apps.contacts.files.person import FileKind, UnreadableFile
from apps.contacts.files.reading import read_contacts

FIXTURES = Path(__file__).parent / "fixtures"
WHOLE = [file.read_bytes() for file in sorted(FIXTURES.iterdir())]
LINKEDIN = b"First Name,Last Name,URL,Email Address,Company,Position,Connected On\nRuna,Solheim\n"


def in_zip(data: bytes) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("Connections.csv", data)
    return out.getvalue()


def names_or_refusal(name: str, data: bytes) -> list[str] | str:
    try:
        return [person.name for person in read_contacts(name, data).people]
    except UnreadableFile as refusal:
        return str(refusal)


def check_promise(name: str, data: bytes) -> None:
    """People with names, or a sentence that says why not; anything else raised is an error."""
    outcome = names_or_refusal(name, data)
    assert all(outcome)
    assert outcome
    assert isinstance(outcome, list) or outcome.endswith(".")


@pytest.mark.parametrize(
    "data",
    [
        b"hello",
        b"name,email\nAna,ana@b.example\n",
        b"name,email,company\nAna,ana@b.example,Loom\n",
        b"username,firstname,lastname,email\nana,Ana,Lee,ana@b.example\n",
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"<!doctype html><title>Sign in</title>",
        b'{"contacts": []}',
        b"BEGIN:VCALENDAR\nEND:VCALENDAR\n",
    ],
)
def test_refuses_files_it_does_not_know_and_names_those_it_does(data):
    with pytest.raises(UnreadableFile) as error:
        read_contacts("file.csv", data)

    for known in ("LinkedIn's Connections.csv", "Google", "Outlook", "Thunderbird", "vCard"):
        assert known in str(error.value)


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\0\0\0", b" \r\n"])
def test_says_that_an_empty_file_is_empty(data):
    with pytest.raises(UnreadableFile, match="This file is empty"):
        read_contacts("x.csv", data)


def test_refuses_more_bytes_rows_or_columns_than_a_list_of_contacts_has(monkeypatch):
    monkeypatch.setattr("apps.contacts.files.headers.MAX_ROWS", 1000)

    with pytest.raises(UnreadableFile, match="larger than 5 MB"):
        read_contacts("x.csv", LINKEDIN + b"\n" * MAX_BYTES)
    with pytest.raises(UnreadableFile, match="more than 1,000 rows"):
        read_contacts("x.csv", LINKEDIN + b"a\n" * 1000)
    with pytest.raises(UnreadableFile, match="Row 3 has more than 256 columns"):
        read_contacts("x.csv", LINKEDIN + b"," * MAX_COLUMNS)
    with pytest.raises(UnreadableFile, match="We do not know the columns"):
        read_contacts("x.csv", b"," * 1_000_000)


def test_knows_cards_by_their_content_whatever_the_name():
    card = b"begin:vcard\r\nfn:Runa\r\nend:vcard"

    for data in (card, b"\n\n" + card, b"\xef\xbb\xbf" + card, card.decode().encode("utf-16")):
        assert read_contacts("contacts.csv", data).kind == FileKind.VCARD
    assert read_contacts("contacts.vcf", b"X-NOTE:exported\n" + card).kind == FileKind.VCARD
    assert read_contacts("contacts.vcf", LINKEDIN).kind == FileKind.LINKEDIN


def test_does_not_take_a_note_about_cards_for_cards():
    data = LINKEDIN + b'"BEGIN:VCARD\n",x\n'

    assert read_contacts("x.csv", data).kind == FileKind.LINKEDIN


@given(st.sampled_from(["x.csv", "x.vcf", "x.zip", ""]), st.binary(max_size=2000))
def test_makes_a_file_or_a_refusal_of_any_bytes(name, data):
    for start in (b"", b"PK\3\4", b"BEGIN:VCARD\n", LINKEDIN, b"\xff\xfe"):
        check_promise(name, start + data)


@given(
    st.sampled_from([*WHOLE, LINKEDIN, in_zip(LINKEDIN), in_zip(WHOLE[0])]),
    st.lists(
        st.tuples(
            st.integers(0),
            st.integers(0, 40),
            st.binary(max_size=8)
            | st.sampled_from(
                [b'"', b",", b";", b"\n", b"\r", b"\0", b"\\", b":", b"=", b"\xff", b"END:VCARD\n"]
            ),
        ),
        min_size=1,
        max_size=5,
    ),
)
def test_makes_a_file_or_a_refusal_of_a_damaged_file(data, wounds):
    for place, width, instead in wounds:
        at = place % (len(data) + 1)
        data = data[:at] + instead + data[at + width :]

    check_promise("x", data)
