from django.db import models
from django.db.models import F, Q

from apps.common.models import Row
from apps.students.models import Cohort, Term


class ReportSnapshotQuerySet(models.QuerySet["ReportSnapshot"]):
    def waiting(self) -> "ReportSnapshotQuerySet":
        """Return those asked for since they were last computed."""
        return self.filter(Q(computed_at__isnull=True) | Q(computed_at__lt=F("requested_at")))


class ReportSnapshot(Row):
    """The latest report of a term, or of one of its cohorts, as it was computed.

    One row for each scope and version of the definitions: computing it again replaces it, so that
    computing twice, or at the same time, is harmless. `report` is the internal report as JSON.
    """

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="snapshots")
    cohort = models.ForeignKey(
        Cohort, on_delete=models.CASCADE, null=True, blank=True, related_name="snapshots"
    )
    definitions = models.PositiveSmallIntegerField()
    requested_at = models.DateTimeField()
    computed_at = models.DateTimeField(null=True, blank=True)
    report = models.JSONField(null=True, blank=True)

    objects = ReportSnapshotQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["term", "cohort", "definitions"],
                nulls_distinct=False,
                name="metrics_reportsnapshot_one_per_scope",
            ),
            models.CheckConstraint(
                condition=Q(computed_at__isnull=True, report__isnull=True)
                | Q(computed_at__isnull=False, report__isnull=False),
                name="metrics_reportsnapshot_computed_or_not",
            ),
        ]

    def __str__(self) -> str:
        return f"report snapshot {self.pk}"

    @property
    def is_waiting(self) -> bool:
        return self.computed_at is None or self.computed_at < self.requested_at
