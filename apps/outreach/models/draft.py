from django.db import models

from apps.common.models import Row, one_of
from apps.contacts.models import Contact
from apps.meetings.models import Meeting
from apps.outreach.models.template import NoteKind, TemplateVersion
from apps.students.models import Student


class Draft(Row):
    """A note that the student is writing: one of each kind per contact, gone once it was sent.

    `parts` are the texts of the template's slots by key; a note written without a template has
    one part, `body`. `revision` rises with each save (see `apps.meetings.revisions`).
    """

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="drafts")
    contact = models.ForeignKey(
        Contact,
        on_delete=models.CASCADE,
        related_name="drafts",
        db_constraint=False,  # the composite key (contact, student) stands in its place
    )
    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, null=True, blank=True, related_name="drafts"
    )
    kind = models.CharField(max_length=20, choices=NoteKind)
    template_version = models.ForeignKey(
        TemplateVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="drafts"
    )
    subject = models.CharField(max_length=200, blank=True)
    parts = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "kind"], name="outreach_draft_one_of_each_kind"
            ),
            one_of("kind", NoteKind, table="outreach_draft"),
        ]

    def __str__(self) -> str:
        return f"draft {self.pk}"
