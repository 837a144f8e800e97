from django.db import models
from django.db.models import F, Q

from apps.accounts.models import User
from apps.common.models import Row, one_of
from apps.contacts.models import Contact
from apps.students.models import Student, Term


class Kind(models.TextChoices):
    JOB = "job", "Job"
    INTERNSHIP = "internship", "Internship"


class Status(models.TextChoices):
    OPEN = "open", "Open"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    RESCINDED = "rescinded", "Rescinded"


class OfferQuerySet(models.QuerySet["Offer"]):
    def visible_to(self, user: User) -> "OfferQuerySet":
        return self.filter(student__in=Student.objects.visible_to(user))


class Offer(Row):
    """A job or an internship that was offered, and the contact it came through.

    Without a contact it did not come through a conversation: an equal and frequent case, which
    is recorded and counts in "any offer" only.
    """

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="offers")
    contact = models.ForeignKey(
        Contact,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="offers",
        db_constraint=False,  # the composite key (contact, student) stands in its place
    )
    external_id = models.CharField(
        max_length=64, blank=True, help_text="The id in an imported workbook, if any."
    )
    kind = models.CharField(max_length=20, choices=Kind)
    organization = models.CharField(max_length=200, blank=True)
    received_on = models.DateField()
    status = models.CharField(max_length=20, choices=Status, default=Status.OPEN)
    accepted_on = models.DateField(null=True, blank=True)
    still_open_on = models.DateField(
        null=True, blank=True, help_text="When the student last said that nothing is decided."
    )

    objects = OfferQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["student", "external_id"],
                condition=~Q(external_id=""),
                name="outcomes_offer_external_id_once",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.ACCEPTED, accepted_on__isnull=False)
                | (~Q(status=Status.ACCEPTED) & Q(accepted_on__isnull=True)),
                name="outcomes_offer_accepted_has_its_date",
                violation_error_message="An accepted offer, and no other, has an accepted date.",
            ),
            models.CheckConstraint(
                condition=Q(accepted_on__isnull=True) | Q(accepted_on__gte=F("received_on")),
                name="outcomes_offer_accepted_after_it_was_received",
                violation_error_message="An offer is accepted on or after the day it was received.",
            ),
            models.CheckConstraint(
                condition=Q(still_open_on__isnull=True) | Q(still_open_on__gte=F("received_on")),
                name="outcomes_offer_still_open_after_it_was_received",
                violation_error_message="An offer is still open on or after the day it came.",
            ),
            one_of("kind", Kind, table="outcomes_offer"),
            one_of("status", Status, table="outcomes_offer"),
        ]

    def __str__(self) -> str:
        return f"offer {self.pk}"


class StatusChange(Row):
    """What a student said became of an offer, and when: never rewritten."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="status_changes")
    status = models.CharField(max_length=20, choices=Status)
    changed_on = models.DateField()
    said_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="status_changes"
    )
    said_at = models.DateTimeField()

    class Meta:
        ordering = ["said_at", "pk"]
        constraints = [one_of("status", Status, table="outcomes_statuschange")]

    def __str__(self) -> str:
        return f"status change {self.pk}"


class NoOfferConfirmation(Row):
    """Word, from the student or about them, that the term brought no offer.

    It makes the outcome known: silence and "none" are different answers.
    """

    student = models.ForeignKey(
        Student, on_delete=models.PROTECT, related_name="no_offer_confirmations"
    )
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="no_offer_confirmations")
    confirmed_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["student", "term"], name="outcomes_no_offer_confirmed_once_per_term"
            ),
        ]

    def __str__(self) -> str:
        return f"no-offer confirmation {self.pk}"
