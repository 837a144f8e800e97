from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from apps.common.models import Row, one_of
from apps.contacts.models.contact import Contact
from apps.students.models import Student

LEASE = timedelta(seconds=90)  # longer than any silence of a living worker
MOST_TRIES = 3


class BatchState(models.TextChoices):
    """Where an import stands. Work that waits is taken up by a sweep."""

    WAITING_CHECK = "waiting_check", "Waiting to be checked"
    CHECKED = "checked", "Checked, nothing saved yet"
    WAITING_SAVE = "waiting_save", "Waiting to be saved"
    SAVED = "saved", "Saved"
    REFUSED = "refused", "Refused"
    DISCARDED = "discarded", "Discarded"
    UNDONE = "undone", "Undone"
    STOPPED = "stopped", "Stopped by an error"


WAITING = [BatchState.WAITING_CHECK, BatchState.WAITING_SAVE]
OPEN = [*WAITING, BatchState.CHECKED]


class ImportBatchQuerySet(models.QuerySet["ImportBatch"]):
    def claimable(self) -> "ImportBatchQuerySet":
        """Return what waits for a worker, or was left lying by one, by the database's clock."""
        is_free = Q(claimed_until__isnull=True) | Q(claimed_until__lt=Now())
        return self.filter(is_free, state__in=WAITING).order_by("created_at", "pk")

    def without_file(self) -> "ImportBatchQuerySet":
        return self.defer("data")

    def finish(self, state: BatchState, **also: object) -> int:
        """End the imports, and let go of their files: people's data that nobody needs any more."""
        return self.update(state=state, data=b"", claim=None, claimed_until=None, **also)


class ImportBatch(Row):
    """One file of contacts, from the upload to the undo. Nothing is saved before the yes.

    `data` is the file, let go once it is saved or discarded. `preview` is what the import would
    do, or did: counts, possible duplicates, skipped rows with their reasons, columns as understood
    (`apps.contacts.importing.preview`). `choices` is what the student decided: rows left out,
    duplicates that are the same person.

    A worker holds a batch by `claim` until `claimed_until`, renews that while it lives, and names
    the claim in every write: one that was taken for dead finds nothing to write to.
    """

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="import_batches")
    file_name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, blank=True, help_text="A `files.person.FileKind`.")
    dated_at = models.DateTimeField(
        null=True, blank=True, help_text="As of when the file speaks, once it is read."
    )
    data = models.BinaryField()
    state = models.CharField(max_length=20, choices=BatchState, default=BatchState.WAITING_CHECK)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    claim = models.UUIDField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0, help_text="Of the step at hand.")
    claimed_until = models.DateTimeField(null=True, blank=True)
    refusal = models.TextField(blank=True)
    preview = models.JSONField(default=dict, blank=True)
    choices = models.JSONField(default=dict, blank=True)
    saved_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("state", BatchState, table="contacts_importbatch"),
            models.CheckConstraint(
                condition=Q(state__in=OPEN) | Q(data=b""),
                name="contacts_importbatch_file_until_finished",
            ),
            models.CheckConstraint(
                condition=Q(claim__isnull=True, claimed_until__isnull=True)
                | Q(claim__isnull=False, claimed_until__isnull=False, state__in=WAITING),
                name="contacts_importbatch_claimed_while_working",
            ),
            models.CheckConstraint(
                condition=Q(saved_at__isnull=False, state__in=[BatchState.SAVED, BatchState.UNDONE])
                | Q(saved_at__isnull=True) & ~Q(state__in=[BatchState.SAVED, BatchState.UNDONE]),
                name="contacts_importbatch_saved_at_some_time",
            ),
            models.CheckConstraint(
                condition=Q(done__lte=F("total")), name="contacts_importbatch_progress_in_range"
            ),
        ]
        indexes = [
            models.Index(
                fields=["created_at"],
                condition=Q(state__in=WAITING),
                name="contacts_importbatch_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"import batch {self.pk}"

    @property
    def is_with_worker(self) -> bool:
        return self.state in WAITING

    @property
    def is_saving(self) -> bool:
        return self.state == BatchState.WAITING_SAVE

    @property
    def stage(self) -> int:
        """The step a person stands at: 2 the check, 3 the import, 4 past both."""
        if self.state in (BatchState.SAVED, BatchState.UNDONE):
            return 4
        return 3 if self.is_saving else 2


class Merge(Row):
    """Two contacts that were one person: `kept` stands for both. The row goes once that is undone.

    `moved` names the rows that pointed at the other by model and field:
    {"meetings.meeting.contact": [keys], ...}. `dropped` holds those that said nothing new beside
    a row of the kept contact, whole: {"outreach.attempt": [snapshots], ...}.
    """

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="merges")
    # Protected, since the other one's details stand nowhere but in the changes of the merge.
    kept = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="merges")
    moved = models.JSONField(default=dict, blank=True)
    dropped = models.JSONField(default=dict, blank=True)

    def __str__(self) -> str:
        return f"merge {self.pk}"


class ContactChange(models.Model):
    """What an import or a merge did to one contact, kept so that it can be taken back exactly.

    `before` is None for a contact that was made, `after` for one that went away; both are the
    fields as JSON. The contact's key is a plain number, since its row may be gone.
    """

    batch = models.ForeignKey(
        ImportBatch, on_delete=models.CASCADE, null=True, blank=True, related_name="changes"
    )
    merge = models.ForeignKey(
        Merge, on_delete=models.CASCADE, null=True, blank=True, related_name="changes"
    )
    contact_key = models.BigIntegerField()
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(batch__isnull=False, merge__isnull=True)
                | Q(batch__isnull=True, merge__isnull=False),
                name="contacts_contactchange_of_one_operation",
            ),
        ]
        indexes = [
            models.Index(fields=["contact_key"], name="contacts_changes_of_contact"),
        ]

    def __str__(self) -> str:
        return f"change of contact {self.contact_key}"
