from datetime import date

import pytest

from apps.contacts.files.person import FileKind, ParsedPerson, UnreadableFile
from apps.contacts.files.reading import read_contacts

NOTES = (
    'Notes:\n"Some addresses may be missing: people choose who sees them, says ""the settings"",'
    ' and that is all."\n\n'
)
HEADER = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
ROW = (
    "Runa,Solheim,https://www.linkedin.com/in/runa,runa@fjord.example,Fjord AS,Pilot,05 Mar 2024\n"
)


def people(text: str | bytes) -> list[ParsedPerson]:
    return read_contacts(
        "Connections.csv", text if isinstance(text, bytes) else text.encode()
    ).people


def test_reads_a_person_with_all_that_linkedin_tells():
    assert people(NOTES + HEADER + ROW) == [
        ParsedPerson(
            row=5,
            name="Runa Solheim",
            given_name="Runa",
            family_name="Solheim",
            organization="Fjord AS",
            job_title="Pilot",
            emails=("runa@fjord.example",),
            links=("https://www.linkedin.com/in/runa",),
            connected_on=date(2024, 3, 5),
        )
    ]


@pytest.mark.parametrize(
    ("above", "notice"),
    [
        ("", "A LinkedIn export: column names found on line 1."),
        ("Notes:\n", "A LinkedIn export: one line of notes skipped, column names found on line 2."),
        (
            NOTES,
            "A LinkedIn export: three lines of notes skipped, column names found on line 4.",
        ),
        (
            "x\n" * 9,
            "A LinkedIn export: nine lines of notes skipped, column names found on line 10.",
        ),
    ],
)
def test_finds_the_column_names_below_any_notes(above, notice):
    file = read_contacts("Connections.csv", (above + HEADER + ROW).encode())

    assert file.kind == FileKind.LINKEDIN
    assert file.notice == notice
    assert [person.name for person in file.people] == ["Runa Solheim"]


def test_says_what_it_understood_each_column_as():
    file = read_contacts("x.csv", ("Extra," + HEADER + "," + ROW).encode())

    assert file.columns == [
        ("Extra", None),
        ("First Name", "given name"),
        ("Last Name", "family name"),
        ("URL", "link"),
        ("Email Address", "e-mail"),
        ("Company", "organization"),
        ("Position", "job title"),
        ("Connected On", "connected on"),
    ]


def test_reads_the_layout_without_links():
    text = "First Name,Last Name,Email Address,Company,Position,Connected On\n"
    text += 'Theo,Grün,,"Brook, Ltd.","Clerk, Sales",03 Nov 2019\n'

    (person,) = people(text)
    assert (person.organization, person.job_title) == ("Brook, Ltd.", "Clerk, Sales")
    assert (person.links, person.connected_on) == ((), date(2019, 11, 3))


@pytest.mark.parametrize(
    "header",
    [
        "Vorname,Nachname,URL,E-Mail-Adresse,Unternehmen,Position,Verbunden am",
        "Prénom,Nom de famille,URL,Adresse e-mail,Entreprise,Poste,Connexion le",
        "Nombre,Apellidos,URL,Correo electrónico,Empresa,Cargo,Conectado el",
        "Nome,Sobrenome,URL,Endereço de e-mail,Empresa,Cargo,Conectado em",
        "Nome,Cognome,URL,Indirizzo e-mail,Azienda,Posizione,Collegato il",
        "Voornaam,Achternaam,URL,E-mailadres,Bedrijf,Functie,Verbonden op",
        "first name , LAST  NAME,url,email address,company,position,connected on",
        "Eesnimi,Perekonnanimi,Aadress,E-post,Ettevõte,Amet,Ühendatud",
    ],
)
def test_reads_column_names_in_other_languages(header):
    (person,) = people(NOTES + header + "\n" + ROW)

    assert (person.name, person.organization, person.job_title) == (
        *("Runa Solheim", "Fjord AS", "Pilot"),
    )
    assert person.connected_on == date(2024, 3, 5)


def test_says_when_it_went_by_the_order_of_columns():
    file = read_contacts("x.csv", ("Eesnimi,Perekonnanimi,A,E,Ettevõte,Amet,Ü\n" + ROW).encode())

    assert "in a language we do not know: we went by their order" in file.notice
    assert file.columns[4] == ("Ettevõte", "organization")


def test_never_takes_a_person_for_column_names():
    with pytest.raises(UnreadableFile, match="We do not know the columns"):
        people("E,P,A,E,E,A,Ü\nAna,Lee,,,,,\n" + ROW + ROW)


def test_reads_a_byte_order_mark_windows_line_ends_and_quoted_quotes():
    text = HEADER.replace("\n", "\r\n")
    text += (
        'Priti,Rao,https://www.linkedin.com/in/priti,,Loom,"Senior ""Platform"" Engineer",7-Feb-22'
    )
    text += "\r\nNeha,,,,,,2021-03-12\r\n,,,,Loom,Weaver,7-Feb-22\r\n"

    file = read_contacts("x.csv", text.encode("utf-8-sig"))

    assert [person.name for person in file.people] == ["Priti Rao", "Neha"]
    assert file.people[0].job_title == 'Senior "Platform" Engineer'
    assert [person.connected_on for person in file.people] == [date(2022, 2, 7), date(2021, 3, 12)]
    (skipped,) = file.skipped
    assert (skipped.row, skipped.reason) == (4, "This row has no name.")
    assert skipped.text == "Loom · Weaver · 7-Feb-22"


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_reads_a_file_that_a_spreadsheet_saved_again(delimiter):
    text = (HEADER + "Åsa,Lind,,,Sjö AB,Chef,5-Mar-24\n").replace(",", delimiter)

    for encoding in ("cp1252", "utf-16"):
        file = read_contacts("x.csv", text.encode(encoding))
        assert file.people[0].name == "Åsa Lind"
        assert ("Windows-1252" in file.notice) == (encoding == "cp1252")


def test_passes_over_blank_rows_without_a_word():
    file = read_contacts("x.csv", (HEADER + ",,,,,,\n\n , ,,,,,\n" + ROW + ",,\n").encode())

    assert [person.row for person in file.people] == [5]
    assert file.skipped == []


def test_counts_a_row_of_several_lines_once():
    found = people(HEADER + '"Two\nlines",Roe,,,,,\n' + ROW)

    assert [(person.row, person.name) for person in found] == [
        (2, "Two lines Roe"),
        (3, "Runa Solheim"),
    ]


def test_keeps_a_person_whose_date_cannot_be_read_and_says_so():
    file = read_contacts("x.csv", (HEADER + "Runa,Solheim,,,,,31 Feb 2024\n").encode())

    assert file.people[0].connected_on is None
    (remark,) = file.remarks
    assert (remark.row, remark.text) == (2, "31 Feb 2024")
    assert "date of connection" in remark.reason


def test_reads_short_rows_and_remarks_on_long_ones():
    file = read_contacts("x.csv", (HEADER + "Runa\n" + ROW.strip() + ",more,\n").encode())

    assert [person.name for person in file.people] == ["Runa", "Runa Solheim"]
    (remark,) = file.remarks
    assert (remark.row, remark.text) == (3, "more")


def test_cuts_a_very_long_cell_and_says_so():
    file = read_contacts("x.csv", (HEADER + f"Runa,Solheim,,,,{'x' * 10_001},\n").encode())

    assert len(file.people[0].job_title) == 10_000
    assert [remark.row for remark in file.remarks] == [2]


def test_never_takes_a_company_for_a_nameless_person():
    file = read_contacts(
        "x.csv", (HEADER + ROW + ",,,,Fjord AS,,\n\u200b,,,,Fjord AS,,\n").encode()
    )

    assert len(file.people) == 1
    assert [skipped.row for skipped in file.skipped] == [3, 4]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ("", "The column names are on line 4, and no rows follow them."),
        (",,,,,,\n", "The column names are on line 4, and no rows follow them."),
        (
            ",,,,,,02 Oct 2023\n" * 3,
            "The column names are on line 4, and below them three rows without a name.",
        ),
    ],
)
def test_says_that_a_file_without_people_has_none_and_how_to_export_again(rows, found):
    with pytest.raises(UnreadableFile) as error:
        people(NOTES + HEADER + rows)

    assert str(error.value).startswith(f"There are no contacts in this file. {found} On LinkedIn,")


def test_refuses_a_file_with_an_open_quotation_mark_and_names_the_row():
    with pytest.raises(UnreadableFile, match=r"^Row 3 opens a quotation mark"):
        people(HEADER + ROW + 'Ana,"Lee,,,,,\n' + ROW)
