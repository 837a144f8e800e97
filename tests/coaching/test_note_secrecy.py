"""Must be shown: a note that is not shared is reached by its author alone, on every road.

The world of the guards has every URL of the product with rows that are all `ana`'s, and people of
every role. A secret stands in a note about her; everybody asks every URL for it, the author too,
and searches for it wherever a page takes notice of what it is asked. All that is one walk over the
pages, for a walk takes a while.
"""

import ast
import json
import logging
from dataclasses import replace
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.http import HttpResponse

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.coaching.models import Note
from apps.students.models import Cohort, Student
from tests.accounts.factories import UserFactory
from tests.clock import ago
from tests.coaching.factories import NoteFactory
from tests.guards.pages import World, make_pages, make_people, url_patterns
from tests.guards.project import python_files, short

pytestmark = pytest.mark.django_db

SECRET = "sole-possession-7c1f"
BESIDE_IT = "seemed tired"
"""What the note says besides: a page may well repeat the words that somebody searched for."""
SEARCH = dict.fromkeys(("q", "search", "name", "person", "tag", "text", "show"), SECRET)
OWN = {"student_notes", "note_edit", "class_student"}
"""The author's own pages. Everything else is silent, to the author as well."""


def said(response: HttpResponse) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    headers = "\n".join(f"{name}: {value}" for name, value in response.items())
    return f"{headers}\n{content.decode('utf-8', 'replace')}"


@pytest.fixture
def world(
    now: object, ana: Student, ben: Student, cohort: Cohort, counselor: User, other_counselor: User
) -> World:
    people = make_people(
        ana=ana, ben=ben, cohort=cohort, counselor=counselor, other_counselor=other_counselor
    )
    worker = UserFactory(roles=[Role.STUDENT_WORKER])
    cohort.workers.add(worker)
    return World(make_pages(ana=ana, cohort=cohort), {**people, "worker": worker})


@pytest.fixture
def note(ana: Student, counselor: User) -> Note:
    return NoteFactory(student=ana, author=counselor, text=f"{SECRET} {BESIDE_IT}")


def rows_that_say_it() -> set[str]:
    """Return the tables in which the secret stands, whatever the column."""
    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        found = set()
        for table in tables:
            cursor.execute(
                f'SELECT count(*) FROM "{table}" t WHERE to_json(t)::text LIKE %s', [f"%{SECRET}%"]
            )
            if cursor.fetchone()[0]:
                found.add(table)
        return found


def search(world: World, label: str, who: str) -> str:
    """Ask a page again, with the secret under every name by which a page could be searched."""
    page = world.pages[label]
    searching = replace(world, pages={label: replace(page, data={**page.data, **SEARCH})})
    return said(searching.ask("GET", label, who))


def looked_at_its_query(answer: HttpResponse) -> bool:
    """Return whether anything read `request.GET`, which Django keeps from then on.

    A page that never did says the same whatever it is searched for.
    """
    return "GET" in answer.wsgi_request.__dict__


def test_no_url_tells_anybody_else(
    world: World, note: Note, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    assert set(url_patterns()) <= {label.split()[0] for label in world.pages}
    assert len(world.people) >= 8
    told: set[tuple[str, str]] = set()
    searched: set[str] = set()
    for label in world.pages:
        for who in world.people:
            answer = world.ask("GET", label, who)
            texts = [said(answer)]
            if looked_at_its_query(answer):
                searched.add(label)
                texts.append(search(world, label, who).replace(SECRET, ""))  # what it was asked
            if who != "counselor":
                texts.append(said(world.ask("POST", label, who)))
            if any(needle in text for needle in (SECRET, BESIDE_IT) for text in texts):
                told.add((label, who))
    assert {who for _, who in told} == {"counselor"}, told
    assert {label.split()[0] for label, _ in told} <= OWN
    assert ("student_notes", "counselor") in told
    assert {"contact_list", "meeting_list", "class_board", "feedback_queue"} <= searched
    assert rows_that_say_it() == {"coaching_note"}
    assert SECRET not in caplog.text
    assert SECRET not in "".join(capsys.readouterr())


@pytest.mark.parametrize(
    ("who", "finds_it"), [("counselor", True), ("both", False), ("admin", False)]
)
def test_the_record_shows_it_to_its_author_only(
    world: World, note: Note, who: str, finds_it: bool
) -> None:
    world.ask("POST", "class_student", who)  # with a reason; without one the page tells nothing
    page = said(world.ask("GET", "class_student", who))
    assert "Write a note" in page
    assert (SECRET in page) is finds_it


@pytest.mark.parametrize("who", ["ana", "another", "admin", "both", "ben"])
def test_its_own_addresses_answer_as_if_it_were_not_there(
    world: World, note: Note, who: str
) -> None:
    client = world._client_of(who)
    for path in ("", "remove/", "share/"):
        url = f"/student-notes/{note.pk}/{path}"
        for response in (client.get(url), client.post(url, {"text": "Mine", "sure": "yes"})):
            assert response.status_code in (403, 404, 405)
    note.refresh_from_db()
    assert SECRET in note.text
    assert note.shared_at is None
    missing = client.get(f"/student-notes/{note.pk + 999}/").status_code
    assert client.get(f"/student-notes/{note.pk}/").status_code == missing


def test_no_command_prints_it(ana: Student, note: Note) -> None:
    out = StringIO()
    assert ana.user
    call_command("next_steps", ana.user.email, "--json", stdout=out)
    assert SECRET not in out.getvalue()
    assert json.loads(out.getvalue()) is not None


def test_there_is_no_admin_site_and_no_api_beside_the_pages() -> None:
    assert "django.contrib.admin" not in settings.INSTALLED_APPS
    assert not any("admin" in name for name in url_patterns())
    assert "rest_framework" not in settings.INSTALLED_APPS


def test_once_shared_the_student_reads_it(world: World, note: Note) -> None:
    """The same search does find what it looks for."""
    Note.objects.update(shared_at=ago(days=1))
    assert SECRET in said(world.ask("GET", "record_notes", "ana"))
    assert SECRET not in said(world.ask("GET", "record_notes", "ben"))


def uses_of_notes(source: str) -> bool:
    """Return whether some code reaches for the table of notes."""
    return any(
        (isinstance(node, ast.Attribute) and ast.unparse(node) == "Note.objects")
        or (isinstance(node, ast.Constant) and node.value in ("coaching_note", "coaching.Note"))
        for node in ast.walk(ast.parse(source))
    )


def test_few_lines_reach_for_notes_at_all() -> None:
    """Whoever adds one more has to come by here, and say why nobody else can read it."""
    files = [file for file in python_files("apps", "careerhub") if file.parent.name != "migrations"]
    assert {short(file) for file in files if uses_of_notes(file.read_text())} == {
        "apps/coaching/access.py",
        "apps/coaching/actions/notes.py",
        "apps/coaching/note_list.py",
    }
    assert uses_of_notes("Note.objects.all()")
    related = [relation for model in (Student, User) for relation in model._meta.get_fields()]
    assert Note not in {getattr(field, "related_model", None) for field in related}
