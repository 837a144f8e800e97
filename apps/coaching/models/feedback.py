from typing import TypedDict

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import TruncDate

from apps.accounts.models import User
from apps.common.models import Row
from apps.contacts.models import Contact
from apps.meetings.models import Meeting
from apps.outreach.models import NoteKind
from apps.students.models import Cohort, Enrolment, Student, institution_zone


class Rubric(Row):
    """What a counselor looks for in a piece of work; its words stand in versions."""

    name = models.CharField(max_length=100, unique=True)
    made_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="rubrics"
    )
    is_retired = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"rubric {self.pk}"


class Level(TypedDict):
    label: str
    points: int


class Criterion(TypedDict):
    """One thing to look for. `says` holds a sentence for each level, in their order, or ""."""

    key: str
    name: str
    weight: int
    says: list[str]


class RubricVersion(Row):
    """A rubric from one day on. `levels` stand in order, the least first.

    Never changed once published, since what came back names it: the database refuses it.
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


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def for_counselor(self, user: User) -> "SubmissionQuerySet":
        """Return what is handed in to `user`: by their classes, while the term of the class runs.

        Nothing that was taken back, and nothing of their own.
        """
        asked_of = Enrolment.objects.filter(
            Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=OuterRef("handed_in_on")),
            student=OuterRef("student"),
            cohort__in=Cohort.objects.visible_to(user),
            cohort__term__starts_on__lte=OuterRef("handed_in_on"),
            cohort__term__closes_on__gte=OuterRef("handed_in_on"),
        )
        return (
            self.alias(handed_in_on=TruncDate("handed_in_at", tzinfo=institution_zone()))
            .filter(Exists(asked_of), withdrawn_at__isnull=True)
            .exclude(student__user=user)
        )

    def waiting(self) -> "SubmissionQuerySet":
        """Return what nothing has come back on yet."""
        return self.filter(returned_at__isnull=True, withdrawn_at__isnull=True)


class Submission(Row):
    """A piece of work as the student handed it in, and what came back.

    `content` is a copy, `[{"heading": str, "text": str}, …]`, without what is private: a counselor
    reads what was handed in, never what is being written. A second hand-in of the same piece is a
    row of its own with the next `round`. Until somebody begins to read it (`read_at`) it can be
    taken back. `scores` are places of levels, counted from 0, by criterion key.

    Once the contact is erased, the words are blanked by the database itself.
    """

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="submissions")
    piece = models.CharField(max_length=20, choices=Piece)
    meeting = models.ForeignKey(
        Meeting,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="submissions",
        db_constraint=False,  # the composite key (meeting, student) stands in its place
    )
    contact = models.ForeignKey(
        Contact,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="submissions",
        db_constraint=False,  # the composite key (contact, student) stands in its place
    )
    note_kind = models.CharField(max_length=20, choices=NoteKind, blank=True)
    round = models.PositiveSmallIntegerField(default=1)
    content = models.JSONField()
    word = models.CharField(
        max_length=500, blank=True, verbose_name="What you would like to know about it"
    )
    handed_in_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    read_at = models.DateTimeField(null=True, blank=True)
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

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(piece=Piece.DRAFT, contact__isnull=False, meeting__isnull=True)
                & Q(note_kind__in=NoteKind.values)
                | Q(piece__in=[Piece.PREP_SHEET, Piece.DEBRIEF], meeting__isnull=False)
                & Q(contact__isnull=True, note_kind=""),
                name="coaching_submission_is_of_one_piece",
            ),
            models.UniqueConstraint(
                fields=["meeting", "piece", "round"],
                condition=Q(meeting__isnull=False),
                name="coaching_submission_of_a_meeting_once_per_round",
            ),
            # Not by round: two people who turn out to be one may bring a first round each.
            models.UniqueConstraint(
                fields=["contact", "note_kind", "handed_in_at"],
                condition=Q(contact__isnull=False),
                name="coaching_submission_of_a_draft_once",
            ),
            models.CheckConstraint(
                condition=Q(read_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="coaching_submission_stays_once_read",
            ),
            models.CheckConstraint(
                condition=Q(returned_at__isnull=True) | Q(read_at__isnull=False),
                name="coaching_submission_read_before_it_returns",
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

    @property
    def person(self) -> Contact:
        """Whom the note is to, or whom the meeting is with."""
        contact = self.contact or (self.meeting.contact if self.meeting else None)
        assert contact is not None  # a piece is about one or the other
        return contact

    def earlier_rounds(self) -> SubmissionQuerySet:
        """Return what was handed in of the same piece before, the latest first."""
        rows = Submission.objects.filter(
            student=self.student_id,
            piece=self.piece,
            meeting=self.meeting_id,
            contact=self.contact_id,
            note_kind=self.note_kind,
            withdrawn_at__isnull=True,
            handed_in_at__lt=self.handed_in_at,
        )
        rows = rows.select_related("rubric_version__rubric", "returned_by")
        return rows.order_by("-round", "-pk")

    @property
    def is_waiting(self) -> bool:
        return self.returned_at is None and self.withdrawn_at is None

    @property
    def can_be_taken_back(self) -> bool:
        return self.is_waiting and self.read_at is None


class QuestionQuerySet(models.QuerySet["Question"]):
    def for_counselor(self, user: User) -> "QuestionQuerySet":
        """Return what the classes of `user` ask, but for questions of their own."""
        return self.filter(cohort__in=Cohort.objects.visible_to(user)).exclude(student__user=user)

    def waiting(self) -> "QuestionQuerySet":
        return self.filter(answered_at__isnull=True)


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

    objects = QuestionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="")
                | Q(answered_at__isnull=False) & ~Q(answer=""),
                name="coaching_question_answered_or_not",
            ),
            models.CheckConstraint(
                condition=Q(seen_at__isnull=True) | Q(answered_at__isnull=False),
                name="coaching_question_seen_once_answered",
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked_at"],
                condition=Q(answered_at__isnull=True),
                name="coaching_question_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"question {self.pk}"
