from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast

from apps.accounts.models import User
from apps.common.models import Row, one_of
from apps.contacts.models import Contact
from apps.students.models import Student


class Status(models.TextChoices):
    SCHEDULED = "scheduled", "Scheduled"
    HELD = "held", "Held"
    CANCELLED = "cancelled", "Cancelled"
    NO_SHOW = "no_show", "Did not take place"


class Mode(models.TextChoices):
    IN_PERSON = "in_person", "in person"
    VIDEO = "video", "video"
    PHONE = "phone", "phone"


ENDS_AT = models.ExpressionWrapper(
    F("starts_at")
    + models.ExpressionWrapper(
        Cast("minutes", models.IntegerField()) * timedelta(minutes=1), models.DurationField()
    ),
    models.DateTimeField(),
)
"""When a meeting ends, for `annotate(ends_at=ENDS_AT)`. PostgreSQL cannot store it by itself."""


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, user: User) -> "MeetingQuerySet":
        return self.filter(student__in=Student.objects.visible_to(user))

    def held(self) -> "MeetingQuerySet":
        """Return the conversations that count in figures: held, and not for practice."""
        return self.filter(status=Status.HELD, is_practice=False)

    def scheduled(self) -> "MeetingQuerySet":
        return self.filter(status=Status.SCHEDULED)

    def unthanked(self) -> "MeetingQuerySet":
        """Return the held conversations whose thank-you is still open, practice included."""
        return self.filter(status=Status.HELD, thank_you_sent_at__isnull=True)


class Meeting(Row):
    """A conversation with a contact, from the agreed time to the thank-you."""

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="meetings")
    contact = models.ForeignKey(
        Contact,
        on_delete=models.PROTECT,
        related_name="meetings",
        db_constraint=False,  # the composite key (contact, student) stands in its place
    )
    external_id = models.CharField(
        max_length=64, blank=True, help_text="The id in an imported workbook, if any."
    )
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=20)
    status = models.CharField(max_length=20, choices=Status, default=Status.SCHEDULED)
    mode = models.CharField(max_length=20, choices=Mode, default=Mode.IN_PERSON)
    is_practice = models.BooleanField(default=False)
    is_ready = models.BooleanField(default=False, help_text="Prepared in all blocks beforehand.")
    has_asked_referral = models.BooleanField(default=False)
    thank_you_sent_at = models.DateTimeField(null=True, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["student", "external_id"],
                condition=~Q(external_id=""),
                name="meetings_meeting_external_id_once",
            ),
            models.CheckConstraint(
                condition=Q(minutes__range=(1, 480)),
                name="meetings_meeting_minutes_in_a_day",
                violation_error_message="A meeting lasts from 1 to 480 minutes.",
            ),
            models.CheckConstraint(
                condition=Q(thank_you_sent_at__isnull=True)
                | Q(thank_you_sent_at__gte=F("starts_at")),
                name="meetings_meeting_thanked_after_it_began",
                violation_error_message="A thank-you is sent after the meeting.",
            ),
            one_of("status", Status, table="meetings_meeting"),
            one_of("mode", Mode, table="meetings_meeting"),
        ]
        indexes = [
            models.Index(fields=["student", "starts_at"], name="meetings_by_student_and_time")
        ]

    def __str__(self) -> str:
        return f"meeting {self.pk}"

    @property
    def ends(self) -> datetime:
        # In UTC, since a sum on a wall clock forgets that clocks change.
        return self.starts_at.astimezone(UTC) + timedelta(minutes=self.minutes)

    @property
    def thank_you_due_at(self) -> datetime:
        """The moment until which a thank-you is on time."""
        return self.ends + timedelta(hours=settings.THANK_YOU_HOURS)
