"""A counselor's notes about a student: a memory aid of their own until they share it.

The log says that a note was shared, by whom and about which student; never what it says, and of
a note that is not shared, nothing at all.
"""

from datetime import datetime

import structlog
from django.db import transaction

from apps.accounts.models import User
from apps.coaching.models import Note
from apps.students.models import Student

log = structlog.get_logger(__name__)


class SharedForGood(Exception):
    """A shared note is part of the student's record: it is not changed or removed any more."""


def write_note(*, student: Student, author: User, text: str, now: datetime) -> Note:
    """Write a note that nobody but its author can see."""
    return Note.objects.create(student=student, author=author, text=text, written_at=now)


@transaction.atomic
def edit_note(*, note: Note, text: str) -> Note:
    """Say it in other words. Raises SharedForGood."""
    note = _own(note)
    note.text = text
    note.save(update_fields=["text"])
    return note


@transaction.atomic
def remove_note(*, note: Note) -> None:
    """Let a note go for good. Raises SharedForGood."""
    _own(note).delete()


@transaction.atomic
def share_note(*, note: Note, now: datetime) -> Note:
    """Make a note part of the student's record, for good. The first time counts."""
    note = Note.objects.select_for_update().get(pk=note.pk)
    if note.shared_at is None:
        note.shared_at = now
        note.save(update_fields=["shared_at"])
        log.info("note shared", note=note.pk, by=note.author_id, student=note.student_id)
    return note


def _own(note: Note) -> Note:
    note = Note.objects.select_for_update().get(pk=note.pk)
    if note.shared_at is not None:
        raise SharedForGood
    return note
