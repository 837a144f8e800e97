from typing import Any

from django.db import models
from django.db.models import Q

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.common.models import Row, one_of
from apps.metrics.scope import Scope, Shown
from apps.students.models import Cohort, Term


class Audience(models.TextChoices):
    INTERNAL = "internal", "Internal"
    SHAREABLE = "shareable", "Shareable"


class ReleaseQuerySet(models.QuerySet["Release"]):
    def visible_to(self, user: User) -> "ReleaseQuerySet":
        """Return all, or what is shareable and what is internal to the classes of a counselor."""
        if user.has_role(Role.ADMINISTRATOR):
            return self.all()
        if not user.has_role(Role.COUNSELOR):
            return self.none()
        own = Q(cohort__in=Cohort.objects.visible_to(user))
        return self.filter(Q(audience=Audience.SHAREABLE) | own)

    def light(self) -> "ReleaseQuerySet":
        """Leave out the columns that may be large, for lists."""
        return self.defer("document", "shown", "counted", "waivers")

    def standing(self) -> "ReleaseQuerySet":
        return self.filter(withdrawn_at__isnull=True)

    def shown_in(self, term: Term) -> list[Shown]:
        """Return what shareable releases of the term have shown; also withdrawn ones, once read."""
        rows = self.filter(term=term, audience=Audience.SHAREABLE).order_by("pk")
        return [Shown(release.scope, frozenset(release.shown)) for release in rows]


class Release(Row):
    """A report as it was published. The database refuses every change but its withdrawal.

    `document` is the report as JSON, `shown` the names of the cells it shows (all, where nothing
    is hidden), `counted` the keys of the rows that stood behind it with a digest of each, by kind,
    `inputs` the SHA-256 over those. `waivers` are the findings it was published in spite of, with
    the reasons given. `key` makes asking twice harmless.
    """

    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="releases")
    cohort = models.ForeignKey(
        Cohort, on_delete=models.PROTECT, null=True, blank=True, related_name="releases"
    )
    program = models.CharField(max_length=100, null=True, blank=True)  # noqa: DJ001 - "" is one
    class_year = models.CharField(max_length=20, null=True, blank=True)  # noqa: DJ001 - as above
    audience = models.CharField(max_length=20, choices=Audience)
    definitions = models.PositiveSmallIntegerField()
    threshold = models.PositiveSmallIntegerField()
    document = models.JSONField()
    shown = models.JSONField(default=list, blank=True)
    counted = models.JSONField()
    inputs = models.CharField(max_length=64)
    waivers = models.JSONField(default=list, blank=True)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="releases"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="releases_withdrawn"
    )
    withdrawn_reason = models.CharField(max_length=500, blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-pk"]
        constraints = [
            one_of("audience", Audience, table="metrics_release"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_reason="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason=""),
                name="metrics_release_withdrawn_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"release {self.pk}"

    @property
    def scope(self) -> Scope:
        return Scope(self.cohort_id, self.program, self.class_year)

    @property
    def checksum(self) -> Any:
        return self.document["checksum"]


class FileFormat(models.TextChoices):
    JSON = "json", "JSON"
    CSV = "csv", "CSV"
    XLSX = "xlsx", "XLSX"
    PDF = "pdf", "PDF"


class ReleaseFile(Row):
    """One file of a release, kept as bytes: the same next year, whatever writes files then."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="files")
    format = models.CharField(max_length=10, choices=FileFormat)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["release", "format"], name="metrics_releasefile_one_of_each_format"
            ),
            one_of("format", FileFormat, table="metrics_releasefile"),
        ]

    def __str__(self) -> str:
        return f"file {self.pk} of release {self.release_id}"


class Waiver(Row):
    """A finding of the check before publishing that may stand, and why. Printed with the report."""

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="waivers")
    finding = models.CharField(max_length=120, help_text="Kind and key of the row it is about.")
    reason = models.CharField(max_length=500)
    waived_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="waivers"
    )
    waived_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["term", "finding"], name="metrics_waiver_once"),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="metrics_waiver_gives_a_reason",
                violation_error_message="Say why this may stand.",
            ),
        ]

    def __str__(self) -> str:
        return f"waiver {self.pk}"
