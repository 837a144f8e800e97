"""The pages that lead a list in: choose, columns, check, save, undo."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from apps.students.models import RosterImport, RosterState
from tests.clock import NOW
from tests.students.factories import (
    EnrolmentFactory,
    RosterDropFactory,
    RosterImportFactory,
    StudentFactory,
)
from tests.students.roster_files import csv, enrolled, hundred, oneroster, user
from tests.students.roster_imports import everything, everywhere

pytestmark = pytest.mark.django_db

LIST = csv(
    "username,password,firstname,lastname,email,group1",
    "bilbob,verysecret,Bilbo,Baggins,bilbo@x.example,Section 1",
    "frodob,somesecret,Frodo,Baggins,frodo@x.example,Section 3",
)
SINCE = "2025-08-25"


def upload(client: Client, cohort, data: bytes, name: str = "list.csv") -> RosterImport | None:
    """Choose a file, and return what was read, or None if it was refused."""
    url = reverse("roster_import", args=[cohort.pk])
    response = client.post(url, {"file": SimpleUploadedFile(name, data)})
    return None if response.status_code == 200 else RosterImport.objects.latest("pk")


def agree(client: Client, roster: RosterImport, **also) -> str:
    """Leave the columns as guessed, with what is said `also`; return the page that checks."""
    url = reverse("roster_file", args=[roster.pk])
    page = client.get(url)
    form = page.context["form"]
    data = {field.html_name: field.value() for field in form if field.value() not in (None, False)}
    response = client.post(url, {**data, **also}, follow=True)
    assert response.redirect_chain, response.context["form"].errors
    return response.content.decode()


def confirm(client: Client, roster: RosterImport, **also) -> str:
    shown = client.get(reverse("roster_check", args=[roster.pk])).context["digest"]
    url = reverse("roster_confirm", args=[roster.pk])
    return client.post(url, {"shown": shown, **also}, follow=True).content.decode()


def test_leads_a_list_in_and_out_again(counselor_client, cohort):
    before = everything()
    roster = upload(counselor_client, cohort, LIST)
    page = agree(counselor_client, roster)
    assert "Bilbo Baggins" in page
    assert everything() == before
    page = confirm(counselor_client, roster)
    assert "The list is in" in page
    assert cohort.enrolments.count() == 2
    url = reverse("roster_undo", args=[roster.pk])
    page = counselor_client.post(url, follow=True).content.decode()
    assert "The list is undone" in page
    assert everything() == before


def test_keeps_passwords_nowhere(counselor_client, cohort, caplog, mailoutbox):
    caplog.set_level("DEBUG")
    roster = upload(counselor_client, cohort, LIST)
    pages = [agree(counselor_client, roster), confirm(counselor_client, roster)]
    counselor_client.post(reverse("roster_invite", args=[cohort.pk]))
    seen = " ".join([*pages, everywhere(), caplog.text])
    assert "frodo@x.example" in seen
    assert "verysecret" not in seen
    assert "somesecret" not in seen


def test_says_what_was_left_at_the_door(counselor_client, cohort):
    roster = upload(counselor_client, cohort, LIST)
    page = counselor_client.get(reverse("roster_file", args=[roster.pk])).content.decode()
    assert "Left at the door and not kept: password." in page


def test_takes_rows_that_are_pasted(counselor_client, cohort):
    url = reverse("roster_import", args=[cohort.pk])
    response = counselor_client.post(url, {"pasted": "ID\tName\nS1\tLee, Ana\n"})
    roster = RosterImport.objects.get()
    assert response["Location"] == reverse("roster_file", args=[roster.pk])
    assert "Ana Lee" in agree(counselor_client, roster)


def test_follows_columns_that_somebody_puts_right(counselor_client, cohort):
    roster = upload(
        counselor_client, cohort, csv("Code,Given,Family,Mail", "7,Lee,Ana,a@x.example")
    )
    columns = {"column-0": "student_id", "column-1": "family_name", "column-2": "given_name"}
    assert "Ana Lee" in agree(counselor_client, roster, **columns)
    confirm(counselor_client, roster)
    assert cohort.enrolments.get().student.name == "Ana Lee"


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"column-0": "", "column-3": ""}, "Say which column is the student id"),
        ({"column-1": "", "column-2": ""}, "Say which column is the name"),
        ({"column-0": "email"}, "Two columns cannot both be"),
        ({"since": "2020-01-01"}, "runs from"),
        ({"since": "soon"}, "valid date"),
        ({"column-0": "pigeon"}, "valid choice"),
    ],
)
def test_asks_again_for_columns_that_cannot_be(counselor_client, cohort, columns, words):
    roster = upload(counselor_client, cohort, csv("ID,First,Last,Email", "7,Ana,Lee,a@x.example"))
    said = {"column-0": "student_id", "column-1": "given_name", "column-2": "family_name"}
    said |= {"column-3": "email", "since": SINCE, **columns}
    url = reverse("roster_file", args=[roster.pk])
    page = counselor_client.post(url, said)
    assert page.status_code == 200
    assert words in page.content.decode()


def test_offers_the_sections_of_a_list(counselor_client, cohort):
    roster = upload(counselor_client, cohort, LIST)
    page = agree(counselor_client, roster, sections=["Section 3"])
    assert "Frodo Baggins" in page
    assert "Bilbo" not in page


def test_leaves_out_of_oneroster_who_is_in_no_class(counselor_client, cohort):
    data = oneroster([user("u1", "Ana Lee"), user("u2", "Ben Ray")], [enrolled("u1", "c1")])
    roster = upload(counselor_client, cohort, data, "export.zip")
    page = agree(counselor_client, roster)
    assert "Ana Lee" in page
    assert "Ben Ray" not in page
    page = agree(counselor_client, roster, sections=["Physics", "-"])
    assert "Ben Ray" in page


def test_ticks_nobody_for_withdrawal(counselor_client, cohort):
    place = EnrolmentFactory(cohort=cohort)
    roster = upload(counselor_client, cohort, LIST)
    page = agree(counselor_client, roster, is_full="on")
    assert "Withdraw from the class?" in page
    assert f'name="withdraw" value="{place.pk}">' in page  # no "checked"
    confirm(counselor_client, roster)
    place.refresh_from_db()
    assert place.withdrawn_on is None


def test_withdraws_whom_somebody_ticks(counselor_client, cohort):
    place = EnrolmentFactory(cohort=cohort)
    roster = upload(counselor_client, cohort, LIST)
    agree(counselor_client, roster, is_full="on")
    confirm(counselor_client, roster, withdraw=[place.pk])
    place.refresh_from_db()
    assert place.withdrawn_on is not None


def test_shows_changes_field_by_field_and_problems_with_row_and_remedy(counselor_client, cohort):
    student = StudentFactory(student_id="S1", given_name="Ana", family_name="Lee", email="")
    EnrolmentFactory(cohort=cohort, student=student)
    data = csv("ID,First,Last,Email", "S1,Anna,Lee,a@x.example", "S2,,,", "S3,Bo,Li,a@x.example")
    roster = upload(counselor_client, cohort, data)
    page = agree(counselor_client, roster)
    assert '<del class="ch-3rd">Ana</del> becomes Anna' in page
    assert "There is no name in this row." in page
    assert "This address is in row 2 too" in page
    assert "Keep the row that is right" in page


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "{{ 7|add:7 }}{% now %}",
        "=HYPERLINK(1)",
        "\u202e\u200bRobert'); DROP TABLE",
    ],
)
def test_shows_hostile_text_as_text(counselor_client, cohort, text):
    cell = '"' + text.replace('"', '""') + '"'
    data = csv(f"ID,First,Last,{cell},Section", f"{cell},{cell},Lee,x,{cell}", "S2,Bo,Li,,B")
    roster = upload(counselor_client, cohort, data, f"{text[:20]}.csv")
    pages = [
        counselor_client.get(reverse("roster_file", args=[roster.pk])).content.decode(),
        agree(counselor_client, roster),
        confirm(counselor_client, roster),
        counselor_client.get(reverse("roster", args=[cohort.pk])).content.decode(),
    ]
    for page in pages:
        assert "<script>alert" not in page
        assert "<img src=x" not in page
    assert escape(cohort.enrolments.get(student__family_name="Lee").student.given_name) in pages[-1]


def test_asks_to_look_again_when_the_class_has_changed(counselor_client, cohort):
    roster = upload(counselor_client, cohort, LIST)
    agree(counselor_client, roster)
    url = reverse("roster_confirm", args=[roster.pk])
    page = counselor_client.post(url, {"shown": "0" * 64}, follow=True).content.decode()
    assert "The class has changed since you looked." in page
    page = counselor_client.post(url, {}, follow=True).content.decode()
    assert "The class has changed since you looked." in page
    assert cohort.enrolments.count() == 0


@pytest.mark.parametrize("step", ["confirm", "discard", "undo"])
def test_says_when_it_is_too_late(counselor_client, cohort, step):
    roster = RosterImportFactory(cohort=cohort, undone=True)
    url = reverse(f"roster_{step}", args=[roster.pk])
    page = counselor_client.post(url, {"shown": "x"}, follow=True)
    assert "decided on meanwhile" in page.content.decode()


def test_has_nothing_to_check_once_it_is_decided(counselor_client, cohort):
    roster = RosterImportFactory(cohort=cohort, saved=True)
    response = counselor_client.get(reverse("roster_check", args=[roster.pk]))
    assert response["Location"] == reverse("roster_file", args=[roster.pk])


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, "Choose a file, or paste some rows."),
        ({"pasted": "  "}, "Choose a file, or paste some rows."),
        ({"pasted": "hello"}, "what the columns of this file are"),
        ({"file": SimpleUploadedFile("a.csv", b"")}, "This file is empty"),
        ({"file": SimpleUploadedFile("a.csv", b"x" * (5 * 1024 * 1024 + 1))}, "larger than 5 MB"),
        ({"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7")}, "picture or a document"),
    ],
)
def test_refuses_in_words(counselor_client, cohort, said, words):
    page = counselor_client.post(reverse("roster_import", args=[cohort.pk]), said)
    assert page.status_code == 200
    assert words in page.content.decode()
    assert RosterImport.objects.count() == 0


def test_keeps_a_list_from_counselors_of_other_classes(
    other_counselor_client, counselor_client, cohort
):
    roster = upload(counselor_client, cohort, LIST)
    for name in ("roster_file", "roster_check"):
        assert other_counselor_client.get(reverse(name, args=[roster.pk])).status_code == 404
    for name in ("roster_confirm", "roster_discard", "roster_undo"):
        assert other_counselor_client.post(reverse(name, args=[roster.pk])).status_code == 404
    assert other_counselor_client.get(reverse("roster", args=[cohort.pk])).status_code == 404


def test_a_counselor_who_is_taken_off_a_class_saves_nothing_any_more(
    counselor_client, counselor, cohort
):
    roster = upload(counselor_client, cohort, LIST)
    cohort.counselors.remove(counselor)
    url = reverse("roster_confirm", args=[roster.pk])
    assert counselor_client.post(url, {"shown": "x"}).status_code == 404


def test_takes_a_hundred_in_and_invites_them(counselor_client, cohort):
    roster = upload(counselor_client, cohort, hundred())
    agree(counselor_client, roster)
    confirm(counselor_client, roster)
    counselor_client.post(reverse("roster_invite", args=[cohort.pk]))
    page = counselor_client.get(reverse("roster", args=[cohort.pk]))
    assert page.context["list"].invited == 100


def test_shows_administrators_what_came_of_the_folder(administrator_client):
    RosterDropFactory(path="fall/a.csv", words="2 new, 0 changed, 0 unchanged.")
    RosterDropFactory(path="fall/b.csv", outcome="refused", words="Bad.", roster_import=None)
    page = administrator_client.get(reverse("roster_folder")).content.decode()
    assert "2 new, 0 changed" in page
    assert "Refused" in page


def test_tells_an_administrator_where_the_folder_would_be(administrator_client):
    page = administrator_client.get(reverse("roster_folder")).content.decode()
    assert "ROSTER_DROP_FOLDER" in page


def test_lists_what_was_brought_in(counselor_client, cohort):
    RosterImportFactory(cohort=cohort, saved=True, file_name="fall.csv", saved_at=NOW)
    RosterImportFactory(cohort=cohort, decided=True, state=RosterState.DISCARDED, file_name="no")
    page = counselor_client.get(reverse("roster", args=[cohort.pk]))
    assert [one.file_name for one in page.context["imports"]] == ["fall.csv"]
