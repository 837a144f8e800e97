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

    def received_in(self, term: Term) -> "OfferQuerySet":
        """Return those that came in the term's window, both ends in."""
        return self.filter(received_on__range=(term.starts_on, term.closes_on))


class Offer(Row):
    """A job or an internship that was offered, and the contact it came through.

    Without a contact it counts in "any offer" only: an equal and frequent case. Then `is_apart`
    says that it did not come through a conversation; without that nobody has said so yet.
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
    starts_on = models.DateField(null=True, blank=True, help_text="The first day of the work.")
    is_apart = models.BooleanField(
        default=False,
        db_default=False,
        help_text="It did not come through a conversation, as somebody has said.",
    )
    how_it_helped = models.TextField(
        blank=True,
        db_default="",
        max_length=2000,
        help_text="What the conversations did for it, in the student's words.",
    )
    evidence = models.CharField(
        max_length=300, blank=True, db_default="", help_text="What a counselor has seen of it."
    )
    confirmed_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="offers_confirmed"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

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
            models.CheckConstraint(
                condition=Q(is_apart=False) | Q(contact__isnull=True),
                name="outcomes_offer_comes_one_way",
                violation_error_message="An offer through a contact did not come apart from them.",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | ~Q(evidence=""),
                name="outcomes_offer_confirmed_with_evidence",
                violation_error_message="Say what you have seen of the offer.",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | Q(confirmed_at__isnull=False),
                name="outcomes_offer_confirmed_at_a_moment",
                violation_error_message="Whoever confirms an offer does so at a moment.",
            ),
            one_of("kind", Kind, table="outcomes_offer"),
            one_of("status", Status, table="outcomes_offer"),
        ]

    def __str__(self) -> str:
        return f"offer {self.pk}"

    @property
    def title(self) -> str:
        """Say what it is and where: "Internship at Harbor & Sons"."""
        kind = self.get_kind_display()
        return f"{kind} at {self.organization}" if self.organization else kind

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None


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
    said_by = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="no_offer_confirmations",
        help_text="Empty where a workbook said so.",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["student", "term"], name="outcomes_no_offer_confirmed_once_per_term"
            ),
        ]

    def __str__(self) -> str:
        return f"no-offer confirmation {self.pk}"


class Destination(models.TextChoices):
    """What somebody does first after graduation, by NACE's categories."""

    FULL_TIME = "full_time", "Employed full time"
    PART_TIME = "part_time", "Employed part time"
    SERVICE = "service", "Volunteer service"
    MILITARY = "military", "Military service"
    EDUCATION = "education", "Continuing education"
    SEEKING_WORK = "seeking_work", "Seeking employment"
    SEEKING_EDUCATION = "seeking_education", "Seeking continuing education"
    NOT_SEEKING = "not_seeking", "Not seeking"
    NO_INFORMATION = "no_information", "No information"


class Source(models.TextChoices):
    """Who or what says so, the nearest to the graduate first: in this order one is primary."""

    GRADUATE = "graduate", "The graduate"
    ORGANIZATION = "organization", "The organization"
    COUNSELOR = "counselor", "Faculty or staff"
    FAMILY = "family", "Family"
    PROFILE = "profile", "A public profile"
    FILE = "file", "An earlier file"


def source_rank(source: str) -> int:
    """Return the place of a source, from 0; a smaller one goes first."""
    return Source.values.index(source)


class FirstDestinationQuerySet(models.QuerySet["FirstDestination"]):
    def primary(self) -> "FirstDestinationQuerySet":
        return self.filter(is_primary=True)


class FirstDestination(Row):
    """What one source says a graduate of a term does first.

    Of all that is said of a graduate and term, exactly one row is primary (the database sees to
    both halves of that); figures and files go by it. Which one follows from the sources.
    """

    student = models.ForeignKey(
        Student, on_delete=models.PROTECT, related_name="first_destinations"
    )
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="first_destinations")
    source = models.CharField(max_length=20, choices=Source)
    destination = models.CharField(max_length=20, choices=Destination)
    said_on = models.DateField()
    said_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="first_destinations"
    )
    is_primary = models.BooleanField(default=False)
    is_held_before = models.BooleanField(
        default=False, help_text="The work was theirs before they graduated."
    )
    organization = models.CharField(max_length=200, blank=True)
    country = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=100, blank=True)
    annual_salary = models.PositiveIntegerField(null=True, blank=True)
    institution = models.CharField(max_length=200, blank=True)
    institution_country = models.CharField(max_length=100, blank=True)
    institution_state = models.CharField(max_length=100, blank=True)
    field_of_study = models.CharField(max_length=200, blank=True)
    degree_sought = models.CharField(max_length=100, blank=True)
    school = models.CharField(max_length=200, blank=True, help_text="Division or school of theirs.")
    program = models.CharField(max_length=200, blank=True)
    degree_level = models.CharField(max_length=100, blank=True)

    objects = FirstDestinationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["student", "term", "source"],
                name="outcomes_firstdestination_once_a_source",
            ),
            models.UniqueConstraint(
                fields=["student", "term"],
                condition=Q(is_primary=True),
                name="outcomes_firstdestination_one_primary",
            ),
            one_of("source", Source, table="outcomes_firstdestination"),
            one_of("destination", Destination, table="outcomes_firstdestination"),
        ]

    def __str__(self) -> str:
        return f"first destination {self.pk}"
