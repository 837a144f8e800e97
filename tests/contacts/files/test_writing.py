import csv
from dataclasses import replace
from datetime import date
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.common.plain_text import clean_line, is_visible
from apps.contacts.files.person import FileKind, ParsedPerson
from apps.contacts.files.reading import read_contacts
from apps.contacts.files.values import clean_note, sort_emails, unique
from apps.contacts.files.writing import HEADERS, write_people_csv, write_vcards

RUNA = ParsedPerson(
    row=2,
    name="Runa Solheim",
    given_name="Runa",
    family_name="Solheim",
    organization="Fjord AS; Oslo, Nord",
    department="Flight",
    job_title="Pilot",
    emails=("runa@fjord.example", "r@mail.example"),
    flagged_emails=("runa at home",),
    phones=("+1-418-656-9254", "555 01"),
    links=("https://fjord.example/runa",),
    note="=1+1\nsecond, line; \\n here",
    labels=("Alumni, 2024", "* Friends"),
    connected_on=date(2024, 3, 5),
    uid="urn:uuid:0b6d5f3e-1111-4222-8333-944445555666",
)

# Kinds of text that break programs, each in our own words.
HOSTILE = [
    *("Null", "None", "NaN", "true", "0", "-0", "1e309", "0x1F", "١٢٣", "٠٫٥", "½", "08", "1/0"),
    *("=2+5", "+1-555", "-7", "@here", "'=2", "''@x", "'", '"', '""', '"a', "a,b", "a;b", "a\\"),
    *(
        "\\n",
        "\\,",
        "a\\;b",
        "a:b",
        "BEGIN:VCARD",
        "END:VCARD",
        "%s %d {0}",
        "${HOME}",
        "{{ 7*7 }}",
    ),
    *(
        "<b>bold</b>",
        "<script>alert(1)</script>",
        "<!--",
        "]]>",
        "&amp;",
        "' OR 1=1 --",
        "; ls",
        "`id`",
    ),
    *(
        "../../etc/passwd",
        "C:\\new\\table",
        "file:///x",
        "javascript:x()",
        "\u202egnp.exe",
        "a\u200db",
    ),
    *(
        "שלום עולם",
        "مرحبا",
        "สวัสดี",
        "नमस्ते",
        "山田太郎",
        "김민준",
        "Ω≈ç√",
        "ﬁn",
        "Z͑ͫa̴l̷g̸o",
        "👩🏽‍🚀",
        "🏴󠁧󠁢󠁳󠁣󠁴󠁿",
    ),
    *(
        "\U0001f600" * 40,
        "\ufffe",
        "\uf8ff",
        "a\u2028b",
        "a\u00a0b",
        "İstanbul",
        "ß",
        "ǅ",
        "a\u0301",
    ),
    *(
        "x" * 200,
        "sep=;",
        "#N/A",
        "Name",
        "First Name",
        ":::",
        "* Work",
        "mailto:x",
        "tel:1",
        "=?utf-8?q?x?=",
    ),
]


def same(people: list[ParsedPerson], read: list[ParsedPerson]) -> bool:
    return [replace(person, row=0) for person in people] == [
        replace(person, row=0) for person in read
    ]


def read_both(people: list[ParsedPerson]) -> tuple[list[ParsedPerson], list[ParsedPerson]]:
    cards = read_contacts("x.vcf", write_vcards(people).encode())
    table = read_contacts("x.csv", write_people_csv(people).encode())
    assert (cards.kind, table.kind) == (FileKind.VCARD, FileKind.CSV)
    return cards.people, table.people


def test_writes_a_card_as_the_standard_has_it():
    assert write_vcards([RUNA]).split("\r\n") == [
        "BEGIN:VCARD",
        "VERSION:4.0",
        "UID:urn:uuid:0b6d5f3e-1111-4222-8333-944445555666",
        "FN:Runa Solheim",
        "EMAIL:runa@fjord.example",
        "EMAIL:r@mail.example",
        "EMAIL:runa at home",
        "TEL;VALUE=text:+1-418-656-9254",
        "TEL;VALUE=text:555 01",
        "URL:https://fjord.example/runa",
        "TITLE:Pilot",
        "NOTE:=1+1\\nsecond\\, line\\; \\\\n here",
        "X-CONNECTED-ON:2024-03-05",
        "N:Solheim;Runa;;;",
        "ORG:Fjord AS\\; Oslo\\, Nord;Flight",
        "CATEGORIES:Alumni\\, 2024,* Friends",
        "END:VCARD",
        "",
    ]


def test_writes_a_table_that_runs_no_formula():
    header, cells = csv.reader(StringIO(write_people_csv([RUNA]), newline=""))

    assert tuple(header) == HEADERS
    row = dict(zip(header, cells, strict=True))
    assert row["Phone numbers"] == "'+1-418-656-9254\n555 01"
    assert row["Note"].startswith("'=1+1")
    assert row["Connected on"] == "2024-03-05"


def test_gives_back_everything_about_a_person():
    for read in read_both([RUNA, ParsedPerson(row=3, name="Suharto")]):
        assert same([RUNA, ParsedPerson(row=3, name="Suharto")], read)


@pytest.mark.parametrize("text", HOSTILE)
def test_gives_back_hostile_text(text):
    line = clean_line(text)
    person = replace(
        RUNA,
        name=line if is_visible(line) else "x",
        given_name=line,
        organization=line,
        job_title=line,
        phones=("tel",),
        note=clean_note(f"{text}\n{text}"),
        labels=unique([line]),
        uid=line,
    )

    for read in read_both([person]):
        assert same([person], read)


lines = st.builds(clean_line, st.text(max_size=30) | st.sampled_from(HOSTILE))
# Brackets around an address belong to how it is written, and no reader keeps them.
addresses = st.lists(
    st.emails()
    | st.text(st.sampled_from("ab@.<>: \r=+'"), max_size=9).map(lambda text: text.strip("<>")),
    max_size=3,
)
phones = st.builds(lambda text: text.replace("tel:", ""), lines)


@st.composite
def person_of_any_kind(draw) -> ParsedPerson:
    emails, flagged = sort_emails(draw(addresses))
    return ParsedPerson(
        row=0,
        name=draw(lines.filter(is_visible)),
        given_name=draw(lines),
        family_name=draw(lines),
        organization=draw(lines),
        department=draw(lines),
        job_title=draw(lines),
        emails=emails,
        flagged_emails=flagged,
        phones=unique(draw(st.lists(phones, max_size=3))),
        links=unique(
            draw(st.lists(st.sampled_from(["https://a.example", "http://b.example/?q=,;"])))
        ),
        note=clean_note(draw(st.text())),
        labels=unique(draw(st.lists(lines, max_size=3))),
        connected_on=draw(st.none() | st.dates()),
        uid=draw(lines),
    )


@given(st.lists(person_of_any_kind(), min_size=1, max_size=2))
def test_gives_back_any_people(people):
    for read in read_both(people):
        assert same(people, read)
