"""Whether two notes say nearly the same, so that nobody sends one text to many people (E17)."""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from apps.contacts.models import Contact
from apps.outreach.models import Attempt, Draft, NoteKind
from apps.outreach.notes import OWN_WORDS, Note
from apps.outreach.writing import fill, join, open_blanks

NEARLY = 0.9
PERHAPS = 0.7  # as much as two notes have in common at least, names counted, that are nearly alike
TOO_SHORT = 12  # words of which it does not matter whether others got the same
MOST_COMPARED = 300

FOR_ONE_PERSON = {
    NoteKind.FIRST_NOTE,
    NoteKind.REFERRAL_INTRO,
    NoteKind.THANK_YOU,
    NoteKind.KEEP_IN_TOUCH,
    NoteKind.LANDED,
}
"""The kinds that are about the person. A line about a time may well be the same for everybody."""

_WORD = re.compile(r"\w+(?:['’]\w+)*")


@dataclass(frozen=True)
class Alike:
    """A note to another contact; `sent_at` is None for a draft."""

    contact: Contact
    sent_at: datetime | None


def likeness(one: str, two: str, *, names: Collection[str] = ()) -> float:
    """Return how alike two texts are word by word, from 0 to 1, whoever they name.

    `names` are the people and organizations in them. Very short texts are never alike, and far
    below NEARLY it is 0.
    """
    left_out = set(_words(" ".join(names)))
    a, b = ([word for word in _words(text) if word not in left_out] for text in (one, two))
    if min(len(a), len(b)) < TOO_SHORT:
        return 0
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    if min(matcher.real_quick_ratio(), matcher.quick_ratio()) < NEARLY:
        return 0
    return matcher.ratio()


def is_like_its_template(note: Note) -> bool:
    """Return whether hardly a word of the template was changed, its blanks aside."""
    if note.version is None or note.kind not in FOR_ONE_PERSON:
        return False
    begun = {slot["key"]: fill(slot["text"], note.values) for slot in note.slots}
    text = join(note.slots, begun).text
    for start, end in reversed(open_blanks(text, known=note.names)):
        text = text[:start] + text[end:]
    return likeness(note.joined.text, text) >= NEARLY


def most_alike(note: Note) -> Alike | None:
    """Return the note to another contact of the student that says nearly the same, if one does."""
    words = Counter(_words(note.joined.text))
    if note.kind not in FOR_ONE_PERSON or words.total() < TOO_SHORT:
        return None
    closest, found = NEARLY, None
    for other, text in _others(note):
        theirs = Counter(_words(text))
        if 2 * (words & theirs).total() < PERHAPS * (words.total() + theirs.total()):
            continue  # most are that different, and to compare word by word takes its time
        names = [*note.names, *(other.contact.name, other.contact.organization)]
        how_like = likeness(note.joined.text, text, names=names)
        if how_like >= closest and (found is None or how_like > closest):
            closest, found = how_like, other
    return found


def _others(note: Note) -> Iterator[tuple[Alike, str]]:
    contact = note.contact
    others = {"student": contact.student_id, "contact__erased_at__isnull": True}
    sent = Attempt.objects.filter(**others, kind__in=FOR_ONE_PERSON).exclude(contact=contact)
    for attempt in (
        sent.exclude(text="").select_related("contact").order_by("-sent_at", "-pk")[:MOST_COMPARED]
    ):
        yield Alike(attempt.contact, attempt.sent_at), attempt.text
    drafts = Draft.objects.filter(**others, kind__in=FOR_ONE_PERSON).exclude(contact=contact)
    for draft in drafts.select_related("contact", "template_version").order_by("-saved_at", "-pk")[
        :MOST_COMPARED
    ]:
        slots = draft.template_version.slots if draft.template_version else OWN_WORDS
        yield Alike(draft.contact, None), join(slots, draft.parts).text


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
