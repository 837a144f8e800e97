from django.db import models
from django.db.models import F, Q

from apps.common.models import Row, one_of
from apps.contacts.models.contact import Contact
from apps.students.models import Student


class BatchState(models.TextChoices):
    """Where an import stands. Work that waits is taken up by a sweep."""

    WAITING_CHECK = "waiting_check", "Waiting to be checked"
    CHECKED = "checked", "Checked, nothing saved yet"
    WAITING_SAVE = "waiting_save", "Waiting to be saved"
    SAVED = "saved", "Saved"
    REFUSED = "refused", "Refused"
    DISCARDED = "discarded", "Discarded"
    UNDONE = "undone", "Undone"


class ImportBatch(Row):
    """One file of contacts, from the upload to the undo. Nothing is saved before the yes.

    `data` is the file, let go once it is saved or discarded. `preview` is what the import would
    do: counts, possible duplicates, skipped rows with their reasons, columns as understood.
    `choices` is what the student decided: rows left out, duplicates that are the same person.
    """

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="import_batches")
    file_name = models.CharField(max_length=200)
    data = models.BinaryField()
    state = models.CharField(
        max_length=20, choices=BatchState.choices, default=BatchState.WAITING_CHECK
    )
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    claimed_until = models.DateTimeField(null=True, blank=True)
    refusal = models.TextField(blank=True)
    preview = models.JSONField(default=dict, blank=True)
    choices = models.JSONField(default=dict, blank=True)
    saved_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            one_of("state", BatchState, table="contacts_importbatch"),
            models.CheckConstraint(
                condition=Q(done__lte=F("total")), name="contacts_importbatch_progress_in_range"
            ),
        ]
        indexes = [
            models.Index(
                fields=["created_at"],
                condition=Q(state__in=[BatchState.WAITING_CHECK, BatchState.WAITING_SAVE]),
                name="contacts_importbatch_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"import batch {self.pk}"


class Merge(Row):
    """Two contacts that were one person: `kept` stands for both, and it can be taken back.

    `moved` names the rows that pointed at the other: {"meetings.meeting": [keys], ...}.
    """

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="merges")
    kept = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="merges")
    moved = models.JSONField(default=dict, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

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

    def __str__(self) -> str:
        return f"change of contact {self.contact_key}"
