from django.db import models
from django.db.models import Q

from apps.accounts.models import User
from apps.common.models import Row, one_of
from apps.metrics.models.release import FileFormat
from apps.students.models import Cohort, Term


class ReportFileQuerySet(models.QuerySet["ReportFile"]):
    def waiting(self) -> "ReportFileQuerySet":
        return self.filter(done_at__isnull=True).order_by("asked_at", "pk")


class ReportFile(Row):
    """A file of an internal report as it stands, for whoever asked; gone after a day.

    It begins as a wish. A worker then writes `name` and `content`, or says in `problem` why there
    is no file. What is kept, and what may leave the office, is a release.
    """

    asked_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="report_files")
    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="report_files")
    cohort = models.ForeignKey(
        Cohort, on_delete=models.CASCADE, null=True, blank=True, related_name="report_files"
    )
    program = models.CharField(max_length=100, null=True, blank=True)  # noqa: DJ001 - as a release
    class_year = models.CharField(max_length=20, null=True, blank=True)  # noqa: DJ001 - as above
    compare_to = models.ForeignKey(
        Term, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    format = models.CharField(max_length=10, choices=FileFormat)
    asked_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    name = models.CharField(max_length=200, blank=True)
    content = models.BinaryField(null=True, blank=True)
    problem = models.CharField(max_length=500, blank=True)

    objects = ReportFileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "asked_by",
                    "term",
                    "cohort",
                    "program",
                    "class_year",
                    "compare_to",
                    "format",
                ],
                condition=Q(done_at__isnull=True),
                nulls_distinct=False,
                name="metrics_reportfile_waits_once",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, content__isnull=True, problem="")
                | Q(done_at__isnull=False, content__isnull=False, problem="")
                | Q(done_at__isnull=False, content__isnull=True) & ~Q(problem=""),
                name="metrics_reportfile_ends_with_content_or_a_reason",
            ),
            one_of("format", FileFormat, table="metrics_reportfile"),
        ]

    def __str__(self) -> str:
        return f"report file {self.pk}"

    @property
    def stage(self) -> int:
        """The step it is at, counted from 1: asked for, with a worker, done."""
        return 3 if self.done_at else 2 if self.tries else 1
