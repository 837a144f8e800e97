from django.db import models
from django.db.models import F, Q

from apps.accounts.models import User
from apps.common.models import Row, one_of
from apps.students.models import Student


class Source(models.TextChoices):
    """Through which channel the student came upon the person."""

    LINKEDIN = "linkedin", "Career or social network"
    NEWSPAPER = "newspaper", "Newspaper advertisement"
    JOB_BOARD = "job_board", "Job board"
    PLACEMENT = "placement", "Placement service"
    COMPANY_SITE = "company_site", "Company site"
    EVENT = "event", "Trade association or professional meeting"
    HUMAN_RESOURCES = "human_resources", "Human resources"
    PROFESSOR = "professor", "Professor or teacher"
    SEARCH_ENGINE = "search_engine", "Job search engine"
    RECRUITER = "recruiter", "Recruiter"
    ALUMNI = "alumni", "Alumni"
    FAMILY = "family", "Family"
    FRIEND = "friend", "Friend"
    REFERRAL = "referral", "Referral"
    COLD = "cold", "Cold"


class Closeness(models.TextChoices):
    STRANGER = "stranger", "New to me"
    KNOWS = "knows", "Know a little"
    KNOWS_WELL = "knows_well", "Know well"


class Seniority(models.TextChoices):
    PEER = "peer", "Peer"
    MANAGER = "manager", "Manager"
    DIRECTOR = "director", "Director"
    EXECUTIVE = "executive", "Executive"
    OWNER = "owner", "Owner"


class ContactQuerySet(models.QuerySet["Contact"]):
    def visible_to(self, user: User) -> "ContactQuerySet":
        return self.filter(student__in=Student.objects.visible_to(user))


class Contact(Row):
    """A person on one student's list. Each student's contacts are their own.

    `introduced_by` is another contact of the same student. A chain of introductions never comes
    back to its start: the database refuses it (migration `guard_introductions`).
    """

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="contacts")
    external_id = models.CharField(
        max_length=64, blank=True, help_text="The id in an imported workbook, if any."
    )
    listed_on = models.DateField()
    name = models.CharField(max_length=200)
    organization = models.CharField(max_length=200, blank=True)
    job_title = models.CharField(max_length=200, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    source = models.CharField(max_length=20, choices=Source, blank=True)
    closeness = models.CharField(max_length=20, choices=Closeness, blank=True)
    seniority = models.CharField(max_length=20, choices=Seniority, blank=True)
    introduced_by = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="introductions",
        db_constraint=False,  # the composite key (introduced_by, student) stands in its place
    )

    objects = ContactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["student", "external_id"],
                condition=~Q(external_id=""),
                name="contacts_contact_external_id_once",
            ),
            # What the composite foreign keys of the apps to the right point at.
            models.UniqueConstraint(fields=["id", "student"], name="contacts_contact_of_student"),
            models.CheckConstraint(condition=~Q(name=""), name="contacts_contact_has_a_name"),
            models.CheckConstraint(
                condition=Q(introduced_by__isnull=True) | ~Q(introduced_by=F("id")),
                name="contacts_contact_not_introduced_by_itself",
            ),
            one_of("source", Source, table="contacts_contact", blank=True),
            one_of("closeness", Closeness, table="contacts_contact", blank=True),
            one_of("seniority", Seniority, table="contacts_contact", blank=True),
        ]

    def __str__(self) -> str:
        return f"contact {self.pk}"
