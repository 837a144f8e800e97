"""A student takes their contacts along, and reading the files gives back the same people."""

import csv
from dataclasses import replace
from io import StringIO

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from apps.common.plain_text import is_visible
from apps.contacts.export import contacts_to_export, person_of
from apps.contacts.files.person import ParsedPerson
from apps.contacts.files.reading import read_contacts
from apps.contacts.files.writing import write_people_csv, write_vcards
from apps.contacts.models import Contact
from apps.students.models import Student
from tests.clock import NOW, TODAY
from tests.contacts.factories import ContactFactory
from tests.contacts.files.test_writing import HOSTILE

pytestmark = pytest.mark.django_db

FILES = ["vcf", "csv"]


def download(client: Client, ending: str) -> bytes:
    answer = client.get(f"/contacts/export/{ending}/")
    assert answer.status_code == 200
    return answer.content


def without_rows(people: list[ParsedPerson]) -> list[ParsedPerson]:
    return [replace(person, row=0) for person in people]


def fill(student: Student) -> list[ParsedPerson]:
    ContactFactory(
        student=student,
        name="Runa Solheim",
        given_name="Runa",
        family_name="Solheim",
        more_emails=["r@mail.example"],
        flagged_emails=["runa at home"],
        phones=["+1-418-656-9254", "555 01"],
        links=["https://fjord.example/runa"],
        tags=["Fjord", "=1+1"],
        note="=HYPERLINK(1)\nsecond, line; \\n here",
    )
    ContactFactory(student=student, name="Suharto", archived_at=NOW, email="")
    for text in HOSTILE:
        text = text.replace("\0", "")
        ContactFactory(
            student=student,
            name=text if is_visible(text) else "x",
            organization=text,
            job_title=text,
            note=f"{text}\n{text}",
            tags=[text[:50]],
        )
    people = contacts_to_export(student)
    return [person_of(contact, row) for row, contact in enumerate(people, 1)]


@pytest.mark.parametrize("ending", FILES)
def test_gives_back_every_person_equal(ana_client: Client, ana: Student, ending: str):
    people = fill(ana)
    read = read_contacts(f"x.{ending}", download(ana_client, ending))
    assert without_rows(read.people) == without_rows(people)
    assert len(read.people) == Contact.objects.filter(student=ana).count()
    assert not read.skipped


@pytest.mark.parametrize(("ending", "kind"), [("vcf", "text/vcard"), ("csv", "text/csv")])
def test_is_a_download_that_nothing_keeps(ana_client: Client, ana: Student, ending: str, kind: str):
    ContactFactory(student=ana)
    answer = ana_client.get(f"/contacts/export/{ending}/")
    assert answer["Content-Type"] == f"{kind}; charset=utf-8"
    assert answer["Content-Disposition"] == f'attachment; filename="contacts-{TODAY}.{ending}"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]


def test_no_cell_runs_as_a_formula(ana_client: Client, ana: Student):
    for start in "=+-@":
        ContactFactory(
            student=ana,
            name=f"{start}1+1",
            organization=f"{start}cmd|' /C calc'!A0",
            note=f"{start}2+5",
            phones=[f"{start}15550100"],
            tags=[f"{start}x"],
        )
    table = download(ana_client, "csv").decode("utf-8-sig")
    cells = [cell for row in csv.reader(StringIO(table, newline="")) for cell in row]
    assert len(cells) == 5 * 13
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize("ending", FILES)
def test_holds_ones_own_people_only(ana_client: Client, ana: Student, ben: Student, ending: str):
    ContactFactory(student=ana, name="Runa")
    ContactFactory(student=ben, name="Stranger")
    ContactFactory(student=ana, erased=True)
    assert [person.name for person in read_contacts("x", download(ana_client, ending)).people] == [
        "Runa"
    ]


def test_the_page_says_what_is_in_the_files(ana_client: Client, ana: Student):
    page = ana_client.get("/contacts/export/").content.decode()
    assert "nobody to take along yet" in page
    ContactFactory(student=ana)
    ContactFactory(student=ana, archived_at=NOW)
    page = ana_client.get("/contacts/export/").content.decode()
    assert "all 2 people, 1 of them resting" in page
    assert "your private notes" in page
    assert "/contacts/export/vcf/" in page
    assert "/contacts/export/csv/" in page


typed = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)


@given(typed.filter(is_visible), typed, st.lists(typed, max_size=3), typed)
def test_any_typed_text_comes_back(name: str, line: str, tags: list[str], note: str):
    contact = Contact(
        name=name, organization=line, job_title=line, tags=tags, note=note, email="a@b.example"
    )
    person = person_of(contact, 1)
    if not is_visible(person.name):
        return
    for text, write in (("x.vcf", write_vcards), ("x.csv", write_people_csv)):
        assert without_rows(read_contacts(text, write([person]).encode()).people) == without_rows(
            [person]
        )
