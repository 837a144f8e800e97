from django.db import models
from django.db.models import F, Q

from apps.accounts.models import User
from apps.common.models import Row
from apps.students.models import Student


class NoteQuerySet(models.QuerySet["Note"]):
    def written_by(self, author: User) -> "NoteQuerySet":
        """Return somebody's own notes: the one way to those that are not shared."""
        return self.filter(author=author)

    def shared(self) -> "NoteQuerySet":
        return self.filter(shared_at__isnull=False)


class Note(Row):
    """A counselor's note about a student.

    While `shared_at` is empty it is a memory aid of its author, seen by nobody else in any place;
    once shared it is part of the student's record for good (FERPA), which the student may read.

    Neither the student nor the author leads to it: whoever wants notes has to ask for them here.
    """

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=4000)
    written_at = models.DateTimeField()
    shared_at = models.DateTimeField(null=True, blank=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(shared_at__isnull=True) | Q(shared_at__gte=F("written_at")),
                name="coaching_note_shared_after_it_was_written",
            ),
        ]

    def __str__(self) -> str:
        return f"note {self.pk}"
