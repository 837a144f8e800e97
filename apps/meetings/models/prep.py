from dataclasses import dataclass

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q

from apps.accounts.models import User
from apps.common.models import Row, one_of
from apps.meetings.models.meeting import Meeting, Status
from apps.students.models import Accomplishment, Student

ENOUGH_QUESTIONS = 3
"""From how many questions on a conversation is prepared: one from each group of the bank."""


class Etiquette(models.TextChoices):
    """What people expect of a visitor, as of somebody they interview."""

    TIME = "time", "I know the time, in their zone, and how to get there or dial in"
    DRESS = "dress", "I know what people there wear"
    PUNCTUAL = "punctual", "I will be there five minutes early"
    END = "end", "I will watch the clock and offer to stop when the time is up"


class Block(models.TextChoices):
    """The four things to prepare."""

    GOALS = "goals", "Goals"
    QUESTIONS = "questions", "Questions"
    RESEARCH = "research", "Research"
    PITCH = "pitch", "Pitch"


class PrepSheet(Row):
    """What a student prepares for one conversation, in four blocks; the questions stand apart.

    `revision` rises with each save, so that a page that is behind cannot write over a newer one.
    """

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="prep_sheet")
    goal_information = models.TextField(blank=True, max_length=2000)
    goal_contacts = models.TextField(blank=True, max_length=2000)
    research_person = models.TextField(blank=True, max_length=2000)
    research_duties = models.TextField(blank=True, max_length=2000)
    research_organization = models.TextField(blank=True, max_length=2000)
    pitch = models.TextField(blank=True, max_length=2000)
    is_pitch_rehearsed = models.BooleanField(default=False)
    accomplishments = models.ManyToManyField(Accomplishment, related_name="prep_sheets", blank=True)
    can_offer = models.TextField(blank=True, max_length=2000)
    leave_behind = models.CharField(max_length=300, blank=True)
    is_leave_behind_requested = models.BooleanField(default=False)
    etiquette = ArrayField(
        models.CharField(max_length=20, choices=Etiquette), default=list, blank=True
    )
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"prep sheet {self.pk}"


class QuestionGroup(models.TextChoices):
    WHO_THEY_ARE = "who_they_are", "Who they are"
    WHY_THEY_DO_IT = "why_they_do_it", "Why they do it"
    WHAT_IT_IS_LIKE = "what_it_is_like", "What it is like there"


class BankQuestionQuerySet(models.QuerySet["BankQuestion"]):
    def of_programme(self) -> "BankQuestionQuerySet":
        return self.filter(student__isnull=True)

    def offered_to(self, student: Student) -> "BankQuestionQuerySet":
        """Return the student's own questions and the programme's, those laid aside left out."""
        return self.filter(Q(student=student) | Q(student__isnull=True), is_retired=False)


class BankQuestion(Row):
    """A question worth asking again: the programme's, or one student's own."""

    student = models.ForeignKey(
        Student, on_delete=models.CASCADE, null=True, blank=True, related_name="bank_questions"
    )
    group = models.CharField(max_length=20, choices=QuestionGroup)
    text = models.CharField(max_length=300)
    is_retired = models.BooleanField(default=False)
    written_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="bank_questions"
    )

    objects = BankQuestionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["student", "text"],
                nulls_distinct=False,
                name="meetings_bankquestion_once",
                violation_error_message="This question is in the bank already.",
            ),
            one_of("group", QuestionGroup, table="meetings_bankquestion"),
        ]

    def __str__(self) -> str:
        return f"question {self.pk} of the bank"


class PlannedQuestionQuerySet(models.QuerySet["PlannedQuestion"]):
    def left_over_for(self, meeting: Meeting) -> "PlannedQuestionQuerySet":
        """Return what the student did not get to ask before, unless it stands on a later sheet.

        The sheet of a conversation that was called off, or never took place, does not count.
        """
        later = PlannedQuestion.objects.filter(
            text=OuterRef("text"),
            meeting__student=OuterRef("meeting__student"),
            meeting__starts_at__gt=OuterRef("meeting__starts_at"),
        ).exclude(meeting__status__in=[Status.CANCELLED, Status.NO_SHOW])
        on_this_sheet = PlannedQuestion.objects.filter(meeting=meeting, text=OuterRef("text"))
        return (
            self.filter(
                ~Exists(later),
                ~Exists(on_this_sheet),
                meeting__student=meeting.student_id,
                meeting__status=Status.HELD,
                meeting__starts_at__lt=meeting.starts_at,
                is_asked=False,
            )
            .select_related("meeting__contact")
            .order_by("-meeting__starts_at", "position", "pk")
        )


class PlannedQuestion(Row):
    """A question for one conversation, in the student's order and words.

    What was not asked is offered again for the next conversation. `carried_from` tells where it
    stood before; `bank_question` which one of the bank it began as.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="questions")
    text = models.CharField(max_length=300)
    position = models.PositiveSmallIntegerField(default=0)
    bank_question = models.ForeignKey(
        BankQuestion, on_delete=models.SET_NULL, null=True, blank=True, related_name="planned"
    )
    carried_from = models.ForeignKey(
        Meeting, on_delete=models.SET_NULL, null=True, blank=True, related_name="carried_questions"
    )
    is_asked = models.BooleanField(default=False)

    objects = PlannedQuestionQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "text"],
                name="meetings_plannedquestion_once_per_meeting",
                violation_error_message="This question is on the sheet already.",
            ),
        ]

    def __str__(self) -> str:
        return f"question {self.pk}"


@dataclass(frozen=True)
class Readiness:
    """Which of the four blocks are done. A conversation is ready once all of them are."""

    done: frozenset[Block]

    @property
    def open(self) -> list[Block]:
        return [block for block in Block if block not in self.done]

    @property
    def is_ready(self) -> bool:
        return not self.open


def readiness(sheet: PrepSheet | None, questions: int) -> Readiness:
    """Judge the four blocks by what stands in them; nobody ticks them off by hand.

    `questions` is how many are planned.
    """
    if sheet is None:
        sheet = PrepSheet()
    says = {
        Block.GOALS: sheet.goal_information and sheet.goal_contacts,
        Block.QUESTIONS: questions >= ENOUGH_QUESTIONS,
        Block.RESEARCH: sheet.research_person
        and sheet.research_duties
        and sheet.research_organization,
        Block.PITCH: sheet.pitch and sheet.is_pitch_rehearsed,
    }
    return Readiness(frozenset(block for block, is_done in says.items() if is_done))


class Jottings(Row):
    """What the student jots down during the conversation. Nobody else ever reads it."""

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="jottings")
    text = models.TextField(blank=True, max_length=10_000)
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"jottings {self.pk}"
