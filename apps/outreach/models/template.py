from typing import TypedDict

from django.db import models

from apps.accounts.models import User
from apps.common.models import Row, one_of


class NoteKind(models.TextChoices):
    """What a note is for. The tone coach knows the first six by the same words."""

    FIRST_NOTE = "first_note", "First note"
    FOLLOW_UP = "follow_up", "Follow-up"
    REFERRAL_INTRO = "referral_intro", "Introduced by somebody"
    MEETING_REQUEST = "meeting_request", "Request for a time"
    THANK_YOU = "thank_you", "Thank-you"
    KEEP_IN_TOUCH = "keep_in_touch", "News to keep in touch"
    CONFIRMATION = "confirmation", "Confirmation of a time"
    LANDED = "landed", "I have landed"


ASKING = [
    NoteKind.FIRST_NOTE.value,
    NoteKind.FOLLOW_UP.value,
    NoteKind.REFERRAL_INTRO.value,
    NoteKind.MEETING_REQUEST.value,
]
"""The kinds that ask for a conversation. The others only keep what is there alive."""


class Audience(models.TextChoices):
    """To whom a template of its kind is suggested first. Without one it suits anybody."""

    KNOWN = "known", "People they know"
    STRANGER = "stranger", "People they have never met"


class NoteTemplate(Row):
    """A way to begin a note of one kind, kept by the programme; its words stand in versions."""

    kind = models.CharField(max_length=20, choices=NoteKind)
    name = models.CharField(max_length=100, unique=True)
    for_whom = models.CharField(
        max_length=20, choices=Audience, blank=True, default="", db_default=""
    )
    is_retired = models.BooleanField(default=False)

    class Meta:
        constraints = [
            one_of("kind", NoteKind, table="outreach_notetemplate"),
            one_of("for_whom", Audience, table="outreach_notetemplate", blank=True),
        ]

    def __str__(self) -> str:
        return f"template {self.pk}"


class Slot(TypedDict):
    """One labelled part of a note.

    `text` is what the part begins with: {first_name} and the like are filled in, what stands in
    [square brackets] is for the student to fill. `joins` says that it continues the paragraph.
    """

    key: str
    label: str
    hint: str
    text: str
    is_required: bool
    joins: bool


class TemplateVersion(Row):
    """The words of a template from one day on.

    Never changed once published, since figures name it: the database refuses it (migration
    `keep_what_is_published`).
    """

    template = models.ForeignKey(NoteTemplate, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    subject = models.CharField(max_length=200, blank=True)
    slots = models.JSONField(default=list)
    published_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="template_versions"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["template", "number"], name="outreach_templateversion_number_once"
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.pk} of a template"
