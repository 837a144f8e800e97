from django.db import models
from django.db.models import Q

from apps.accounts.models import User
from apps.common.models import Row, one_of
from apps.metrics.models.release import Audience, Release
from apps.metrics.scope import Scope
from apps.students.models import Cohort, Term


class PublicationQuerySet(models.QuerySet["Publication"]):
    def waiting(self) -> "PublicationQuerySet":
        return self.filter(done_at__isnull=True).order_by("asked_at", "pk")


class Publication(Row):
    """A wish to publish a report, until a worker has made a release of it or says why not.

    The same report waits once: whoever asks again meanwhile is led to the same row.
    """

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="publications")
    cohort = models.ForeignKey(
        Cohort, on_delete=models.CASCADE, null=True, blank=True, related_name="publications"
    )
    program = models.CharField(max_length=100, null=True, blank=True)  # noqa: DJ001 - as a release
    class_year = models.CharField(max_length=20, null=True, blank=True)  # noqa: DJ001 - as above
    audience = models.CharField(max_length=20, choices=Audience)
    compare_to = models.ForeignKey(
        Term, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    asked_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="publications"
    )
    asked_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    release = models.OneToOneField(
        Release, on_delete=models.PROTECT, null=True, blank=True, related_name="publication"
    )
    problem = models.CharField(max_length=500, blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["term", "cohort", "program", "class_year", "audience", "compare_to"],
                condition=Q(done_at__isnull=True),
                nulls_distinct=False,
                name="metrics_publication_waits_once",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, release__isnull=True, problem="")
                | Q(done_at__isnull=False, release__isnull=False, problem="")
                | Q(done_at__isnull=False, release__isnull=True) & ~Q(problem=""),
                name="metrics_publication_ends_with_a_release_or_a_reason",
            ),
            one_of("audience", Audience, table="metrics_publication"),
        ]

    def __str__(self) -> str:
        return f"publication {self.pk}"

    @property
    def scope(self) -> Scope:
        return Scope(self.cohort_id, self.program, self.class_year)

    @property
    def stage(self) -> int:
        """The step it is at, counted from 1: asked for, with a worker, done."""
        return 3 if self.done_at else 2 if self.tries else 1


class ReportOrder(Row):
    """A person who wants the link to the report by mail once a term has closed."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="report_order")
    ordered_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"report order {self.pk}"
