from django.db import models
from django.db.models import Q

from apps.accounts.models import User
from apps.common.models import Row, one_of
from apps.students.models.term import Cohort


class RosterSource(models.TextChoices):
    PAGE = "page", "Uploaded"
    COMMAND = "command", "Given to a command"
    FOLDER = "folder", "From the nightly folder"


class RosterState(models.TextChoices):
    READ = "read", "Waiting for your yes"
    SAVED = "saved", "Saved"
    DISCARDED = "discarded", "Discarded"
    UNDONE = "undone", "Undone"


class RosterImport(Row):
    """One file with a class list, from the upload to the undo. Nothing is saved before the yes.

    `table` is what the file was read into (`apps.students.roster.table.Table`), without passwords
    and the like, and is let go once somebody has decided. The file itself is kept nowhere.
    `choices` is how its columns are understood. `result` says what was done: counts and problems.
    """

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="roster_imports")
    by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="roster_imports"
    )
    source = models.CharField(max_length=20, choices=RosterSource, default=RosterSource.PAGE)
    file_name = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=20, choices=RosterState, default=RosterState.READ)
    table = models.JSONField(default=dict, blank=True)
    choices = models.JSONField(default=dict, blank=True)
    result = models.JSONField(default=dict, blank=True)
    saved_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            one_of("source", RosterSource, table="students_rosterimport"),
            one_of("state", RosterState, table="students_rosterimport"),
            models.CheckConstraint(
                condition=Q(state=RosterState.READ) | Q(table={}),
                name="students_rosterimport_table_until_decided",
            ),
            models.CheckConstraint(
                condition=Q(
                    saved_at__isnull=False, state__in=[RosterState.SAVED, RosterState.UNDONE]
                )
                | Q(saved_at__isnull=True) & ~Q(state__in=[RosterState.SAVED, RosterState.UNDONE]),
                name="students_rosterimport_saved_at_some_time",
            ),
        ]

    def __str__(self) -> str:
        return f"roster import {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state == RosterState.READ


class ChangedTable(models.TextChoices):
    STUDENT = "student", "Student"
    ENROLMENT = "enrolment", "Enrollment"
    ACCOUNT = "account", "Account"
    COUNSELOR = "counselor", "Counselor"


class RosterChange(models.Model):
    """What an import did to one row, kept so that it can be taken back exactly.

    `before` is None for a row that was made; both are the fields as JSON. A counselor who was
    added to the class has only `after`, and `key` is the user's.
    """

    roster_import = models.ForeignKey(
        RosterImport, on_delete=models.CASCADE, related_name="changes"
    )
    table = models.CharField(max_length=20, choices=ChangedTable)
    key = models.BigIntegerField()
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField()

    class Meta:
        constraints = [one_of("table", ChangedTable, table="students_rosterchange")]

    def __str__(self) -> str:
        return f"change {self.pk} of a class list"


class DropOutcome(models.TextChoices):
    SAVED = "saved", "Saved"
    UNCHANGED = "unchanged", "Nothing new"
    REFUSED = "refused", "Refused"
    UNPLACED = "unplaced", "No such class"


class RosterDrop(Row):
    """A file in the nightly folder, as it was when it was last looked at, and what came of it."""

    path = models.CharField(max_length=400, unique=True, help_text="Below the folder.")
    digest = models.CharField(max_length=64)
    outcome = models.CharField(max_length=20, choices=DropOutcome)
    words = models.TextField(blank=True)
    looked_at = models.DateTimeField()
    roster_import = models.ForeignKey(
        RosterImport, on_delete=models.SET_NULL, null=True, blank=True, related_name="drops"
    )

    class Meta:
        ordering = ["path"]
        constraints = [one_of("outcome", DropOutcome, table="students_rosterdrop")]

    def __str__(self) -> str:
        return f"roster drop {self.pk}"
