from pathlib import Path

import pytest

from apps.contacts.files.limits import MAX_TEXT, MAX_VALUES
from apps.contacts.files.person import ContactFile, FileKind, ParsedPerson, UnreadableFile
from apps.contacts.files.reading import read_contacts

FIXTURES = Path(__file__).parent / "fixtures"


def read(name: str) -> ContactFile:
    return read_contacts(name, (FIXTURES / name).read_bytes())


def person_of(*lines: str) -> ParsedPerson:
    text = "\n".join(["BEGIN:VCARD", "VERSION:3.0", *lines, "END:VCARD"])
    (person,) = read_contacts("", text.encode()).people
    return person


def test_reads_the_cards_of_a_phone():
    file = read("phone-2.1.vcf")

    assert file.kind == FileKind.VCARD
    assert file.notice == "Address book cards (vCard): two cards."
    assert file.people == [
        ParsedPerson(
            row=1,
            name="Björn Åström",
            given_name="Björn",
            family_name="Åström",
            organization="Länsteater",
            department="Ljud",
            emails=("bjorn@mail.example",),
            phones=("+46 70 555 01 00",),
            note="First line\nsecond; with a semicolon",
        ),
        ParsedPerson(
            row=2,
            name="Tomas Reyes",
            given_name="Tomas",
            family_name="Reyes",
            phones=("(555) 010-0160",),
        ),
    ]


def test_reads_the_cards_of_a_mac_and_skips_its_groups():
    file = read("apple-3.0.vcf")

    assert file.people == [
        ParsedPerson(
            row=1,
            name="Inés Sandoval",
            given_name="Inés",
            family_name="Sandoval",
            organization="Casa Azul, S.A.",
            department="Diseño",
            job_title="Diseñadora",
            emails=("ines@casaazul.example",),
            links=("http://casaazul.example/ines", "https://www.linkedin.com/in/ines-sandoval"),
            note="One\nTwo, with a comma; and a back\\slash",
            labels=("Alumni", "Design, print"),
            uid="urn:uuid:0b6d5f3e-1111-4222-8333-944445555666",
        ),
        ParsedPerson(
            row=2,
            name="Oficina de Turismo",
            organization="Oficina de Turismo",
            phones=("555 010 0170",),
        ),
    ]
    assert [(skipped.row, skipped.reason, skipped.text) for skipped in file.skipped] == [
        (3, "This card is a group, not a person.", "Family"),
        (4, "This card has no name.", "nobody@mail.example"),
    ]


def test_reads_the_cards_of_the_present_standard():
    file = read("standard-4.0.vcf")

    assert file.people == [
        ParsedPerson(
            row=1,
            name="Dr. Amélie van der Berg",
            given_name="Amélie",
            family_name="van der Berg",
            organization="Rijnhaven",
            emails=("amelie@rijnhaven.example",),
            phones=("+31 20 555 0100 ext. 204", "+31 6 5550 0100"),
            links=(
                "https://rijnhaven.example/a-very-long-address-that-has-to-be-folded-some"
                "where/amelie",
            ),
        ),
        ParsedPerson(row=2, name="Rijnhaven", emails=("info@rijnhaven.example",)),
    ]
    assert [skipped.reason for skipped in file.skipped] == [
        "This card is a location, not a person."
    ]


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (["N:Okafor;Ines;Mary;Dr.;PhD"], "Ines Mary Okafor"),
        (["FN: ", "N:;Suharto"], "Suharto"),
        (["NICKNAME:Gman"], "Gman"),
        (["FN:", "FN:Second Name"], "Second Name"),
        (["N:山田;太郎"], "山田太郎"),
    ],
)
def test_makes_a_name_of_what_there_is(lines, name):
    assert person_of(*lines).name == name


def test_flags_an_address_that_cannot_be_mailed():
    person = person_of("FN:Ana", "EMAIL: jöe@b.example", "EMAIL: ana@b.example")

    assert (person.emails, person.flagged_emails) == (("ana@b.example",), ("jöe@b.example",))


def test_says_which_card_is_cut_short_and_which_text_was_too_long():
    text = f"BEGIN:VCARD\nFN:Ana\nNOTE:{'x' * (MAX_TEXT + 1)}\nBEGIN:VCARD\nFN:Ben\nEND:VCARD"
    file = read_contacts("", text.encode())

    assert [len(person.note) for person in file.people] == [MAX_TEXT, 0]
    assert [(remark.row, remark.reason) for remark in file.remarks] == [
        (1, "This card has no end; the file may have been cut short."),
        (1, "A text was longer than 10,000 characters; what follows was left out."),
    ]


def test_reads_so_many_values_of_one_person_and_no_more():
    person = person_of("FN:Ana", *(f"TEL:{number}" for number in range(5000)))

    assert len(person.phones) == MAX_VALUES


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"BEGIN:VCARD\nTEL:1\nEND:VCARD\n", "It has one card, none of them a person's."),
        (b"BEGIN:VCARD\n" * 3, "It has three cards, none of them a person's."),
        (b"BEGIN:VCARD\nAGENT:\n" * 1600, "nests more than 10 cards"),
    ],
)
def test_refuses_files_without_a_person_and_heaps_of_nothing(data, message):
    with pytest.raises(UnreadableFile, match=message):
        read_contacts("x.vcf", data)


def test_refuses_more_cards_than_it_reads_rows(monkeypatch):
    monkeypatch.setattr("apps.contacts.files.cards.MAX_ROWS", 1000)

    with pytest.raises(UnreadableFile, match="more than 1,000 cards"):
        read_contacts("x.vcf", b"BEGIN:VCARD\n" * 1001)
