from django.db import models
from django.db.models import F, Q

from apps.accounts.models import User
from apps.common.models import Row, one_of
from apps.contacts.models import Contact
from apps.students.models import Student


class Channel(models.TextChoices):
    EMAIL = "email", "E-mail"
    LINKEDIN = "linkedin", "LinkedIn"
    PHONE = "phone", "Phone"
    IN_PERSON = "in_person", "In person"
    OTHER = "other", "Other"


class Reply(models.TextChoices):
    YES = "yes", "Yes"
    LATER = "later", "Later"
    NO = "no", "No"


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def visible_to(self, user: User) -> "AttemptQuerySet":
        return self.filter(student__in=Student.objects.visible_to(user))

    def unanswered(self) -> "AttemptQuerySet":
        return self.filter(replied_at__isnull=True)


class Attempt(Row):
    """One note or call to a contact, and the reply to it once there is one."""

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="attempts")
    contact = models.ForeignKey(
        Contact,
        on_delete=models.PROTECT,
        related_name="attempts",
        db_constraint=False,  # the composite key (contact, student) stands in its place
    )
    sent_at = models.DateTimeField()
    channel = models.CharField(max_length=20, choices=Channel)
    replied_at = models.DateTimeField(null=True, blank=True)
    reply = models.CharField(max_length=20, choices=Reply, blank=True)
    reason = models.CharField(
        max_length=300,
        blank=True,
        db_default="",
        default="",
        help_text="Why the student wrote although it was better to wait; told to the counselor.",
    )

    objects = AttemptQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "sent_at", "channel"], name="outreach_attempt_once"
            ),
            models.CheckConstraint(
                condition=Q(replied_at__isnull=True, reply="")
                | (Q(replied_at__isnull=False) & ~Q(reply="")),
                name="outreach_attempt_reply_has_its_time",
                violation_error_message="A reply and its time are given together.",
            ),
            models.CheckConstraint(
                condition=Q(replied_at__isnull=True) | Q(replied_at__gte=F("sent_at")),
                name="outreach_attempt_replied_after_it_was_sent",
                violation_error_message="A reply comes after the note it answers.",
            ),
            one_of("channel", Channel, table="outreach_attempt"),
            one_of("reply", Reply, table="outreach_attempt", blank=True),
        ]
        indexes = [models.Index(fields=["student", "sent_at"], name="outreach_by_student_and_time")]

    def __str__(self) -> str:
        return f"attempt {self.pk}"


class CooldownLift(Row):
    """A counselor's word that a student may ask a contact, whoever wrote to that person before.

    It covers what had been sent when it was given; a later note of somebody else counts again.
    """

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="cooldown_lifts")
    contact = models.ForeignKey(
        Contact,
        on_delete=models.CASCADE,
        related_name="cooldown_lifts",
        db_constraint=False,  # the composite key (contact, student) stands in its place
    )
    lifted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="lifted_cooldowns")
    lifted_at = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"lift of a cooldown {self.pk}"
