from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from apps.common.models import Row, one_of
from apps.contacts.models import Contact
from apps.meetings.models import MOST_TIMES, Meeting
from apps.students.models import Student


class ContactLinkQuerySet(models.QuerySet["ContactLink"]):
    def usable(self, now: datetime) -> "ContactLinkQuerySet":
        """Return the links that still open something."""
        return self.filter(used_at__isnull=True, revoked_at__isnull=True, expires_at__gt=now)


class ContactLink(Row):
    """A link that a student puts into a note, by which the contact answers without an account.

    Only a digest of its token is kept: who reads the table can open nothing. It is useless once
    it was used for an answer, taken back, or past its day.
    """

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="contact_links")
    contact = models.ForeignKey(
        Contact,
        on_delete=models.CASCADE,
        related_name="own_links",
        db_constraint=False,  # the composite key (contact, student) stands in its place
    )
    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, null=True, blank=True, related_name="contact_links"
    )
    token_digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = ContactLinkQuerySet.as_manager()

    def __str__(self) -> str:
        return f"contact link {self.pk}"


class Answer(models.TextChoices):
    ACCEPTED = "accepted", "Yes, at one of these times"
    OTHER_TIMES = "other_times", "Yes, at another time"
    NOT_NOW = "not_now", "Not now"
    NO = "no", "No"


class ContactAnswer(Row):
    """What a contact answered on their own page, in their words."""

    link = models.OneToOneField(ContactLink, on_delete=models.CASCADE, related_name="answer")
    answer = models.CharField(max_length=20, choices=Answer)
    times = ArrayField(models.DateTimeField(), default=list, blank=True)
    message = models.TextField(blank=True, max_length=1000)
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(times__len__lte=MOST_TIMES)
                & (~Q(answer=Answer.OTHER_TIMES) | Q(times__len__gte=1)),
                name="outreach_contactanswer_suggests_a_few_times",
                violation_error_message=f"Suggest one to {MOST_TIMES} times.",
            ),
            one_of("answer", Answer, table="outreach_contactanswer"),
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"
