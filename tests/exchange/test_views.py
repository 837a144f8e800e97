"""The administrators' pages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from apps.exchange import views
from apps.exchange.models import ImportRun, State
from apps.exchange.tasks import work_on_waiting_imports
from apps.students.models import Student
from tests.exchange.factories import PROBLEM, ImportRunFactory

pytestmark = pytest.mark.django_db


def page(client, run):
    response = client.get(reverse("import_detail", args=[run.pk]))
    assert response.status_code == 200
    return response.content.decode()


def choose(client, content: bytes, name: str = "fall.zip"):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("import_upload"), {"workbook": file})


def test_leads_from_the_file_to_the_saved_term(administrator_client, administrator, book):
    response = choose(administrator_client, book.to_upload().content)
    run = ImportRun.objects.get()
    assert response.url == reverse("import_detail", args=[run.pk])
    assert (run.created_by, run.file_name) == (administrator, "fall.zip")
    assert "Waiting to be checked" in page(administrator_client, run)

    work_on_waiting_imports()
    checked = page(administrator_client, run)
    assert "Import 16 rows" in checked
    assert Student.objects.count() == 0

    administrator_client.post(reverse("import_confirm", args=[run.pk]))
    assert "Waiting to be saved" in page(administrator_client, run)

    work_on_waiting_imports()
    saved = page(administrator_client, run)
    assert "Fall 2025 is in" in saved
    assert reverse("report", args=["2025-fall"]) in saved
    assert Student.objects.count() == 3


def test_says_that_a_known_workbook_would_change_nothing(administrator_client, bring_in, book):
    bring_in(book)
    choose(administrator_client, book.to_upload().content)

    work_on_waiting_imports()

    checked = page(administrator_client, ImportRun.objects.get())
    assert "Importing it would change nothing" in checked
    assert "import_confirm" not in checked


def test_shows_each_problem_with_its_place_and_remedy(administrator_client, book):
    book.put("contacts", 2, "name", "<script>\x00")
    book.put("contacts", 3, "listed_on", "<b>soon</b>")
    choose(administrator_client, book.to_upload().content)

    work_on_waiting_imports()

    refused = page(administrator_client, ImportRun.objects.get())
    for words in ("needs another look", "listed_on", "&lt;b&gt;soon&lt;/b&gt;", "like 2025-09-02"):
        assert words in refused
    assert "<b>soon" not in refused


def test_spreads_many_problems_over_pages(administrator_client):
    problems = [{**PROBLEM, "row": row} for row in range(2, 252)]
    run = ImportRunFactory(refused=True, problems=problems, problem_count=12_000)
    url = reverse("import_detail", args=[run.pk])

    last = administrator_client.get(url, {"page": 3}).content.decode()

    assert 'data-l="Row">251<' in last
    assert 'data-l="Row">202<' in last
    assert 'data-l="Row">201<' not in last
    assert "12,000 in all" in last
    assert "the first 250 problems" in last


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "This file is empty"), (b"x" * 2000, "larger than"), (None, "Choose a file first")],
)
def test_asks_for_a_proper_file(content, words, administrator_client, settings):
    settings.IMPORT_MAX_BYTES = 1500
    files = {} if content is None else {"workbook": SimpleUploadedFile("w.zip", content)}

    response = administrator_client.post(reverse("import_upload"), files)

    assert words in response.content.decode()
    assert not ImportRun.objects.exists()


def test_takes_a_file_with_a_strange_name(administrator_client, book):
    choose(administrator_client, book.to_upload().content, "../<x>" + "ü" * 300 + ".zip")

    run = ImportRun.objects.get()
    assert "&lt;x&gt;" in page(administrator_client, run)
    assert len(run.file_name) <= 255


def test_tells_the_waiting_page_how_far_it_is_and_when_to_load_again(administrator_client):
    run = ImportRunFactory(step="Reading contacts", steps_done=2, steps_total=9)
    url = reverse("import_progress", args=[run.pk])

    waiting = administrator_client.get(url)
    assert "Reading contacts. Step 3 of 9." in waiting.content.decode()
    assert 'value="2"' in waiting.content.decode()
    assert "HX-Refresh" not in waiting.headers

    work_on_waiting_imports()
    assert administrator_client.get(url).headers["HX-Refresh"] == "true"


@pytest.mark.parametrize(
    ("trait", "words"),
    [
        ("checked", "Check before importing"),
        ("waiting_save", "Importing"),
        ("refused", "needs another look"),
        ("saved", "is in"),
        ("failed", "on our side"),
        ("discarded", "Discarded"),
    ],
)
def test_has_words_for_every_state(trait, words, administrator_client):
    run = ImportRunFactory(**{trait: True})

    assert words in page(administrator_client, run)
    assert (
        run.get_state_display() in administrator_client.get(reverse("import_list")).content.decode()
    )


def test_discards_and_says_so(administrator_client):
    run = ImportRunFactory(checked=True)

    response = administrator_client.post(reverse("import_discard", args=[run.pk]), follow=True)

    assert "Discarded." in response.content.decode()
    assert ImportRun.objects.get().state == State.DISCARDED


@pytest.mark.parametrize("name", ["import_confirm", "import_discard"])
def test_says_when_it_is_too_late(name, administrator_client):
    run = ImportRunFactory(saved=True)

    response = administrator_client.post(reverse(name, args=[run.pk]), follow=True)

    assert response.redirect_chain[-1][0] == reverse("import_detail", args=[run.pk])
    assert ImportRun.objects.get().state == State.SAVED


def test_lists_the_latest_runs_without_reading_their_files(
    administrator_client, django_assert_max_num_queries, monkeypatch
):
    monkeypatch.setattr(views, "RUNS_SHOWN", 3)
    ImportRunFactory.create_batch(5, checked=True)

    with django_assert_max_num_queries(8) as captured:
        listed = administrator_client.get(reverse("import_list")).content.decode()

    assert listed.count("fall.zip") == 3
    assert not any('"content"' in query["sql"] for query in captured.captured_queries)


@pytest.mark.parametrize("client", ["ana_client", "counselor_client"])
def test_is_closed_to_everybody_else(client, request):
    run = ImportRunFactory(checked=True)
    visitor = request.getfixturevalue(client)

    for name in ("import_detail", "import_progress"):
        assert visitor.get(reverse(name, args=[run.pk])).status_code == 403
    for name in ("import_confirm", "import_discard"):
        assert visitor.post(reverse(name, args=[run.pk])).status_code == 403
    assert ImportRun.objects.get().state == State.CHECKED


def test_does_not_know_a_run_that_is_not_there(administrator_client):
    assert administrator_client.get(reverse("import_detail", args=[999])).status_code == 404
