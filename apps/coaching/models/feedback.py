from django.db import models
from django.db.models import F, Q

from apps.accounts.models import User
from apps.common.models import Row, one_of
from apps.contacts.models import Contact
from apps.meetings.models import Meeting
from apps.outreach.models import NoteKind
from apps.students.models import Cohort, Student


class Rubric(Row):
    """What a counselor looks for in a piece of work; its words stand in versions."""

    name = models.CharField(max_length=100, unique=True)
    made_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="rubrics"
    )
    is_retired = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"rubric {self.pk}"


class RubricVersion(Row):
    """A rubric from one day on. Never changed once a piece was scored by it.

    `levels` are `{"label": str, "points": int}`, the least first. `criteria` are `{"key": str,
    "name": str, "weight": int, "says": [str, …]}` with one sentence for each level.
    """

    rubric = models.ForeignKey(Rubric, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    levels = models.JSONField()
    criteria = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["rubric", "number"], name="coaching_rubricversion_number_once"
            ),
        ]

    def __str__(self) -> str:
        return f"rubric version {self.pk}"


class Piece(models.TextChoices):
    """What a student can hand in for a word about it."""

    DRAFT = "draft", "Draft of a note"
    PREP_SHEET = "prep_sheet", "Preparation"
    DEBRIEF = "debrief", "Debrief"


class Submission(Row):
    """A piece of work as the student handed it in, and what came back.

    `content` is a copy, `[{"heading": str, "text": str}, …]`, without what is private: a counselor
    reads what was handed in, never what is being written. A second hand-in of the same piece is a
    row of its own with the next `round`. `scores` are level numbers by criterion key.
    """

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="submissions")
    piece = models.CharField(max_length=20, choices=Piece)
    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, null=True, blank=True, related_name="submissions"
    )
    contact = models.ForeignKey(
        Contact, on_delete=models.CASCADE, null=True, blank=True, related_name="submissions"
    )
    note_kind = models.CharField(max_length=20, choices=NoteKind, blank=True)
    round = models.PositiveSmallIntegerField(default=1)
    content = models.JSONField()
    word = models.CharField(
        max_length=500, blank=True, verbose_name="What you would like to know about it"
    )
    handed_in_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    rubric_version = models.ForeignKey(
        RubricVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="submissions"
    )
    scores = models.JSONField(default=dict, blank=True)
    comment = models.TextField(max_length=4000, blank=True)
    is_to_be_revised = models.BooleanField(default=False)
    returned_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="returned_submissions"
    )
    returned_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            one_of("piece", Piece, table="coaching_submission"),
            models.CheckConstraint(
                condition=Q(piece=Piece.DRAFT, contact__isnull=False, meeting__isnull=True)
                & ~Q(note_kind="")
                | Q(piece__in=[Piece.PREP_SHEET, Piece.DEBRIEF], meeting__isnull=False)
                & Q(contact__isnull=True, note_kind=""),
                name="coaching_submission_is_of_one_piece",
            ),
            models.UniqueConstraint(
                fields=["meeting", "piece", "round"],
                condition=Q(meeting__isnull=False),
                name="coaching_submission_of_a_meeting_once_per_round",
            ),
            models.UniqueConstraint(
                fields=["contact", "note_kind", "round"],
                condition=Q(contact__isnull=False),
                name="coaching_submission_of_a_draft_once_per_round",
            ),
            models.CheckConstraint(
                condition=Q(returned_at__isnull=True) | Q(returned_at__gte=F("handed_in_at")),
                name="coaching_submission_returned_after_it_came",
            ),
            models.CheckConstraint(
                condition=Q(seen_at__isnull=True) | Q(returned_at__isnull=False),
                name="coaching_submission_seen_once_returned",
            ),
        ]
        indexes = [
            models.Index(
                fields=["handed_in_at"],
                condition=Q(returned_at__isnull=True, withdrawn_at__isnull=True),
                name="coaching_submission_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"submission {self.pk}"


class Question(Row):
    """What a student asks the counselors of a class, with the page it came up on."""

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="questions_asked")
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="questions")
    page = models.CharField(max_length=200, blank=True, help_text="Path of the page, our own only.")
    about = models.CharField(max_length=200, blank=True, help_text="What the page was, in words.")
    text = models.TextField(max_length=2000)
    asked_at = models.DateTimeField()
    answer = models.TextField(max_length=4000, blank=True)
    answered_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="questions_answered"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="")
                | Q(answered_at__isnull=False) & ~Q(answer=""),
                name="coaching_question_answered_or_not",
            ),
        ]

    def __str__(self) -> str:
        return f"question {self.pk}"


class Note(Row):
    """A counselor's note about a student.

    While `shared_at` is empty it is a memory aid of its author, seen by nobody else in any place;
    once shared it is part of the student's record for good (FERPA), which the student may read.
    """

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="counselor_notes")
    author = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notes_written")
    text = models.TextField(max_length=4000)
    written_at = models.DateTimeField()
    shared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(shared_at__isnull=True) | Q(shared_at__gte=F("written_at")),
                name="coaching_note_shared_after_it_was_written",
            ),
        ]

    def __str__(self) -> str:
        return f"note {self.pk}"
