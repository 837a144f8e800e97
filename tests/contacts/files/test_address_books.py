"""CSV of Google, Outlook and Thunderbird. Every person in the fixtures is invented."""

from pathlib import Path

from apps.contacts.files.person import ContactFile, FileKind, ParsedPerson
from apps.contacts.files.reading import read_contacts

FIXTURES = Path(__file__).parent / "fixtures"


def read(name: str) -> ContactFile:
    return read_contacts(name, (FIXTURES / name).read_bytes())


def test_reads_the_columns_google_writes_now():
    file = read("google-new.csv")

    assert file.kind == FileKind.GOOGLE
    assert file.notice == "Contacts from Google: column names found on line 1."
    assert file.people == [
        ParsedPerson(
            row=2,
            name="Marisol Quintero",
            given_name="Marisol",
            family_name="Quintero",
            organization="Tidewater Labs",
            department="Marine",
            job_title="Staff Scientist",
            emails=("marisol@tidewater.example", "m.quintero@mail.example"),
            phones=("+1 555 010 0100", "+1 555 010 0101", "555 010 0102"),
            links=("https://marisol.example/about",),
            note="Met at the harbor fair.\nLikes tea.",
            labels=("myContacts", "Alumni"),
        ),
        ParsedPerson(
            row=3,
            name="山田太郎",
            given_name="太郎",
            family_name="山田",
            labels=("myContacts",),
        ),
        ParsedPerson(
            row=4,
            name="Harbor Print Shop",
            organization="Harbor Print Shop",
            phones=("555 010 0199",),
            labels=("myContacts",),
        ),
    ]
    (skipped,) = file.skipped
    assert (skipped.row, skipped.text) == (5, "* myContacts · * Other · someone@mail.example")


def test_reads_the_columns_google_used_to_write():
    first, second, third = read("google-old.csv").people

    assert first == ParsedPerson(
        row=2,
        name="Odile Marchand",
        given_name="Odile",
        family_name="Marchand",
        organization="Radio Nord",
        job_title="Editor",
        emails=("odile@radio.example",),
        flagged_emails=("odile at home",),
        phones=("+33 1 99 00 00 00",),
        labels=("My Contacts", "Radio"),
    )
    assert (second.name, third.name, third.family_name) == ("Nagy Anna", "Suharto", "")


def test_reads_outlook_without_taking_titles_for_jobs_or_directory_keys_for_addresses():
    file = read("outlook-english.csv")

    assert file.kind == FileKind.OUTLOOK
    assert file.notice.startswith("Contacts from Outlook: column names found on line 1.")
    assert file.people == [
        ParsedPerson(
            row=2,
            name="Jörg Krämer",
            given_name="Jörg",
            family_name="Krämer",
            organization="Falkenau GmbH",
            department="Optics",
            job_title="Engineer",
            emails=("joerg.kraemer@falkenau.example",),
            phones=("+49 30 5550100", "+49 170 5550100"),
            links=("http://falkenau.example/team?id=7",),
            labels=("Blue Category", "Alumni"),
        ),
        ParsedPerson(
            row=3,
            name="Beth Lindgren",
            given_name="Beth",
            family_name="Lindgren",
            note="Two lines\nof notes",
        ),
    ]
    assert dict(file.columns)["Title"] is None
    assert dict(file.columns)["Business Fax"] is None


def test_reads_german_outlook_with_semicolons():
    assert read("outlook-german.csv").people == [
        ParsedPerson(
            row=2,
            name="Käthe Vogt",
            given_name="Käthe",
            family_name="Vogt",
            organization="Sägewerk Süd",
            department="Einkauf",
            job_title="Leiterin",
            emails=("kaethe.vogt@saegewerk.example", "kv@mail.example"),
            phones=("089 555 01", "0170 555 01"),
            note="Über die Messe",
            labels=("Messe",),
        )
    ]


def test_reads_thunderbird_with_its_trailing_comma():
    file = read("thunderbird.csv")

    assert file.kind == FileKind.THUNDERBIRD
    assert file.people == [
        ParsedPerson(
            row=2,
            name="Ifeoma Adeyemi",
            given_name="Ifeoma",
            family_name="Adeyemi",
            organization="Green Acre",
            department="Roses",
            job_title='"Gardener"',
            emails=("ifeoma@garden.example",),
            flagged_emails=("ifeoma@nowhere",),
            phones=("555 010 0150",),
            links=("http://garden.example",),
            note="Ends with three dots…",
        ),
        ParsedPerson(row=3, name="Pelé", emails=("pele@ball.example",)),
    ]
    assert file.columns[-1] == ("", None)
