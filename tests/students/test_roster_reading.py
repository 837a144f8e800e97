"""What is made of a class list, whatever program wrote it. No database takes part."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest

from apps.common.refusals import Refusal
from apps.students.roster.headings import is_secret, meaning_of
from apps.students.roster.people import read_people
from apps.students.roster.reading import read_roster
from apps.students.roster.table import Kind, Table
from tests.students import roster_files as files
from tests.students.roster_files import csv, enrolled, oneroster, packed, user, user_1_2, xlsx

SECRETS = [
    *("password", "Passwd", "PWD", "Kennwort", "Passwort", "secret", "PIN", "SSN", "Pass word"),
    *("user_password", "initialPassword", "ext_imagineLearning_studentPassword", "Contraseña"),
    *(
        "senha",
        "wachtwoord",
        "lösenord",
        "パスワード",
        "密码",
        "пароль",
        "Mot_de_passe",
        "Mot de passe",
    ),
    *("socialSecurityNumber", "access_token", "Login/Passwort", "password2", "Geheimnis"),
]
ANA = ("S1", "Ana", "Lee", "ana@x.example")
BEN = ("S2", "Ben", "Ray", "ben@x.example")


def read(data: bytes, sections: set[str] | None = None) -> list[tuple[str, str, str, str]]:
    """Return id, given name, family name and address of each person, by our guess."""
    table = read_roster("list", data)
    people = read_people(table, table.guess, sections).people
    return [(one.student_id, one.given_name, one.family_name, one.email) for one in people]


def refusal(data: bytes) -> str:
    with pytest.raises(Refusal) as why:
        read_roster("list", data)
    return f"{why.value.problem.problem} {why.value.problem.remedy}"


@pytest.mark.parametrize(
    "lines",
    [
        ["Student ID,First Name,Last Name,E-mail", *map(",".join, (ANA, BEN))],
        ["id;Vorname;Nachname;E-Mail", *map(";".join, (ANA, BEN))],
        ["Matrikel-Nr.\tVorname\tName\tE-Mail-Adresse", *map("\t".join, (ANA, BEN))],
        ["N° étudiant|Prénom|Nom|Courriel", *map("|".join, (ANA, BEN))],
        ["sep=;", "Matrícula;Nombre;Apellidos;Correo electrónico", *map(";".join, (ANA, BEN))],
        ["Matricola,Nome,Cognome,Posta", *map(",".join, (ANA, BEN))],
        ["Studentnummer,Voornaam,Achternaam,Mail", *map(",".join, (ANA, BEN))],
        ["Opiskelijanumero,Etunimi,Sukunimi,Sähköposti", *map(",".join, (ANA, BEN))],
        ["Student Number,Name,Surname,Email Address", *map(",".join, (ANA, BEN))],
        ["学号,名,姓,邮箱", *map(",".join, (ANA, BEN))],
        ["studentId,nameFirst,nameLast,schoolEmail", *map(",".join, (ANA, BEN))],
        ["EMPLID,Name (First),Name (Last),Student's e-mail", *map(",".join, (ANA, BEN))],
        ["uid,given_name,family_name,mail", *map(",".join, (ANA, BEN))],
        [",".join(ANA), ",".join(BEN)],  # no names at all
        ["ECON 101 in the fall,,,", ",,,", "ID,First,Last,Email", *map(",".join, (ANA, BEN))],
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_finds_columns_whatever_they_are_called_and_however_they_are_cut(lines, encoding):
    assert read(csv(*lines, encoding=encoding)) == [ANA, BEN]


def test_reads_windows_1252():
    data = csv("ID;Vorname;Name", "7;Jürgen;Müller", encoding="cp1252")
    assert read(data) == [("7", "Jürgen", "Müller", "")]


@pytest.mark.parametrize(
    ("whole", "given", "family"),
    [
        ("Lee, Ana", "Ana", "Lee"),
        ("de la Cruz, María José", "María José", "de la Cruz"),
        ("Ana Lee", "Ana", "Lee"),
        ("Mary Ann Lee", "Mary Ann", "Lee"),
        ("Björk", "Björk", ""),
        ("Sukarno,", "", "Sukarno"),
        ("山田 太郎", "山田", "太郎"),
    ],
)
def test_takes_a_whole_name_apart(whole, given, family):
    assert read(csv("ID,Name", f'1,"{whole}"')) == [("1", given, family, "")]


def test_takes_uneven_rows_without_names():
    rows = ["g1zipol,Zipoli,Domenico", "g9zmesk,Zmeskall,Mikulas Paul,,55,mikulas@mail.example"]
    assert read(csv(*rows)) == [
        ("g1zipol", "Domenico", "Zipoli", ""),
        ("g9zmesk", "Mikulas Paul", "Zmeskall", "mikulas@mail.example"),
    ]


def test_takes_the_family_name_first_where_the_list_is_in_its_order():
    rows = ["1a,Adler,Zoe,z@x.example", "2b,Bach,Anna,a@x.example", "3c,Cohn,Max,m@x.example"]
    assert [person[2] for person in read(csv(*rows))] == ["Adler", "Bach", "Cohn"]


def test_reads_a_gradebook_from_canvas():
    table = read_roster("x", files.canvas('"Lee, Ana",77,S1,alee,ECON 1,18,90'))
    assert table.kind == Kind.CANVAS
    assert [column.name for column in table.columns if column.meaning] == [
        "Student",
        "SIS User ID",
        "Section",
    ]
    assert [(one.row, one.problem) for one in table.remarks] == [
        (row, "This row is about no student.") for row in (3, 5)
    ]
    assert read(files.canvas('"Lee, Ana",77,S1,alee,ECON 1,18,90')) == [("S1", "Ana", "Lee", "")]
    assert "90" not in json.dumps(table.as_json())  # a grade
    assert table.dropped == ["grades and the like"]


def test_takes_canvas_own_id_where_it_knows_no_other():
    assert read(files.canvas('"Lee, Ana",77,,alee,ECON 1,18,90')) == [("77", "Ana", "Lee", "")]


def test_reads_a_list_from_moodle():
    data = files.moodle("Ana,Lee,S1,,,Ana@X.example,9.5,1700000000")
    assert read_roster("x", data).kind == Kind.MOODLE
    assert read(data) == [ANA]


def test_reads_a_gradebook_from_blackboard():
    data = files.blackboard('"Lee"\t"Ana"\t"alee"\t"S1"\t"2025-09-01"\t"Yes"\t"9"')
    assert read_roster("gc.xls", data).kind == Kind.BLACKBOARD
    assert read(data) == [("S1", "Ana", "Lee", "")]


def test_falls_back_on_the_login_where_no_student_has_an_id():
    data = files.blackboard('"Lee"\t"Ana"\t"alee"\t""\t""\t"Yes"\t"9"')
    assert read(data) == [("alee", "Ana", "Lee", "")]


def test_reads_the_sheet_of_a_spreadsheet_that_has_people():
    data = xlsx(
        [["Student ID", "First name", "Last name"], [1234567, "Ana", "Lee"]],
        first_sheet=[["Read me"], ["This book belongs to the registrar"]],
    )
    assert read(data) == [("1234567", "Ana", "Lee", "")]


@pytest.mark.parametrize("name", SECRETS)
def test_leaves_passwords_and_the_like_at_the_door(name):
    table = read_roster(
        "x", csv(f"ID,First,Last,{name},Email", "S1,Ana,Lee,Very!secret1,a@b.example")
    )
    assert table.dropped == [name]
    assert "ecret1" not in json.dumps(table.as_json())
    assert is_secret(name)
    assert meaning_of(name) == ("", 0)


@pytest.mark.parametrize("secret", ["verysecret", "hunter2!", "1234", "123-45-6789", "Summer25"])
def test_keeps_no_nameless_column_that_it_does_not_understand(secret):
    rows = [f"bilbob,{secret},Bilbo,Baggins,b@x.example", "frodob,x,Frodo,Baggins,f@x.example"]
    table = read_roster("x", csv(*rows))
    assert secret not in json.dumps(table.as_json())
    assert table.dropped == ["column 2"]


def test_keeps_a_named_column_for_people_to_say_what_it_is():
    table = read_roster("x", csv("ID,Name,Fachrichtung,Spitzname", "1,Ana Lee,Ökonomie,Annie"))
    assert [(one.name, one.meaning) for one in table.columns][2:] == [
        ("Fachrichtung", "program"),
        ("Spitzname", ""),
    ]


def test_takes_numbers_of_rows_for_no_ids():
    data = csv("No,Name,E-mail", "1,Ana Lee,ana@x.example", "2,Ben Ray,ben@x.example")
    assert read(data) == [("", *ANA[1:]), ("", *BEN[1:])]


def test_survives_being_kept():
    table = read_roster("x", oneroster([user("u1", "Ana Lee")], [enrolled("u1", "c1")]))
    assert Table.from_json(json.loads(json.dumps(table.as_json()))) == table


def test_reads_oneroster():
    data = oneroster(
        [
            user("u1", "Ana Lee"),
            user("u2", "Ben Ray"),
            user("t1", "Cal Moe", "teacher", email="Cal@X.example"),
            user("p1", "Dee Fox", "parent"),
            user("u3", "Eva Roe"),
        ],
        [enrolled("u1", "c1"), enrolled("u1", "c2"), enrolled("t1", "c1", "teacher")],
    )
    table = read_roster("x", data)
    assert table.is_full
    assert table.dropped == ["password"]
    assert "hunter2" not in json.dumps(table.as_json())
    assert table.sections(table.guess) == ["Physics", "History", ""]
    assert [(one.email, one.sections) for one in table.teachers] == [("cal@x.example", ["Physics"])]
    assert [person[0] for person in read(data)] == ["u1", "u1", "u2", "u3"]
    assert [person[0] for person in read(data, {"History"})] == ["u1"]
    assert table.counts["users"] == 5


def test_reads_oneroster_1_2_whose_roles_are_a_table():
    roles = csv(
        "sourcedId,status,dateLastModified,userSourcedId,roleType,role",
        "r1,,,u1,primary,student",
        "r2,,,t1,secondary,student",
        "r3,,,t1,primary,teacher",
    )
    data = oneroster(
        [user_1_2("u1", "Ana Lee"), user_1_2("t1", "Cal Moe")], [], version="1.2", roles=roles
    )
    assert [person[0] for person in read(data)] == ["u1"]
    assert "1.2" in read_roster("x", data).notice


def test_takes_a_blank_status_for_active_and_names_who_has_left():
    data = oneroster(
        [user("u1", "Ana Lee"), user("u2", "Ben Ray", status="tobedeleted"), user("u3", "Cal Moe")],
        [
            enrolled("u1", "c1"),
            enrolled("u2", "c1"),
            enrolled("u3", "c1", status="tobedeleted"),
        ],
        mode="delta",
    )
    table = read_roster("x", data)
    assert not table.is_full
    assert [(line.cells[0], line.has_left) for line in table.lines] == [
        ("u1", False),
        ("u2", True),
        ("u3", True),
    ]


def test_reads_a_delta_that_has_no_users():
    tables = {
        "manifest.csv": csv("propertyName,value", "file.users,absent", "file.enrollments,delta"),
        "enrollments.csv": csv(files.ENROLLMENTS, enrolled("u1", "c1")),
    }
    assert read(packed(tables)) == [("u1", "", "", "")]


def test_reads_what_brightspace_and_address_books_write():
    data = csv("OrgDefinedId,Last Name,First Name,Email", "#S1,Lee,Ana,Ana Lee <ana@x.example>")
    assert read(data) == [ANA]


def test_offers_so_many_columns_as_a_person_can_look_through():
    head = ",".join(["ID", "Name", *(f"Question {n}" for n in range(200))])
    table = read_roster("x", csv(head, "1,Ana Lee" + ",x" * 200))
    assert [one.name for one in table.columns] == ["ID", "Name"]


def test_names_an_enrollment_of_a_user_who_is_missing():
    table = read_roster("x", oneroster([user("u1", "Ana Lee")], [enrolled("u9", "c1")]))
    assert [(one.row, one.field) for one in table.remarks] == [(2, "userSourcedId")]
    assert "u9" in table.remarks[0].problem


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\0\0\r\n", "empty"),
        (b"hello", "what the columns"),
        (b"%PDF-1.7 ...", "picture or a document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...", "until 2003"),
        (b"<html><table><tr><td>Ana</td></tr></table>", "web page"),
        (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "web page or XML"),
        (b"PK\x03\x04 and then nothing", "damaged"),
        (b"x" * (5 * 1024 * 1024 + 1), "larger than 5 MB"),
        (csv("Student ID,Name,Email"), "nobody"),
        (csv("Student,SIS User ID", "Points Possible,"), "nobody"),
        (b'ID,Name\n1,"Ana', "never closed"),
        (b"ID,Name\n" + b"1,x\n" * 100_001, "more than 100,000 rows"),
        (b"ID,Name\n" + b"," * 2_000, "more than 1500 columns"),
        (packed({"a.zip": b"PK\x03\x04"}), "another one"),
        (packed({"a.csv": b"ID,Name\n1,Ana", "b.csv": b"ID,Name\n1,Ana"}), "2 tables"),
        (packed({"a.csv": b"ID,Name\n" + b" " * 3_000_000}), "100-fold"),
        (packed({"../users.csv": b"x", "manifest.csv": b"y"}), "leads out"),
        (packed({f"{n}.csv": b"x" for n in range(201)}), "200 files"),
        (oneroster([user("u1", "Ana Lee")], [], folder="a/b/"), "folders within folders"),
        (oneroster([], []), "no students"),
        (oneroster([user("p1", "Dee Fox", "parent")], []), "no students"),
        (packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), ".xlsx"),
        (xlsx([[]]), "nobody"),
    ],
)
def test_refuses_in_words_what_is_no_class_list(data, words):
    assert words in refusal(data)


def test_refuses_two_exports_in_one_file():
    both = packed(
        {"a/users.csv": csv("sourcedId"), "b/users.csv": csv("sourcedId"), "manifest.csv": b"x,y"}
    )
    assert "twice" in refusal(both)


def test_reads_oneroster_packed_with_its_folder():
    data = oneroster([user("u1", "Ana Lee")], [enrolled("u1", "c1")], folder="export/")
    assert [person[0] for person in read(data)] == ["u1"]


def test_refuses_a_spreadsheet_that_names_entities():
    book = xlsx([["ID", "Name"], ["1", "Ana"]])
    evil = b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><worksheet>&e;</worksheet>"
    assert "cannot be read" in refusal(_with_sheet(book, evil))


def _with_sheet(book: bytes, sheet: bytes) -> bytes:
    """Return the spreadsheet with another first sheet."""
    with ZipFile(BytesIO(book)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return packed({**parts, "xl/worksheets/sheet1.xml": sheet})
