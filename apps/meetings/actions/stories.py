"""Stories heard and told: whom they were told to, and sharing them with the class."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from apps.meetings.models import Debrief, Meeting, Story, StoryKind, Telling
from apps.students.models import Student

LONGEST_TITLE = Story._meta.get_field("title").max_length or 0
NAMES_THEM = (
    "The story says {name}. Take the name out, or tick that they agreed to be named to the class."
)


class StoryRefused(Exception):
    """The story stays as it was, or untold. The words are for people."""

    def __init__(self, words: str, *, is_about_telling: bool = False) -> None:
        super().__init__(words)
        self.is_about_telling = is_about_telling


def write_story(*, student: Student, details: Mapping[str, Any]) -> Story:
    """Add a story to the bank. `details` are kind, title, text and, of one heard, `heard_in`."""
    return Story.objects.create(student=student, **details)


@transaction.atomic
def edit_story(*, story: Story, details: Mapping[str, Any]) -> Story:
    """Write a story anew; the class reads the new words at once if it is shared.

    Raises StoryRefused where these would name somebody who did not agree.
    """
    story = _locked(story)
    _outdate_debrief(story)
    if story.heard_in != details.get("heard_in", story.heard_in):
        details = {**details, "names_contact": False}  # somebody else has not agreed
        _rewrite(story, details)
        _outdate_debrief(story)
    else:
        _rewrite(story, details)
    return story


@transaction.atomic
def share_story(*, story: Story, names_contact: bool, is_signed: bool, now: datetime) -> Story:
    """Let the class read a story, as the student has just agreed to.

    `names_contact`: whoever told it agreed to be named; `is_signed`: the student's given name
    stands below. Said again, only these two change. Raises StoryRefused.
    """
    story = _locked(story)
    if names_contact and (story.heard_in is None or story.heard_in.contact.is_erased):
        raise StoryRefused("There is nobody to name here.")
    story.names_contact = names_contact
    story.is_signed = is_signed
    _refuse_names(story)
    story.shared_at = story.shared_at or now
    story.save(update_fields=["names_contact", "is_signed", "shared_at"])
    return story


@transaction.atomic
def withdraw_story(*, story: Story) -> Story:
    """Take a story back from the class at once. Said twice, it changes nothing."""
    story = _locked(story)
    story.shared_at = None
    story.names_contact = False
    story.save(update_fields=["names_contact", "shared_at"])
    return story


@transaction.atomic
def remove_story(*, story: Story) -> None:
    """Delete a story, and with it the memory of whom it was told to."""
    story = _locked(story)
    _outdate_debrief(story)
    story.delete()


def hear_story(*, meeting: Meeting, words: str) -> None:
    """Keep the story of a conversation in these words; none lets it go.

    Raises StoryRefused if the class reads it: first the student takes it back.
    """
    story = Story.objects.first_heard_in(meeting)
    if story is None:
        if words:
            write_story(
                student=meeting.student,
                details={"kind": StoryKind.HEARD, "heard_in": meeting, **_as_story(words)},
            )
    elif not words:
        if story.shared_at:
            raise StoryRefused("Your class reads this story. Take it back under Stories first.")
        story.delete()
    elif words != story.words:
        is_title_made = _as_story(story.words)["title"] == story.title
        details = _as_story(words)
        if not is_title_made:
            details = {"text": words}
        _rewrite(story, details)


def tell_story(*, meeting: Meeting, story: Story | None) -> None:
    """Write down which story of their own the student told; none takes it back.

    Raises StoryRefused for one that this person has heard in another conversation.
    """
    told = Telling.objects.filter(meeting=meeting)
    if story is None:
        told.delete()
        return
    story = _locked(story)
    others = Telling.objects.filter(story=story, meeting__contact=meeting.contact_id)
    if others.exclude(meeting=meeting).exists():
        raise StoryRefused(
            f"You told {meeting.contact.name} “{story.title}” before. Choose another one.",
            is_about_telling=True,
        )
    told.exclude(story=story).delete()
    Telling.objects.get_or_create(story=story, meeting=meeting)


def _rewrite(story: Story, details: Mapping[str, Any]) -> None:
    for name, value in details.items():
        setattr(story, name, value)
    if story.shared_at:
        _refuse_names(story)
    story.save(update_fields=[*details])


def _outdate_debrief(story: Story) -> None:
    """Let a debrief page that is open with the old words not write over the new ones."""
    of_meeting = Debrief.objects.filter(meeting=story.heard_in_id)
    of_meeting.update(revision=F("revision") + 1)


def _refuse_names(story: Story) -> None:
    if not story.names_contact and (contact := story.named_contact):
        raise StoryRefused(NAMES_THEM.format(name=contact.name))


def _as_story(words: str) -> dict[str, str]:
    """Return title and text: the words themselves if they are short enough for a title."""
    line = " ".join(words.split())
    if len(line) <= LONGEST_TITLE:
        return {"title": line, "text": "" if line == words else words}
    head = line[: LONGEST_TITLE - 1]
    whole = head if line[len(head) : len(head) + 1] in ("", " ") else head.rpartition(" ")[0]
    return {"title": f"{(whole or head).rstrip(' ,;:.')}…", "text": words}


def _locked(story: Story) -> Story:
    stories = Story.objects.select_for_update(of=("self",)).select_related("heard_in__contact")
    return stories.get(pk=story.pk)
