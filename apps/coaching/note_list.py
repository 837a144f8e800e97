"""The only two ways to notes: one's own, and those in a student's record.

`tests/coaching/test_note_secrecy.py` makes sure that nothing else asks for them.
"""

from django.db.models import Q, QuerySet

from apps.accounts.models import User
from apps.coaching.models import Note
from apps.students.models import Student


def own_notes(author: User, student: Student) -> QuerySet[Note]:
    """Return what one person wrote about a student, the latest first."""
    own = Note.objects.written_by(author).filter(student=student)
    return own.select_related("author").order_by("-written_at", "-pk")


def shared_notes(student: Student) -> QuerySet[Note]:
    """Return the notes in a student's record, the latest first."""
    shared = Note.objects.shared().filter(student=student)
    return shared.select_related("author").order_by("-shared_at", "-pk")


def notes_for(user: User, student: Student) -> QuerySet[Note]:
    """Return what a counselor of the student sees: their own notes and those in the record."""
    seen = Note.objects.filter(Q(author=user) | Q(shared_at__isnull=False), student=student)
    return seen.select_related("author").order_by("-written_at", "-pk")
