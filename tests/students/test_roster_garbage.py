"""Whatever bytes come: a preview or a refusal in words, never a 500 nor half a list."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.students.models import RosterImport, RosterState
from tests.students import roster_files as files
from tests.students.roster_files import csv, enrolled, oneroster, user, user_1_2, xlsx
from tests.students.roster_imports import everything

pytestmark = pytest.mark.django_db

SLOW = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
WHOLE = [
    csv("Student ID,First,Last,E-mail,Section", "S1,Ana,Lee,a@x.example,A", "S2,Bo,Li,,B"),
    files.canvas('"Lee, Ana",77,S1,alee,ECON 1,18,90'),
    files.moodle("Ana,Lee,S1,,,ana@x.example,9.5,1700000000"),
    files.blackboard('"Lee"\t"Ana"\t"alee"\t"S1"\t"2025-09-01"\t"Yes"\t"9"'),
    xlsx([["Student ID", "First name", "Last name"], [7, "Ana", "Lee"]]),
    oneroster([user("u1", "Ana Lee")], [enrolled("u1", "c1"), enrolled("u9", "c1")]),
    oneroster([user_1_2("u1", "Ana Lee")], [enrolled("u1", "c1")], version="1.2", mode="delta"),
]

cells = st.text(
    st.characters(codec="utf-8") | st.sampled_from("\0\r\n\t,\"'=+-@|\\:;{}\u200b\u202e\ufeff😀é"),
    max_size=60,
)


def lead_in(client: Client, cohort, data: bytes) -> RosterImport | None:
    """Lead the bytes through all pages, as far as they get, and out again."""
    before = everything()
    file = SimpleUploadedFile("list.csv", data + b" ")  # nobody can upload nothing
    response = client.post(reverse("roster_import", args=[cohort.pk]), {"file": file})
    assert everything() == before
    if response.status_code == 200:
        return None
    roster = RosterImport.objects.latest("pk")
    page = client.get(response["Location"])
    form = page.context["form"]
    said = {field.html_name: field.value() for field in form if field.value() not in (None, False)}
    response = client.post(response["Location"], said, follow=True)
    assert response.status_code == 200
    check = client.get(reverse("roster_check", args=[roster.pk]))
    assert check.status_code == 200
    assert everything() == before
    shown = {"shown": check.context["digest"]}
    url = reverse("roster_confirm", args=[roster.pk])
    assert client.post(url, shown, follow=True).status_code == 200
    roster.refresh_from_db()
    assert roster.state == RosterState.SAVED
    assert client.post(reverse("roster_undo", args=[roster.pk]), follow=True).status_code == 200
    assert everything() == before
    return roster


@pytest.mark.parametrize("data", WHOLE)
def test_takes_whole_files(counselor_client, cohort, data):
    assert lead_in(counselor_client, cohort, data)


@SLOW
@given(data=st.binary(max_size=2_000))
def test_survives_any_bytes(counselor_client, cohort, data):
    lead_in(counselor_client, cohort, data)


@SLOW
@given(rows=st.lists(st.lists(cells, max_size=6), max_size=6), data=st.data())
def test_survives_any_cells_under_names_that_we_know(counselor_client, cohort, rows, data):
    head = "Student ID,First,Last,E-mail,Program,Section"
    end = data.draw(st.sampled_from(["\n", "\r\n", "\r"]))
    text = end.join([head, *(",".join(row) for row in rows)])
    lead_in(counselor_client, cohort, text.encode("utf-8", "surrogatepass"))


@SLOW
@given(data=st.data())
def test_survives_files_that_are_broken_somewhere(counselor_client, cohort, data):
    whole = bytearray(data.draw(st.sampled_from(WHOLE)))
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(whole) - 1))
        match data.draw(st.sampled_from(["change", "cut", "repeat"])):
            case "change":
                whole[at] = data.draw(st.integers(0, 255))
            case "cut":
                del whole[at : at + data.draw(st.integers(1, 50))]
            case "repeat":
                whole[at:at] = whole[at : at + 40]
        if not whole:
            break
    lead_in(counselor_client, cohort, bytes(whole))


@SLOW
@given(form=st.dictionaries(st.sampled_from(
    ["column-0", "column-1", "sections", "is_full", "since", "shown", "withdraw", "enrolment"]
), cells))  # fmt: skip
def test_survives_any_form(counselor_client, cohort, form):
    data = WHOLE[0]
    file = SimpleUploadedFile("list.csv", data)
    url = reverse("roster_import", args=[cohort.pk])
    page = counselor_client.post(url, {"file": file})["Location"]
    pk = RosterImport.objects.latest("pk").pk
    for name in ("roster_file", "roster_confirm"):
        assert counselor_client.post(reverse(name, args=[pk]), form, follow=True).status_code == 200
    invite = reverse("roster_invite", args=[cohort.pk])
    assert counselor_client.post(invite, form, follow=True).status_code == 200
    assert counselor_client.post(url, {"pasted": form.get("since", "")}).status_code in (200, 302)
    assert counselor_client.get(page).status_code == 200
