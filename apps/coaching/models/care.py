from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from apps.accounts.models import User
from apps.common.models import Row, one_of
from apps.mail.models import OutgoingEmail
from apps.students.models import Cohort, Student


class WordSpoken(Row):
    """A counselor has spoken with a student: what was flagged rests until a day."""

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="words_spoken")
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="words_spoken")
    by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="words_spoken"
    )
    reasons = ArrayField(models.CharField(max_length=40), help_text="The flags it answers.")
    spoken_at = models.DateTimeField()
    rests_until = models.DateField()

    def __str__(self) -> str:
        return f"word spoken {self.pk}"


class NudgeTemplate(Row):
    """A way to begin a nudge. {first_name} and the like are filled in for each student."""

    name = models.CharField(max_length=100, unique=True)
    subject = models.CharField(max_length=200)
    body = models.TextField(max_length=2000)
    is_retired = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"nudge template {self.pk}"


class Nudge(Row):
    """A mail from a counselor to a student who has gone quiet. Dropped if they act before it goes.

    Who was in the selection but got none (no room under the cap, or acted meanwhile) is kept too,
    by the mail's own end state.
    """

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="nudges")
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="nudges")
    by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="nudges"
    )
    template = models.ForeignKey(
        NudgeTemplate, on_delete=models.SET_NULL, null=True, blank=True, related_name="nudges"
    )
    mail = models.OneToOneField(
        OutgoingEmail, on_delete=models.PROTECT, null=True, blank=True, related_name="nudge"
    )
    queued_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"nudge {self.pk}"


class Shelf(models.TextChoices):
    """Where a resource stands: the four that learners ask for."""

    SET_UP = "set_up", "Setting it up"
    STEP_BY_STEP = "step_by_step", "Step by step"
    QUESTIONS = "questions", "Ideas for questions"
    ETIQUETTE = "etiquette", "Manners, and what annoys people"


class Place(models.TextChoices):
    """Where a resource offers itself."""

    EMPTY_LIST = "empty_list", "While the list of people is short"
    FIRST_DRAFT = "first_draft", "With the first note"
    FIRST_CONVERSATION = "first_conversation", "Before the first conversation"
    LIBRARY = "library", "In the library only"


class Resource(Row):
    """A short text, or a link with a word about it, that helps at one point of the practice."""

    shelf = models.CharField(max_length=20, choices=Shelf)
    place = models.CharField(max_length=20, choices=Place, default=Place.LIBRARY)
    title = models.CharField(max_length=120, unique=True)
    body = models.TextField(max_length=8000, blank=True)
    link = models.URLField(max_length=500, blank=True)
    is_pinned = models.BooleanField(default=False)
    is_retired = models.BooleanField(default=False)

    class Meta:
        constraints = [
            one_of("shelf", Shelf, table="coaching_resource"),
            one_of("place", Place, table="coaching_resource"),
            models.CheckConstraint(
                condition=~Q(body="", link=""), name="coaching_resource_says_something"
            ),
            models.UniqueConstraint(
                F("is_pinned"), condition=Q(is_pinned=True), name="coaching_resource_one_is_pinned"
            ),
        ]

    def __str__(self) -> str:
        return f"resource {self.pk}"


class ResourceUse(Row):
    """How often a resource was opened on a day. It counts opens, never who opened it."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="uses")
    day = models.DateField()
    opened = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["resource", "day"], name="coaching_resourceuse_one_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"use of resource {self.resource_id}"
