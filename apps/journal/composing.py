"""What the page for writing to somebody gathers from the rooms around it."""

from apps.journal.story import Story
from apps.outreach.models import Draft, NoteKind, Reply, TemplateVersion
from apps.outreach.notes import NO_TEMPLATE, Note, versions_in_use

Choices = list[tuple[str, list[tuple[str, str]]]]


def suggested_kind(story: Story) -> NoteKind:
    """Return what is to be written next: the latest draft, or what fits where the two stand."""
    drafts = Draft.objects.filter(contact=story.contact).order_by("-saved_at", "-pk")
    if draft := drafts.first():
        return NoteKind(draft.kind)
    talk = story.last_talk
    if talk and not talk.thank_you_sent_at:
        return NoteKind.THANK_YOU
    if story.unanswered:
        return NoteKind.FOLLOW_UP
    if talk:
        return NoteKind.KEEP_IN_TOUCH
    word = story.last_word
    if word and word.reply == Reply.YES:
        return NoteKind.CONFIRMATION if story.agreed else NoteKind.MEETING_REQUEST
    introducer = story.introducer
    is_introduced = introducer is not None and not introducer.is_erased
    return NoteKind.REFERRAL_INTRO if is_introduced else NoteKind.FIRST_NOTE


def ways_to_begin(note: Note) -> tuple[Choices, str]:
    """Return what a note can begin with, by kind, and which of it the note did begin with.

    A kind's own words come last. An older version of a template stands in for the latest one.
    """
    by_kind: dict[str, list[TemplateVersion]] = {kind.value: [] for kind in NoteKind}
    for version in versions_in_use():
        by_kind[version.template.kind].append(version)
    begun_with = note.version
    key = str(begun_with.template_id) if begun_with else NO_TEMPLATE
    if begun_with and begun_with.template.is_retired:
        by_kind[note.kind].append(begun_with)
    choices = [
        (
            NoteKind(kind).label,
            [
                *((f"{kind}:{version.template_id}", version.template.name) for version in versions),
                (f"{kind}:{NO_TEMPLATE}", "In your own words"),
            ],
        )
        for kind, versions in by_kind.items()
    ]
    return choices, f"{note.kind}:{key}"
