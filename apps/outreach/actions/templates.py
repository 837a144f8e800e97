from collections.abc import Sequence

from django.db import transaction

from apps.accounts.models import User
from apps.outreach.models import Audience, NoteKind, NoteTemplate, Slot, TemplateVersion


@transaction.atomic
def create_template(
    *,
    kind: NoteKind,
    name: str,
    for_whom: Audience | str,
    subject: str,
    slots: Sequence[Slot],
    by: User,
) -> NoteTemplate:
    """Make a template with its first version."""
    template = NoteTemplate.objects.create(kind=kind, name=name, for_whom=for_whom)
    publish_version(template=template, subject=subject, slots=slots, by=by)
    return template


@transaction.atomic
def publish_version(
    *, template: NoteTemplate, subject: str, slots: Sequence[Slot], by: User
) -> TemplateVersion:
    """Let notes begin with other words from now on. Words that stand there already change nothing.

    Earlier versions stay as they are, and so do drafts that began with one.
    """
    template = NoteTemplate.objects.select_for_update().get(pk=template.pk)
    latest = template.versions.order_by("-number").first()
    if latest and (latest.subject, latest.slots) == (subject, list(slots)):
        return latest
    return TemplateVersion.objects.create(
        template=template,
        number=latest.number + 1 if latest else 1,
        subject=subject,
        slots=list(slots),
        published_by=by,
    )


def describe_template(*, template: NoteTemplate, name: str, for_whom: Audience | str) -> None:
    """Name a template otherwise, and say for whom it is."""
    template.name = name
    template.for_whom = for_whom
    template.save(update_fields=["name", "for_whom"])


def retire_template(*, template: NoteTemplate, is_retired: bool) -> None:
    """Lay a template aside, or take it up again. Notes and drafts that began with it stay."""
    template.is_retired = is_retired
    template.save(update_fields=["is_retired"])
