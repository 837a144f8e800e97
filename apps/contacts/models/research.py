from django.db import models
from django.db.models import Q

from apps.common.models import Row, one_of
from apps.contacts.models.contact import Contact
from apps.students.models import Student


class ResearchKind(models.TextChoices):
    ARTICLE = "article", "Article"
    VIDEO = "video", "Video or talk"
    SITE = "site", "Website"
    BOOK = "book", "Book"
    OTHER = "other", "Something else"


class Research(Row):
    """What a student read or watched about a person or an organization, before they ask.

    It prepares a conversation and never counts as one: no figure knows this table.
    """

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="research")
    contact = models.ForeignKey(
        Contact,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="research",
        db_constraint=False,  # the composite key (contact, student) stands in its place
    )
    organization = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=20, choices=ResearchKind, default=ResearchKind.ARTICLE)
    title = models.CharField(max_length=200)
    url = models.URLField(max_length=500, blank=True, verbose_name="Link")
    note = models.TextField(max_length=2000, blank=True)
    noted_on = models.DateField()

    class Meta:
        constraints = [
            one_of("kind", ResearchKind, table="contacts_research"),
            models.CheckConstraint(
                condition=Q(contact__isnull=False) | ~Q(organization=""),
                name="contacts_research_is_about_somebody",
                violation_error_message="Say whom or which organization it is about.",
            ),
        ]

    def __str__(self) -> str:
        return f"research {self.pk}"
