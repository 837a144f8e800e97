from django.db import models
from django.db.models import F, Q

from apps.accounts.models import User
from apps.common.models import Row, one_of
from apps.contacts.models import Contact
from apps.outreach.models.template import ASKING, NoteKind, TemplateVersion
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
    kind = models.CharField(
        max_length=20,
        choices=NoteKind,
        default=NoteKind.FIRST_NOTE,
        db_default=NoteKind.FIRST_NOTE.value,
    )
    subject = models.CharField(max_length=200, blank=True, default="", db_default="")
    text = models.TextField(blank=True, max_length=10_000, default="", db_default="")
    template_version = models.ForeignKey(
        TemplateVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="attempts"
    )
    replied_at = models.DateTimeField(null=True, blank=True)
    reply = models.CharField(max_length=20, choices=Reply, blank=True)
    has_no_role = models.BooleanField(
        default=False,
        db_default=False,
        help_text="They have no role to offer, and are happy to talk.",
    )
    ask_again_on = models.DateField(null=True, blank=True, help_text="When “later” is.")
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
            models.CheckConstraint(
                condition=Q(has_no_role=False) | Q(reply="yes"),
                name="outreach_attempt_without_role_is_a_yes",
                violation_error_message="Without a role but happy to talk is a yes.",
            ),
            models.CheckConstraint(
                condition=Q(ask_again_on__isnull=True) | Q(reply="later"),
                name="outreach_attempt_asks_again_after_later",
                violation_error_message="Only “later” has a day on which to ask again.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ASKING),
                name="outreach_attempt_asks",
                violation_error_message="An attempt asks for a conversation.",
            ),
            one_of("channel", Channel, table="outreach_attempt"),
            one_of("reply", Reply, table="outreach_attempt", blank=True),
        ]
        indexes = [models.Index(fields=["student", "sent_at"], name="outreach_by_student_and_time")]

    def __str__(self) -> str:
        return f"attempt {self.pk}"
