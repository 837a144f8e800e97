from collections.abc import Collection
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Concat, Now

from apps.accounts.models import User
from apps.common.models import Row, one_of
from apps.students.models import Student

WITHOUT_DETAILS: dict[str, Any] = {
    "name": "Erased at their request",
    "given_name": "",
    "family_name": "",
    "organization": "",
    "job_title": "",
    "email": "",
    "more_emails": [],
    "flagged_emails": [],
    "phones": [],
    "links": [],
    "time_zone": "",
    "preferred_times": "",
    "how_known": "",
    "note": "",
}
"""What is left of these fields once the person asked for it. The rest only counts in figures."""


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


class Introduction(models.TextChoices):
    """How a contact was introduced."""

    NAME_ONLY = "name_only", "Gave the name"
    MENTION = "mention", "Said to mention them"
    EMAIL = "email", "Wrote an e-mail"
    CALL = "call", "Called"


def known_as() -> Func:
    """Return by what a contact's row is known again, on whichever lists: see `fingerprints`."""
    return Func(
        "email",
        "more_emails",
        "links",
        function="contacts_known_as",
        output_field=ArrayField(models.TextField()),
    )


class ContactQuerySet(models.QuerySet["Contact"]):
    def visible_to(self, user: User) -> "ContactQuerySet":
        return self.filter(student__in=Student.objects.visible_to(user))

    def active(self) -> "ContactQuerySet":
        """Return the contacts that are not resting."""
        return self.filter(archived_at__isnull=True)

    def unreachable(self) -> "ContactQuerySet":
        """Return the contacts without any way to reach them."""
        return self.filter(email="", more_emails=[], phones=[], links=[])

    def known_as(self, keys: Collection[str]) -> "ContactQuerySet":
        """Return every student's rows of whoever has one of these addresses or profile links."""
        return self.alias(known_as=known_as()).filter(known_as__overlap=list(keys))

    def matching(self, words: str) -> "ContactQuerySet":
        """Return what a search finds, whatever the accents and with a typo or two."""
        searched = Func(Value(words), function="contacts_searchable")
        return self.annotate(searched=searched).filter(
            Q(search_text__contains=F("searched")) | Q(search_text__trigram_word_similar=searched)
        )


def texts(length: int) -> ArrayField:
    """Return a field for a short list of texts, the most important first."""
    return ArrayField(models.CharField(max_length=length), default=list, blank=True)


class Contact(Row):
    """A person on one student's list. Each student's contacts are their own.

    `introduced_by` is another contact of the same student. A chain of introductions never comes
    back to its start: the database refuses it (migration `guard_introductions`).
    """

    student = models.ForeignKey(
        Student,
        on_delete=models.PROTECT,
        related_name="contacts",
        db_index=False,  # `contacts_by_newest` begins with it
    )
    external_id = models.CharField(
        max_length=64, blank=True, help_text="The id in an imported workbook, if any."
    )
    listed_on = models.DateField()
    name = models.CharField(max_length=200, help_text="As given, in any script.")
    given_name = models.CharField(max_length=100, blank=True)
    family_name = models.CharField(max_length=100, blank=True)
    organization = models.CharField(max_length=200, blank=True)
    job_title = models.CharField(max_length=200, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    more_emails = texts(254)
    flagged_emails = ArrayField(
        models.CharField(max_length=254),
        default=list,
        blank=True,
        help_text="Given in a file, but no addresses: shown, never written to.",
    )
    phones = texts(100)
    links = texts(500)
    tags = texts(50)
    time_zone = models.CharField(max_length=64, blank=True)
    preferred_times = models.CharField(max_length=200, blank=True)
    how_known = models.CharField(max_length=500, blank=True)
    note = models.TextField(blank=True, help_text="Private to the student.")
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
    introduction = models.CharField(max_length=20, choices=Introduction, blank=True)
    introduced_on = models.DateField(null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(
        null=True, blank=True, help_text="When the person's details went, at their request."
    )
    updated_at = models.DateTimeField(
        db_default=Now(), help_text="When the person's details last changed, by whatever way."
    )
    data_source = models.CharField(
        max_length=200, blank=True, help_text="Where the data came from, told on request."
    )
    # Without accents and capitals; the function is made in the migration `make_searchable`.
    search_text = models.GeneratedField(
        expression=Func(
            Concat("name", Value(" "), "organization", Value(" "), "job_title"),
            function="contacts_searchable",
        ),
        output_field=models.TextField(),
        db_persist=True,
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
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(**WITHOUT_DETAILS),
                name="contacts_contact_erased_stays_empty",
                violation_error_message="This person asked to have their details erased.",
            ),
            one_of("source", Source, table="contacts_contact", blank=True),
            one_of("closeness", Closeness, table="contacts_contact", blank=True),
            one_of("seniority", Seniority, table="contacts_contact", blank=True),
            one_of("introduction", Introduction, table="contacts_contact", blank=True),
        ]
        indexes = [
            # Answers how many there are and who is on a page, without a look at the table.
            models.Index(
                fields=["student", "listed_on", "id"],
                include=["archived_at"],
                name="contacts_by_newest",
            ),
            models.Index(fields=["student"], condition=~Q(tags=[]), name="contacts_with_tags"),
            models.Index(
                fields=["student"],
                condition=Q(introduced_by__isnull=False),
                name="contacts_introduced",
            ),
            models.Index(
                fields=["student"], condition=Q(erased_at__isnull=False), name="contacts_erased"
            ),
            GinIndex(
                "student",
                OpClass("search_text", name="gin_trgm_ops"),
                name="contacts_by_words",
            ),
            GinIndex(known_as(), name="contacts_by_known_as"),
        ]

    def __str__(self) -> str:
        return f"contact {self.pk}"

    @property
    def emails(self) -> list[str]:
        """All addresses that can be written to, the preferred one first."""
        return [address for address in (self.email, *self.more_emails) if address]

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None

    @property
    def is_erased(self) -> bool:
        return self.erased_at is not None

    @property
    def has_channel(self) -> bool:
        """Whether there is any way to reach the person."""
        return bool(self.emails or self.phones or self.links)

    @property
    def role(self) -> str:
        """Job title and organization in one line."""
        return ", ".join(part for part in (self.job_title, self.organization) if part)

    def introduced_through(self, other: "Contact") -> "list[Contact] | None":
        """Return whom the introductions lead through from `other` to this contact, itself last.

        None if they do not come from there.
        """
        chain = [self]
        while (above := chain[0].introduced_by) is not None:
            if above == other:
                return chain
            chain.insert(0, above)
        return None
