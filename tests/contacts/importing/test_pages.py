"""The student's pages about importing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from apps.contacts.actions.person import edit_contact
from apps.contacts.importing import preview
from apps.contacts.models import BatchState, ImportBatch
from apps.contacts.tasks import work_on_waiting_contact_imports
from tests.clock import NOW
from tests.contacts.factories import ContactFactory, ImportBatchFactory
from tests.contacts.importing.contact_files import cards, linkedin
from tests.meetings.factories import MeetingFactory

pytestmark = pytest.mark.django_db

FILE = linkedin("Ana|Lee|ana-lee|ana@lee.example|Loom", "Ben|Ray|ben-ray||Kite", "||||Oak")


def choose(client, data=FILE, name="Connections.csv"):
    response = client.post(reverse("contact_import"), {"file": SimpleUploadedFile(name, data)})
    assert response.status_code == 302, response.content.decode()
    return ImportBatch.objects.order_by("-pk").first()


def url(name, batch):
    return reverse(f"contact_import_{name}", args=[batch.pk])


def page(client, batch):
    response = client.get(url("detail", batch))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def confirm(client, batch, **choices):
    return client.post(url("confirm", batch), choices, follow=True)


def test_leads_from_the_file_to_the_list_and_back(ana_client, ana):
    batch = choose(ana_client)

    checked = page(ana_client, batch)
    assert "Check before importing" in checked
    assert "Connections.csv, 3 rows. Nothing is saved until you say so." in checked
    assert "A LinkedIn export: column names found on line 1." in checked
    assert "This row has no name." in checked
    assert not ana.contacts.exists()

    saved = confirm(ana_client, batch, row=[2, 3]).content.decode()
    assert "Your contacts are in" in saved
    assert ana.contacts.count() == 2

    undone = ana_client.post(url("undo", batch), follow=True).content.decode()
    assert "The import is undone" in undone
    assert not ana.contacts.exists()


def test_imports_only_those_who_stay_ticked(ana_client, ana):
    batch = choose(ana_client)

    saved = confirm(ana_client, batch, row=[3]).content.decode()

    assert list(ana.contacts.values_list("name", flat=True)) == ["Ben Ray"]
    assert "You left out 1 person." in saved


def test_wants_at_least_one_person(ana_client, ana):
    batch = choose(ana_client)

    told = confirm(ana_client, batch).content.decode()

    assert "Choose at least one person" in told
    assert (ImportBatch.objects.get().state, ana.contacts.count()) == (BatchState.CHECKED, 0)


@pytest.mark.parametrize("row", ["x", "-1", "9" * 30, "٣"])
def test_is_not_upset_by_rows_that_are_none(row, ana_client, ana):
    batch = choose(ana_client)

    assert confirm(ana_client, batch, row=["2", row]).status_code == 200


def test_shows_what_is_new_updated_unchanged_and_asks_about_names(ana_client, ana):
    ContactFactory(student=ana, name="Ana Lee", email="ana@lee.example", organization="")
    wen = ContactFactory(
        student=ana, name="Wen Li", job_title="Manager", organization="Symphony", email=""
    )
    sofia = ContactFactory(
        student=ana, name="Sofia Lund", job_title="Planner", organization="", email=""
    )
    data = linkedin(
        "Ana|Lee|ana-lee|ana@lee.example", "Wen|Li|wen-li||Osprey|Lead", "Sofia|Lund|s-l|||Planner"
    )
    batch = choose(ana_client, data)

    checked = page(ana_client, batch)
    assert "Updated: given and family name, link, how you know them" in checked
    assert "In the file: Lead, Osprey" in checked
    assert "On your list: Manager, Symphony" in checked
    assert "On your list: the same" in checked
    assert 'name="same-3" value="two" checked' in checked
    assert 'name="same-4" value="same" checked' in checked

    confirm(ana_client, batch, row=[2, 3, 4], **{"same-3": "same", "same-4": "two"})

    wen.refresh_from_db()
    sofia.refresh_from_db()
    assert wen.links == ["https://www.linkedin.com/in/wen-li"]
    assert (sofia.links, ana.contacts.filter(name="Sofia Lund").count()) == ([], 2)


def test_asks_though_nothing_else_is_new(ana_client, ana):
    """The same name, role and place: as it looks nothing would change, yet they may be two."""
    ContactFactory(
        student=ana,
        name="Sofia Lund",
        given_name="Sofia",
        family_name="Lund",
        job_title="Planner",
        organization="",
        how_known="At the pool",
    )
    batch = choose(ana_client, linkedin("Sofia|Lund||||Planner"))
    assert "You decide" in page(ana_client, batch)

    confirm(ana_client, batch, **{"same-2": "two"})

    assert ana.contacts.filter(name="Sofia Lund").count() == 2


def test_says_that_there_is_nothing_to_do(ana_client, bring_in, ana):
    bring_in(FILE)
    batch = choose(ana_client)

    checked = page(ana_client, batch)

    assert "All of them are on your list already, exactly like this." in checked
    assert "Import these people" not in checked


def test_explains_that_an_older_file_replaces_nothing(ana_client, bring_in):
    bring_in(linkedin("Ana|Lee|ana-lee||Loom", connected="07 Feb 2022"))
    batch = choose(ana_client, linkedin("Ana|Lee|ana-lee||Kite", connected="06 Feb 2022"))

    checked = page(ana_client, batch)

    assert "What you wrote yourself is never replaced." in checked
    assert "Of 1 person your list says something else than the file, which is no newer" in checked


def test_shows_columns_and_what_is_left_out_of_rows(ana_client):
    batch = choose(ana_client, linkedin("Ana|Lee|ana-lee||Loom|Boss|31 Feb 2023"))

    checked = page(ana_client, batch)

    assert "First Name</th><td" in checked
    assert "Given name" in checked
    assert "How you know them" in checked
    assert "The date of connection cannot be read" in checked
    assert "31 Feb 2023" in checked


def test_has_no_columns_for_cards(ana_client):
    batch = choose(ana_client, cards("FN:Ana Lee|EMAIL:ana@lee.example"), "book.vcf")

    assert "In the file</th>" not in page(ana_client, batch)


def test_speaks_of_many_names_and_of_missing_addresses(ana_client):
    data = linkedin(*(f"Ana|Lee {number}|ana-{number}" for number in range(61)))

    checked = page(ana_client, choose(ana_client, data))

    assert "61 names are a lot" in checked
    assert "E-mail is missing for 61" in checked


def test_imports_all_where_there_are_too_many_to_choose_from(ana_client, ana, monkeypatch):
    monkeypatch.setattr(preview, "MOST_LISTED", 1)
    batch = choose(ana_client, linkedin("Ana|Lee", "Ben|Ray", "|", "|||x@y.example", "||||Oak"))

    checked = page(ana_client, batch)
    assert "Import 2 people" in checked
    assert 'type="checkbox"' not in checked
    assert "The first 1 of 3." in checked

    confirm(ana_client, batch)
    assert ana.contacts.count() == 2


def test_shows_only_text_of_what_a_file_says(ana_client):
    evil = "<script>alert(1)</script>"
    batch = choose(
        ana_client, linkedin(f"{evil}|{evil}|{evil}||{evil}|{evil}", f"|||{evil}|{evil}"), evil
    )

    checked = page(ana_client, batch)
    saved = confirm(ana_client, batch, row=[2]).content.decode()

    assert "<script>alert" not in checked + saved
    assert "&lt;script&gt;alert" in checked


def test_refuses_in_words(ana_client):
    batch = choose(ana_client, b"hello", "notes.txt")

    assert "We do not know the columns of this file." in page(ana_client, batch)
    assert "Refused" in ana_client.get(reverse("contact_import")).content.decode()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "This file is empty"),
        (b"x" * 2000, "larger than 5 MB"),
        (None, "Choose a file first"),
    ],
)
def test_asks_for_a_proper_file(content, words, ana_client, monkeypatch):
    monkeypatch.setattr("apps.contacts.forms.imports.MAX_BYTES", 1500)
    files = {} if content is None else {"file": SimpleUploadedFile("w.csv", content)}

    response = ana_client.post(reverse("contact_import"), files)

    assert words in response.content.decode()
    assert not ImportBatch.objects.exists()


def test_takes_a_file_with_a_strange_name(ana_client):
    batch = choose(ana_client, name="../<x>" + "ü" * 240 + ".csv")

    assert len(batch.file_name) <= 200
    confirm(ana_client, batch, row=[2])


def test_names_what_came_after_the_import(ana_client, ana):
    known = ContactFactory(student=ana, name="A. Lee", email="ana@lee.example", organization="")
    batch = choose(ana_client)
    confirm(ana_client, batch, row=[2, 3])
    edit_contact(student=ana, contact=known, details={"organization": "Loom Ltd"}, now=NOW)
    MeetingFactory(contact=ana.contacts.get(name="Ben Ray"))

    undone = ana_client.post(url("undo", batch), follow=True).content.decode()

    assert "A. Lee" in undone
    assert "Edited since, so these stay: organization." in undone
    assert "Ben Ray" in undone
    assert "Used since: something is written down about them." in undone


def test_tells_the_waiting_page_how_far_it_is_and_when_to_load_again(ana_client, ana):
    batch = ImportBatchFactory(student=ana)
    assert "Waiting to be checked" in ana_client.get(url("progress", batch)).content.decode()
    ImportBatch.objects.update(done=1200, total=3000)

    waiting = ana_client.get(url("progress", batch))
    assert "1,200 of 3,000 rows checked" in " ".join(waiting.content.decode().split())
    assert 'value="1200"' in waiting.content.decode()
    assert "HX-Refresh" not in waiting.headers

    ImportBatch.objects.update(done=0, total=0)
    work_on_waiting_contact_imports()
    assert ana_client.get(url("progress", batch)).headers["HX-Refresh"] == "true"


@pytest.mark.parametrize(
    ("trait", "words"),
    [
        ("checked", "Check before importing"),
        ("waiting_save", "Importing"),
        ("saved", "Your contacts are in"),
        ("undone", "The import is undone"),
        ("refused", "needs another look"),
        ("stopped", "on our side"),
        ("discarded", "Discarded"),
    ],
)
def test_has_words_for_every_state(trait, words, ana_client, ana):
    batch = ImportBatchFactory(student=ana, **{trait: True})

    assert words in page(ana_client, batch)
    listed = ana_client.get(reverse("contact_import")).content.decode()
    assert (batch.get_state_display() in listed) == (trait != "discarded")


def test_discards_and_says_so(ana_client, ana):
    batch = ImportBatchFactory(student=ana, checked=True)

    response = ana_client.post(url("discard", batch), follow=True)

    assert "Nothing of the file was kept." in response.content.decode()
    assert ImportBatch.objects.get().state == BatchState.DISCARDED


@pytest.mark.parametrize(
    ("name", "trait"),
    [("confirm", "saved"), ("discard", "saved"), ("undo", "checked"), ("undo", "undone")],
)
def test_says_when_it_is_too_late(name, trait, ana_client, ana):
    batch = ImportBatchFactory(student=ana, **{trait: True})

    response = ana_client.post(url(name, batch), follow=True)

    assert "moved on meanwhile" in response.content.decode()
    assert ImportBatch.objects.get().state == batch.state


def test_lists_own_imports_without_reading_their_files(
    ana_client, ana, ben, django_assert_max_num_queries
):
    ImportBatchFactory(student=ben, checked=True, file_name="theirs.csv")
    for trait in ("saved", "undone", "refused", "checked", "stopped"):
        ImportBatchFactory(student=ana, file_name=f"{trait}.csv", **{trait: True})

    with django_assert_max_num_queries(8) as captured:
        listed = ana_client.get(reverse("contact_import")).content.decode()

    assert "theirs.csv" not in listed
    assert listed.count("contact_import_undo") == 0
    assert listed.count("/undo/") == 1
    assert not any('"data"' in query["sql"] for query in captured.captured_queries)


def test_is_nobody_elses(ben_client, counselor_client, ana):
    batch = ImportBatchFactory(student=ana, checked=True)

    for client, status in ((ben_client, 404), (counselor_client, 403)):
        for name in ("detail", "progress"):
            assert client.get(url(name, batch)).status_code == status
        for name in ("confirm", "discard", "undo"):
            assert client.post(url(name, batch)).status_code == status
    assert counselor_client.get(reverse("contact_import")).status_code == 403
    assert ImportBatch.objects.get().state == BatchState.CHECKED
