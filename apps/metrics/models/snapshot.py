from django.db import models
from django.db.models import F, Q

from apps.common.models import Row, one_of
from apps.metrics.models.release import Audience
from apps.metrics.scope import Scope
from apps.students.models import Cohort, Term


class ReportSnapshotQuerySet(models.QuerySet["ReportSnapshot"]):
    def waiting(self) -> "ReportSnapshotQuerySet":
        """Return those asked for since they were last computed."""
        return self.filter(Q(computed_at__isnull=True) | Q(computed_at__lt=F("requested_at")))

    def in_turn(self) -> "ReportSnapshotQuerySet":
        """Put what was asked for last first: somebody waits for it, and for the night's nobody."""
        return self.order_by("-requested_at", "pk")

    def ahead_of(self, snapshot: "ReportSnapshot") -> "ReportSnapshotQuerySet":
        """Return those that are computed before this one."""
        return self.waiting().filter(requested_at__gt=snapshot.requested_at)


class ReportSnapshot(Row):
    """The latest report of a term, or of a part of it, as it was computed.

    One row for each scope, audience and version of the definitions: computing it again replaces
    it, so that computing twice, or at the same time, is harmless. `report` is the document as JSON.
    """

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="snapshots")
    cohort = models.ForeignKey(
        Cohort, on_delete=models.CASCADE, null=True, blank=True, related_name="snapshots"
    )
    program = models.CharField(max_length=100, null=True, blank=True)  # noqa: DJ001 - "" is one
    class_year = models.CharField(max_length=20, null=True, blank=True)  # noqa: DJ001 - as above
    audience = models.CharField(max_length=20, choices=Audience, default=Audience.INTERNAL)
    definitions = models.PositiveSmallIntegerField()
    requested_at = models.DateTimeField()
    computed_at = models.DateTimeField(null=True, blank=True)
    report = models.JSONField(null=True, blank=True)

    objects = ReportSnapshotQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["term", "cohort", "program", "class_year", "audience", "definitions"],
                nulls_distinct=False,
                name="metrics_reportsnapshot_one_per_scope",
            ),
            one_of("audience", Audience, table="metrics_reportsnapshot"),
            models.CheckConstraint(
                condition=Q(computed_at__isnull=True, report__isnull=True)
                | Q(computed_at__isnull=False, report__isnull=False),
                name="metrics_reportsnapshot_computed_or_not",
            ),
        ]

    def __str__(self) -> str:
        return f"report snapshot {self.pk}"

    @property
    def scope(self) -> Scope:
        return Scope(self.cohort_id, self.program, self.class_year)

    @property
    def is_waiting(self) -> bool:
        return self.computed_at is None or self.computed_at < self.requested_at
