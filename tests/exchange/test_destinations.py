"""First destinations as a file: exact columns, no formula, and back in without a loss."""

import csv
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from apps.exchange.destinations import COLUMNS, UCONNECT, Words, read_destinations
from apps.outcomes.models import Destination, FirstDestination, Source
from tests.outcomes.factories import FirstDestinationFactory
from tests.students.factories import EnrolmentFactory, StudentFactory

pytestmark = pytest.mark.django_db

HEADER = "Student ID,Outcome Type,Graduation Date,Employing Organization,Annual Base Salary\n"


@pytest.fixture
def url(term):
    return f"/destinations/{term.code}/"


def rows(answer):
    return list(csv.DictReader(StringIO(answer.content.decode())))


def upload(client, url, text):
    return client.post(f"{url}import/", {"file": SimpleUploadedFile("a.csv", text.encode())})


def say_yes(client, url, answer):
    return client.post(f"{url}import/", {"looked_at": answer.context["looked_at"]})


def test_has_exactly_the_columns_of_uconnect(administrator_client, url, term):
    row = FirstDestinationFactory(
        term=term, organization='=HYPERLINK("x")', country="US; CA", annual_salary=52000
    )
    for program in ("Economics", "Music"):
        EnrolmentFactory(student=row.student, cohort__term=term, program=program)
    FirstDestinationFactory(term=term, destination=Destination.NO_INFORMATION)
    answer = administrator_client.get(f"{url}file/")
    assert answer.content.decode().splitlines()[0] == ",".join(f'"{name}"' for name in COLUMNS)
    (line,) = rows(answer)
    assert line["Outcome Type"] == "Employed Full Time"
    assert line["Graduation Date"] == "2025"
    assert line["Program Name/Major"] == "Economics;Music"
    assert line["Employing Organization"] == '\'=HYPERLINK("x")'
    assert line["Position Location – Country"] == "US, CA"
    assert line["Annual Base Salary"] == "52000"


def test_speaks_in_the_words_of_either(administrator_client, url, term):
    for kind in UCONNECT:
        FirstDestinationFactory(term=term, destination=kind)
    said = {
        words: {row["Outcome Type"] for row in rows(administrator_client.get(f"{url}file/", q))}
        for words, q in ((Words.UCONNECT, {}), (Words.HANDSHAKE, {"words": "handshake"}))
    }
    assert said[Words.UCONNECT] == {
        "Employed Full Time", "Employed Part Time", "Volunteer Service", "Military Service",
        "Continuing Education", "Seeking Employment", "Seeking Continuing Education",
        "Not Seeking",
    }  # fmt: skip
    assert said[Words.HANDSHAKE] == {
        "Continuing Education", "Not Seeking", "Still Looking", "Volunteering", "Working",
    }  # fmt: skip


def test_a_counselor_gets_their_own_students_only(counselor_client, url, term, ana, ben):
    for student in (ana, ben):
        FirstDestinationFactory(student=student, term=term)
    answer = counselor_client.get(f"{url}file/", {"ids": "on"})
    assert [row["Student ID"] for row in rows(answer)] == [ana.student_id]


def test_saves_after_a_look_and_adds_nothing_the_second_time(administrator_client, url, term):
    for number in range(3):
        StudentFactory(student_id=f"S{number}")
    text = (
        HEADER
        + 'S0,Employed Full Time,2025,Tern,"$52,000"\nS1,not seeking,,,\nS2,No Information,,,\n'
    )
    looked = upload(administrator_client, url, text)
    assert "3 new, 0 changed, 0 as before." in looked.content.decode()
    assert not FirstDestination.objects.exists()
    say_yes(administrator_client, url, looked)
    kept = FirstDestination.objects.order_by("student__student_id")
    assert list(kept.values_list("destination", "source", "is_primary", "annual_salary")) == [
        ("full_time", Source.FILE, True, 52000),
        ("not_seeking", Source.FILE, True, None),
        ("no_information", Source.FILE, True, None),
    ]
    again = upload(administrator_client, url, text)
    assert "0 new, 0 changed, 3 as before." in again.content.decode()
    say_yes(administrator_client, url, again)
    assert FirstDestination.objects.count() == 3


def test_what_went_out_comes_in_as_it_was(administrator_client, url, term):
    row = FirstDestinationFactory(
        term=term, source=Source.FILE, organization="'-Tern", studies=True, school="Arts"
    )
    text = administrator_client.get(f"{url}file/", {"ids": "on"}).content
    preview = read_destinations(text, term)
    assert (preview.new, preview.changed, preview.unchanged) == ([], [], 1)
    assert FirstDestination.objects.get().organization == row.organization


def test_names_what_is_wrong_by_row_and_field_and_saves_nothing(administrator_client, url, term):
    StudentFactory(student_id="S0")
    text = HEADER + (
        f"S0,Working,2024,Tern,lots\nS9,Not Seeking,,,\nS0,Not Seeking,,{'x' * 201},\n"
    )
    looked = upload(administrator_client, url, text)
    found = [(problem.row, problem.column) for problem in looked.context["preview"].problems]
    assert found == [
        (2, "Outcome Type"),
        (2, "Graduation Date"),
        (2, "Annual Base Salary"),
        (3, "Student ID"),
        (4, "Student ID"),
        (4, "Employing Organization"),
    ]
    assert all(problem.remedy for problem in looked.context["preview"].problems)
    assert "Yes, save it" not in looked.content.decode()
    say_yes(administrator_client, url, looked)
    assert not FirstDestination.objects.exists()


@pytest.mark.parametrize("row", ["S\0,Not Seeking", "S\x01,Not Seeking", "Nobody"])
def test_names_an_id_that_no_student_can_have_and_a_row_that_ends_early(
    administrator_client, url, row
):
    looked = upload(administrator_client, url, f"{HEADER}{row}\n")
    problems = looked.context["preview"].problems
    assert problems[0].problem == "No student has this id."
    assert problems[0].remedy


def test_a_nearer_source_stays_the_one_that_counts(administrator_client, url, term):
    row = FirstDestinationFactory(term=term)
    text = f"{HEADER}{row.student.student_id},Not Seeking,,,\n"
    say_yes(administrator_client, url, upload(administrator_client, url, text))
    assert FirstDestination.objects.primary().get() == row


@pytest.mark.parametrize(
    "text", ["", "a,b\n1,2\n", "Student ID\nS1\n", 'Student ID,"Outcome Type\n']
)
def test_refuses_what_is_no_such_table(administrator_client, url, text):
    answer = upload(administrator_client, url, text)
    assert answer.status_code == 200
    assert answer.context["form"].errors


def test_takes_only_what_was_looked_at(administrator_client, url):
    answer = administrator_client.post(f"{url}import/", {"looked_at": "something:else"})
    assert "Choose the file once more." in answer.content.decode()
