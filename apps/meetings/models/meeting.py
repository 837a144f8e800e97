from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast

from apps.accounts.models import User
from apps.common.models import Row, one_of
from apps.contacts.models import Contact
from apps.students.models import Student

MOST_TIMES = 5
"""How many times a student offers at most: a choice, not a calendar to search through."""


class Status(models.TextChoices):
    PROPOSED = "proposed", "Times proposed"
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

    def proposed(self) -> "MeetingQuerySet":
        return self.filter(status=Status.PROPOSED)

    def in_calendar(self) -> "MeetingQuerySet":
        """Return what stands in the student's calendar or did, in order, with the contacts.

        A proposal does not, nor one that was called off before it came to a time.
        """
        never_agreed = Q(status=Status.CANCELLED, calendar_sequence=0)
        return (
            self.exclude(status=Status.PROPOSED)
            .exclude(never_agreed)
            .select_related("contact")
            .order_by("starts_at", "pk")
        )

    def unthanked(self) -> "MeetingQuerySet":
        """Return the held conversations whose thank-you is still open, practice included."""
        return self.filter(status=Status.HELD, thank_you_sent_at__isnull=True)


class Meeting(Row):
    """A conversation with a contact, from the first proposal of times to the thank-you.

    While it is only proposed, `starts_at` is the first of the times that were proposed.
    """

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
    proposed_times = ArrayField(models.DateTimeField(), default=list, db_default=[], blank=True)
    mode = models.CharField(max_length=20, choices=Mode, default=Mode.IN_PERSON)
    mode_reason = models.CharField(
        max_length=300,
        blank=True,
        default="",
        db_default="",
        help_text="Why not in person, where the programme asks.",
    )
    place = models.CharField(
        max_length=300,
        blank=True,
        default="",
        db_default="",
        help_text="An address, a link or a number.",
    )
    is_practice = models.BooleanField(default=False)
    is_ready = models.BooleanField(default=False, help_text="Prepared in all blocks beforehand.")
    has_asked_referral = models.BooleanField(default=False)
    thank_you_sent_at = models.DateTimeField(null=True, blank=True)
    calendar_uid = models.UUIDField(
        db_default=RandomUUID(), unique=True, editable=False, help_text="Never changes."
    )
    calendar_sequence = models.PositiveIntegerField(
        default=0, db_default=0, editable=False, help_text="Rises when a calendar must notice."
    )
    changed_at = models.DateTimeField(
        null=True, editable=False, help_text="When a calendar last had to notice; empty: created."
    )

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
            models.CheckConstraint(
                condition=Q(proposed_times__len__lte=MOST_TIMES)
                & (~Q(status=Status.PROPOSED) | Q(proposed_times__len__gte=1)),
                name="meetings_meeting_proposes_a_few_times",
                violation_error_message=f"Propose one to {MOST_TIMES} times.",
            ),
            one_of("status", Status, table="meetings_meeting"),
            one_of("mode", Mode, table="meetings_meeting"),
        ]
        indexes = [
            models.Index(fields=["student", "starts_at"], name="meetings_by_student_and_time"),
            # For the sweep that looks each minute for what begins soon, among all there ever was.
            models.Index(
                fields=["starts_at"],
                condition=Q(status=Status.SCHEDULED),
                name="meetings_scheduled_by_time",
            ),
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
