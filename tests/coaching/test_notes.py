"""A note is its author's memory aid until they share it; then it is the student's record."""

import pytest
from django.test import Client

from apps.accounts.models import User
from apps.coaching.actions.notes import SharedForGood, edit_note, remove_note, share_note
from apps.coaching.models import Note
from apps.coaching.note_list import notes_for
from apps.students.models import Cohort, Student
from tests.accounts.factories import UserFactory
from tests.clock import NOW, ago
from tests.coaching.factories import NoteFactory
from tests.constraints import refused_by

pytestmark = pytest.mark.django_db


def test_a_counselor_writes_changes_and_removes_one(
    ana: Student, counselor: User, counselor_client: Client
) -> None:
    url = f"/students/{ana.pk}/notes/"
    page = counselor_client.post(url, {"text": "Ask about the move."}, follow=True).content.decode()
    assert "Only you see it" in page
    note = Note.objects.get()
    assert (note.author, note.student, note.shared_at) == (counselor, ana, None)
    counselor_client.post(f"/student-notes/{note.pk}/", {"text": "Ask about the job."})
    page = counselor_client.get(url).content.decode()
    assert "Ask about the job." in page
    assert "Only you see this" in page
    counselor_client.post(f"/student-notes/{note.pk}/remove/")
    assert not Note.objects.exists()
    assert counselor_client.post(url, {"text": ""}).status_code == 200


def test_sharing_is_a_step_of_its_own(
    ana: Student,
    ana_client: Client,
    counselor: User,
    counselor_client: Client,
    caplog: pytest.LogCaptureFixture,
) -> None:
    note = NoteFactory(student=ana, author=counselor)
    assert "None" in ana_client.get("/record/notes/").content.decode()
    counselor_client.post(f"/student-notes/{note.pk}/share/")  # without the tick
    note.refresh_from_db()
    assert note.shared_at is None
    caplog.set_level("INFO")
    counselor_client.post(f"/student-notes/{note.pk}/share/", {"sure": "yes"})
    assert "note shared" in caplog.text
    assert "tired" not in caplog.text
    note.refresh_from_db()
    assert note.shared_at == NOW
    page = ana_client.get("/record/notes/").content.decode()
    assert note.text in page
    assert counselor.name in page


def test_a_shared_note_stays_as_it_is(
    ana: Student, counselor: User, counselor_client: Client
) -> None:
    note = NoteFactory(student=ana, author=counselor, shared=True)
    with pytest.raises(SharedForGood):
        edit_note(note=note, text="Nothing.")
    with pytest.raises(SharedForGood):
        remove_note(note=note)
    assert share_note(note=note, now=NOW).shared_at == note.written_at  # the first time counts
    for url, data in (("", {"text": "Nothing."}), ("remove/", {})):
        page = counselor_client.post(f"/student-notes/{note.pk}/{url}", data, follow=True)
        assert "stays as it is" in page.content.decode()
    assert Note.objects.get().text == note.text


def test_colleagues_see_what_is_shared(ana: Student, counselor: User, cohort: Cohort) -> None:
    colleague = UserFactory(counselor=True)
    cohort.counselors.add(colleague)
    own = NoteFactory(student=ana, author=counselor, written_at=ago(days=1))
    shared = NoteFactory(student=ana, author=counselor, shared=True)
    assert list(notes_for(counselor, ana)) == [own, shared]
    assert list(notes_for(colleague, ana)) == [shared]


def test_it_cannot_be_shared_before_it_is_written(ana: Student) -> None:
    with refused_by("coaching_note_shared_after_it_was_written"):
        NoteFactory(student=ana, written_at=NOW, shared_at=ago(days=1))
