import re
from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q

from apps.accounts.models import User
from apps.common.models import Row, one_of
from apps.contacts.models import Contact
from apps.meetings.models.meeting import Meeting
from apps.students.models import Cohort, Enrolment, Student

_WORD = re.compile(r"[\w’'-]+")


class StoryKind(models.TextChoices):
    OWN = "own", "My own"
    HEARD = "heard", "Heard"


class StoryQuerySet(models.QuerySet["Story"]):
    def own(self) -> "StoryQuerySet":
        return self.filter(kind=StoryKind.OWN)

    def heard(self) -> "StoryQuerySet":
        return self.filter(kind=StoryKind.HEARD)

    def shared(self) -> "StoryQuerySet":
        return self.filter(shared_at__isnull=False)

    def visible_to(self, user: User, today: date) -> "StoryQuerySet":
        """Return the stories shared with the classes that `user` is in or looks after today."""
        current = Enrolment.objects.current(today)
        own = current.filter(student__user=user).values("cohort")
        classes = Cohort.objects.visible_to(user).values("pk")
        shared_there = current.filter(
            Q(cohort__in=own) | Q(cohort__in=classes), student=OuterRef("student")
        )
        return self.shared().filter(Exists(shared_there))

    def first_heard_in(self, meeting: Meeting) -> "Story | None":
        """Return the story that the debrief of a conversation shows."""
        return self.heard().filter(heard_in=meeting).order_by("pk").first()

    def untold_to(self, contact: Contact) -> "StoryQuerySet":
        """Return the stories that this person has not been told."""
        return self.filter(
            ~Exists(Telling.objects.filter(story=OuterRef("pk"), meeting__contact=contact))
        )


class Story(Row):
    """A story worth telling: the student's own, or one heard in a conversation.

    It is the student's alone until `shared_at`; the class then reads it, and who told it stays
    out unless that person agreed (`names_contact`). `is_signed` shows the student's given name.
    """

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="stories")
    kind = models.CharField(max_length=20, choices=StoryKind)
    title = models.CharField(max_length=120)
    text = models.TextField(blank=True, max_length=3000)
    heard_in = models.ForeignKey(
        Meeting, on_delete=models.SET_NULL, null=True, blank=True, related_name="stories_heard"
    )
    shared_at = models.DateTimeField(null=True, blank=True)
    names_contact = models.BooleanField(default=False)
    is_signed = models.BooleanField(default=True)

    objects = StoryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(heard_in__isnull=True) | Q(kind=StoryKind.HEARD),
                name="meetings_story_own_is_not_heard",
                violation_error_message="A story of one's own was not heard in a conversation.",
            ),
            models.CheckConstraint(
                condition=Q(names_contact=False) | Q(shared_at__isnull=False),
                name="meetings_story_names_only_when_shared",
                violation_error_message="Only a shared story can name who told it.",
            ),
            one_of("kind", StoryKind, table="meetings_story"),
        ]

    def __str__(self) -> str:
        return f"story {self.pk}"

    @property
    def words(self) -> str:
        """The story as the one text that it was typed as."""
        return self.text or self.title

    @property
    def named_contact(self) -> Contact | None:
        """Whoever told the story, if its words give their name.

        A part of the name counts as it is written, since "will" and "grace" stand in many texts.
        """
        contact = self.heard_in.contact if self.heard_in else None
        if contact is None or contact.is_erased:
            return None
        text = f"{self.title} {self.text}"
        # Initials stand in any text.
        parts = {word for word in _words(contact.name) if len(word) > 2 or not word.isascii()}
        is_named = contact.name.casefold() in text.casefold() or parts & _words(text)
        return contact if is_named else None


def _words(text: str) -> set[str]:
    return {word.removesuffix("’s").removesuffix("'s") for word in _WORD.findall(text)}


class Telling(Row):
    """That a story was told in a conversation, so that nobody hears the same one twice."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="tellings")
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="tellings")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["story", "meeting"], name="meetings_telling_once"),
        ]

    def __str__(self) -> str:
        return f"telling {self.pk}"
