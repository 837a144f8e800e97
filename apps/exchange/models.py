from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from apps.accounts.models import User
from apps.accounts.roles import Permission
from apps.common.models import Row, one_of
from apps.students.models import Term

LEASE = timedelta(seconds=90)  # longer than any silence of a living worker
MOST_TRIES = 3
# People's data in a file that nobody decides on, and in quotations of one that was refused.
UNDECIDED_FOR = timedelta(days=7)
REFUSED_FOR = timedelta(days=30)


class State(models.TextChoices):
    WAITING_CHECK = "waiting_check", "Waiting to be checked"
    CHECKING = "checking", "Being checked"
    CHECKED = "checked", "Checked, waiting for your yes"
    REFUSED = "refused", "Refused"
    WAITING_SAVE = "waiting_save", "Waiting to be saved"
    SAVING = "saving", "Being saved"
    SAVED = "saved", "Saved"
    DISCARDED = "discarded", "Discarded"
    FAILED = "failed", "Stopped by an error"


WAITING = [State.WAITING_CHECK, State.WAITING_SAVE]
WORKING = [State.CHECKING, State.SAVING]
FINISHED = [State.REFUSED, State.SAVED, State.DISCARDED, State.FAILED]


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def visible_to(self, user: User) -> "ImportRunQuerySet":
        return self.all() if user.may(Permission.IMPORT_SEMESTER) else self.none()

    def unfinished(self) -> "ImportRunQuerySet":
        return self.exclude(state__in=FINISHED)

    def claimable(self) -> "ImportRunQuerySet":
        """Return what waits for a worker, and what a worker left lying, by the database's clock."""
        return self.filter(
            Q(state__in=WAITING) | Q(state__in=WORKING, claimed_until__lt=Now())
        ).order_by("pk")

    def forgotten(self, now: datetime) -> "ImportRunQuerySet":
        """Return the runs that nobody has come back to for long."""
        return self.filter(
            Q(state=State.CHECKED, created_at__lt=now - UNDECIDED_FOR)
            | Q(state=State.REFUSED, created_at__lt=now - REFUSED_FOR)
        )

    def without_file(self) -> "ImportRunQuerySet":
        return self.defer("content")

    def finish(self, state: State, **also: Any) -> int:
        """End the runs. The uploaded file is people's data that nobody needs any more."""
        return self.update(
            state=state, content=None, claim=None, claimed_until=None, finished_at=Now(), **also
        )


class ImportRun(Row):
    """A workbook on its way from an administrator's browser into the tables.

    The file lives in the row until the run is finished, so that a worker on any host can take it
    up. A worker holds a run by `claim` until `claimed_until`, renews that while it lives, and
    names the claim in every write: one that was taken for dead finds nothing to write to.
    """

    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="import_runs")
    decided_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decided_import_runs",
        help_text="Who said yes, or discarded it.",
    )
    file_name = models.CharField(max_length=255)
    size = models.PositiveIntegerField(help_text="Bytes.")
    content = models.BinaryField(null=True)

    state = models.CharField(max_length=20, choices=State, default=State.WAITING_CHECK)
    claim = models.UUIDField(null=True, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0, help_text="Of the step at hand.")
    step = models.CharField(max_length=100, blank=True)
    steps_done = models.PositiveSmallIntegerField(default=0)
    steps_total = models.PositiveSmallIntegerField(default=1)

    term_code = models.CharField(max_length=100, blank=True, help_text="As the file has it.")
    counts = models.JSONField(default=dict, blank=True)
    problems = models.JSONField(default=list, blank=True)
    problem_count = models.PositiveIntegerField(default=0)
    term = models.ForeignKey(
        Term, on_delete=models.PROTECT, null=True, blank=True, related_name="import_runs"
    )
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["id"],
                condition=Q(state__in=[*WAITING, *WORKING]),
                name="exchange_importrun_for_worker",
            )
        ]
        constraints = [
            one_of("state", State, table="exchange_importrun"),
            models.CheckConstraint(
                condition=Q(state__in=FINISHED, content__isnull=True, finished_at__isnull=False)
                | ~Q(state__in=FINISHED) & Q(content__isnull=False, finished_at__isnull=True),
                name="exchange_importrun_file_until_finished",
            ),
            models.CheckConstraint(
                condition=Q(state__in=WORKING, claim__isnull=False, claimed_until__isnull=False)
                | ~Q(state__in=WORKING) & Q(claim__isnull=True, claimed_until__isnull=True),
                name="exchange_importrun_claimed_while_working",
            ),
            models.CheckConstraint(
                condition=Q(state=State.SAVED, term__isnull=False)
                | ~Q(state=State.SAVED) & Q(term__isnull=True),
                name="exchange_importrun_saved_has_its_term",
            ),
            models.CheckConstraint(
                condition=Q(state=State.REFUSED, problem_count__gt=0)
                | ~Q(state=State.REFUSED) & Q(problem_count=0),
                name="exchange_importrun_refused_has_problems",
            ),
        ]

    def __str__(self) -> str:
        return f"import run {self.pk}"

    @property
    def is_with_worker(self) -> bool:
        return self.state in WAITING or self.state in WORKING

    @property
    def is_finished(self) -> bool:
        return self.state in FINISHED

    @property
    def is_saving(self) -> bool:
        return self.state in (State.WAITING_SAVE, State.SAVING)

    @property
    def stage(self) -> int:
        """The step a person stands at: 2 the check, 3 the import, 4 past both."""
        if self.state == State.SAVED:
            return 4
        return 3 if self.is_saving else 2

    @property
    def new(self) -> int:
        return self._rows("new")

    @property
    def changed(self) -> int:
        return self._rows("changed")

    @property
    def unchanged(self) -> int:
        return self._rows("unchanged")

    @property
    def news(self) -> int:
        """The rows that saving adds or changes."""
        return self.new + self.changed

    @property
    def row_count(self) -> int:
        return self.news + self.unchanged

    def _rows(self, kind: str) -> int:
        return sum(counts[kind] for counts in self.counts.values())
