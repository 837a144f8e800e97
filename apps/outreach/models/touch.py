from django.db import models
from django.db.models import Q

from apps.common.models import Row, one_of
from apps.contacts.models import Contact
from apps.outreach.models.attempt import Channel
from apps.outreach.models.template import TemplateVersion
from apps.students.models import Student


class TouchKind(models.TextChoices):
    """What passed between the two, other than asking for a conversation and holding it."""

    UPDATE = "update", "I sent news"
    LANDED = "landed", "I told them that I have landed"
    MESSAGE = "message", "We wrote or spoke briefly"
    HEARD = "heard", "They wrote to me"
    LEAD = "lead", "They told me of an opening unasked"


BY_CONTACT = [TouchKind.HEARD, TouchKind.LEAD]


class TouchQuerySet(models.QuerySet["Touch"]):
    def by_student(self) -> "TouchQuerySet":
        """Return what the student sent, which is what may be too much for somebody."""
        return self.exclude(kind__in=BY_CONTACT)

    def by_contact(self) -> "TouchQuerySet":
        """Return the words that came unasked."""
        return self.filter(kind__in=BY_CONTACT)


class Touch(Row):
    """Something that really passed between a student and a contact. Reading about them is none."""

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="touches")
    contact = models.ForeignKey(
        Contact,
        on_delete=models.PROTECT,
        related_name="touches",
        db_constraint=False,  # the composite key (contact, student) stands in its place
    )
    kind = models.CharField(max_length=20, choices=TouchKind)
    channel = models.CharField(max_length=20, choices=Channel)
    happened_at = models.DateTimeField()
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True, max_length=10_000)
    template_version = models.ForeignKey(
        TemplateVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="touches"
    )

    objects = TouchQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "happened_at", "kind"], name="outreach_touch_once"
            ),
            one_of("kind", TouchKind, table="outreach_touch"),
            one_of("channel", Channel, table="outreach_touch"),
        ]
        indexes = [models.Index(fields=["contact", "happened_at"], name="outreach_touch_by_time")]

    def __str__(self) -> str:
        return f"touch {self.pk}"


class Cadence(Row):
    """How often to be in touch: with one contact, or with all who carry a tag.

    `days` is empty for never. Without any the programme's own cadence holds.
    """

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="cadences")
    contact = models.ForeignKey(
        Contact,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="cadences",
        db_constraint=False,  # the composite key (contact, student) stands in its place
    )
    tag = models.CharField(max_length=50, blank=True)
    days = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contact"],
                condition=Q(contact__isnull=False),
                name="outreach_cadence_one_per_contact",
            ),
            models.UniqueConstraint(
                fields=["student", "tag"],
                condition=~Q(tag=""),
                name="outreach_cadence_one_per_tag",
            ),
            models.CheckConstraint(
                condition=Q(contact__isnull=False, tag="") | (Q(contact__isnull=True) & ~Q(tag="")),
                name="outreach_cadence_of_a_contact_or_a_tag",
                violation_error_message="A cadence is for one person or for one tag.",
            ),
            models.CheckConstraint(
                condition=Q(days__isnull=True) | Q(days__range=(7, 730)),
                name="outreach_cadence_from_a_week_to_two_years",
                violation_error_message="Choose from 7 to 730 days, or never.",
            ),
        ]

    def __str__(self) -> str:
        return f"cadence {self.pk}"
