"""Whatever bytes come: a preview or a refusal in words, never a 500 nor half an import."""

import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.contacts.models import BatchState, ImportBatch
from apps.contacts.tasks import work_on_waiting_contact_imports
from tests.contacts.dump import table_dump
from tests.contacts.importing.contact_files import LINKEDIN, cards, linkedin

pytestmark = pytest.mark.django_db

SLOW = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
FIXTURES = Path(__file__).parents[1] / "files" / "fixtures"
WHOLE = [file.read_bytes() for file in sorted(FIXTURES.iterdir())]

cells = st.text(
    st.characters(codec="utf-8") | st.sampled_from("\0\r\n\t,\"'=+-@|\\:;{}\u200b\u202e\ufeff😀é"),
    max_size=60,
)


def import_it(client: Client, data: bytes) -> ImportBatch:
    """Lead the bytes through all pages, as far as they get."""
    before = list_of_people()
    file = SimpleUploadedFile("contacts.csv", data + b" ")  # nobody can upload nothing
    batch_url = client.post(reverse("contact_import"), {"file": file})["Location"]
    work_on_waiting_contact_imports()
    batch = ImportBatch.objects.latest("pk")
    assert batch.state in (BatchState.CHECKED, BatchState.REFUSED)
    assert client.get(batch_url).status_code == 200
    assert list_of_people() == before
    if batch.state == BatchState.CHECKED:
        rows = [person["row"] for person in batch.preview["people"]]
        confirm = reverse("contact_import_confirm", args=[batch.pk])
        assert client.post(confirm, {"row": rows}, follow=True).status_code == 200
        batch.refresh_from_db()
        if rows:
            assert batch.state == BatchState.SAVED
            assert len(list_of_people()) == len(before) + batch.preview["counts"]["created"]
            undo = reverse("contact_import_undo", args=[batch.pk])
            assert client.post(undo, follow=True).status_code == 200
            assert list_of_people() == before
    return batch


def list_of_people() -> list[str]:
    return table_dump()["contacts.Contact"]


@SLOW
@given(data=st.binary(max_size=400))
def test_answers_any_bytes(data, ana_client):
    import_it(ana_client, data)


@SLOW
@given(rows=st.lists(st.lists(cells, min_size=6, max_size=8), min_size=1, max_size=4))
def test_takes_any_text_in_the_columns_of_linkedin(rows, ana_client):
    written = [
        ",".join('"' + cell.replace('"', '""') + '"' for cell in row)
        for row in ([*LINKEDIN, "Connected On"], *rows)
    ]

    import_it(ana_client, "\n".join(written).encode())


@SLOW
@given(values=st.lists(cells, min_size=6, max_size=6))
def test_takes_any_text_in_the_properties_of_a_card(values, ana_client):
    names = ("FN", "N", "ORG", "EMAIL", "TEL", "NOTE")
    lines = (f"{name}:{value}" for name, value in zip(names, values, strict=True))

    import_it(ana_client, cards("|".join(lines)))


@SLOW
@given(
    whole=st.sampled_from([*WHOLE, linkedin("Ana|Lee|ana-lee|ana@lee.example|Loom|Boss")]),
    at=st.floats(0, 1, exclude_max=True),
    junk=st.binary(min_size=1, max_size=20),
)
def test_survives_damage_anywhere_in_a_file(whole, at, junk, ana_client):
    place = int(at * len(whole))

    import_it(ana_client, whole[:place] + junk + whole[place + len(junk) :])


@SLOW
@given(answers=st.dictionaries(st.sampled_from(["row", "same-2", "same-3", "x"]), cells))
def test_takes_any_answers(answers, ana_client):
    data = linkedin("Ana|Lee|ana-lee", "Ben|Ray")
    ana_client.post(reverse("contact_import"), {"file": SimpleUploadedFile("c.csv", data)})
    batch = ImportBatch.objects.latest("pk")

    confirm = reverse("contact_import_confirm", args=[batch.pk])

    assert ana_client.post(confirm, answers).status_code == 302
    json.dumps(ImportBatch.objects.get(pk=batch.pk).choices)
