"""A note to a contact as it stands: saved as a draft, or only begun from a template."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Self

from django.utils import dateformat

from apps.contacts.models import Closeness, Contact
from apps.meetings.models import Meeting
from apps.outreach.models import (
    Attempt,
    Audience,
    Draft,
    NoteKind,
    Slot,
    TemplateVersion,
)
from apps.outreach.quoting import notes_above, quotation, reply_subject
from apps.outreach.writing import Joined, fill, join, open_blanks
from apps.students.class_defaults import usual_minutes

OWN_WORDS: list[Slot] = [
    {
        "key": "body",
        "label": "Your note",
        "hint": "",
        "text": "",
        "is_required": True,
        "joins": False,
    }
]
"""The one slot of a note that follows no template."""

NO_TEMPLATE = "none"


@dataclass(frozen=True)
class Note:
    """`above` are the earlier notes that a follow-up quotes, the newest first.

    `values` are what the fields of a template stand for. `meeting` is what a thank-you is for.
    """

    contact: Contact
    kind: NoteKind
    version: TemplateVersion | None
    subject: str
    parts: Mapping[str, str]
    revision: int
    values: Mapping[str, str]
    above: tuple[Attempt, ...] = ()
    meeting: Meeting | None = None
    is_saved: bool = False

    def saying(self, *, subject: str, parts: Mapping[str, str]) -> Self:
        """Return the same note in other words."""
        return replace(self, subject=subject, parts=parts)

    @property
    def slots(self) -> list[Slot]:
        return self.version.slots if self.version else OWN_WORDS

    @cached_property
    def joined(self) -> Joined:
        """The student's own lines."""
        return join(self.slots, self.parts)

    @property
    def quoted(self) -> str:
        student = self.contact.student
        return quotation(self.above, writer=student.name, zone=student.zone)

    @property
    def whole_text(self) -> str:
        """The text as it goes out, earlier notes below it."""
        return "\n\n".join(filter(None, [self.joined.text, self.quoted]))

    @property
    def names(self) -> list[str]:
        """The names in the note, which may look like anything."""
        return [self.values[name] for name in self.values if self.values[name]]

    @property
    def blanks(self) -> list[tuple[int, int]]:
        return open_blanks(self.joined.text, known=self.names)

    @property
    def marked_slots(self) -> list[tuple[Slot, bool]]:
        """Each slot, and whether its part says something in which nothing is open."""
        texts = [(slot, self.parts.get(slot["key"], "")) for slot in self.slots]
        return [
            (slot, bool(text.strip()) and not open_blanks(text, known=self.names))
            for slot, text in texts
        ]

    def with_line(self, line: str) -> str:
        """Return the whole text with one more line, above the name if it ends with one."""
        last = self.slots[-1]
        place, _ = self.joined.places.get(last["key"], (0, 0))
        if "{my_name}" not in last["text"]:
            place = len(self.joined.text)
        above, below = self.joined.text[:place].rstrip(), self.joined.text[place:]
        return "\n\n".join(filter(None, [above, line, below, self.quoted]))

    def problems(self) -> dict[str, str]:
        """Return what keeps the note from being finished, by part; "subject" is one of them."""
        wanted = {slot["key"]: slot for slot in self.slots}
        texts = {"subject": self.subject, **{key: self.parts.get(key, "") for key in wanted}}
        found = {}
        for key, text in texts.items():
            blanks = [text[start:end] for start, end in open_blanks(text, known=self.names)]
            if blanks:
                found[key] = f"Still open: {', '.join(blanks)}. Fill it in, or leave it out."
            elif key in wanted and wanted[key]["is_required"] and not text.strip():
                found[key] = "This part is missing."
        return found


def note_to(
    contact: Contact,
    kind: NoteKind,
    *,
    template: str = "",
    version: str | None = None,
    now: datetime,
) -> Note:
    """Return the draft of this kind to a contact who came with the student, or a new beginning.

    `template` is the key of the one to go on with, or "none"; what the student wrote in parts
    that both have is kept. `version` instead is what a page was drawn from: its key, "" for none.
    """
    drafts = Draft.objects.select_related("template_version__template")
    draft = drafts.filter(contact=contact, kind=kind).first()
    chosen = _version(contact, kind, draft, template=template, version=version)
    values = values_for(contact, now=now)
    above = tuple(_above(contact, now)) if kind == NoteKind.FOLLOW_UP else ()
    subject, parts = _begun(chosen, values)
    if above and above[0].subject:
        subject = reply_subject(above[0].subject)
    if draft:
        subject, parts = _continued(draft, chosen, values, subject, parts)
    return Note(
        contact,
        kind,
        chosen,
        subject,
        parts,
        draft.revision if draft else 0,
        values,
        above,
        _unthanked(contact) if kind == NoteKind.THANK_YOU else None,
        is_saved=draft is not None,
    )


def values_for(contact: Contact, *, now: datetime) -> dict[str, str]:
    """Return what the fields of a template stand for; empty where nothing is known."""
    introducer = contact.introduced_by
    talk = Meeting.objects.filter(contact=contact, status="held", starts_at__lte=now).order_by(
        "-starts_at", "-pk"
    )
    last = talk.first()
    values = {
        "first_name": contact.given_name or contact.name,
        "organization": contact.organization,
        "introducer": introducer.name if introducer and not introducer.is_erased else "",
        "last_talk": _day(last, contact, now) if last else "",
        "minutes": str(usual_minutes(contact.student)),
        "my_name": contact.student.name,
    }
    return {name: " ".join(value.split()) for name, value in values.items()}


def versions_in_use() -> list[TemplateVersion]:
    """Return the latest version of each template that is not laid aside, by kind."""
    latest = (
        TemplateVersion.objects.filter(template__is_retired=False)
        .select_related("template")
        .order_by("template_id", "-number")
        .distinct("template_id")
    )
    kinds = list(NoteKind)
    return sorted(latest, key=lambda one: (kinds.index(NoteKind(one.template.kind)), one.pk))


def suggested_version(contact: Contact, kind: NoteKind) -> TemplateVersion | None:
    """Return the template of this kind that suits how well the two know each other."""
    is_known = contact.closeness in (Closeness.KNOWS, Closeness.KNOWS_WELL)
    wanted = Audience.KNOWN if is_known else Audience.STRANGER
    of_kind = [version for version in versions_in_use() if version.template.kind == kind]
    for for_whom in (wanted, ""):
        for version in of_kind:
            if version.template.for_whom == for_whom:
                return version
    return of_kind[0] if of_kind else None


def _version(
    contact: Contact, kind: NoteKind, draft: Draft | None, *, template: str, version: str | None
) -> TemplateVersion | None:
    if version is not None:
        return _of_kind(kind, pk=version)
    if template == NO_TEMPLATE:
        return None
    if template and (chosen := _of_kind(kind, template_id=template)):
        return chosen
    return draft.template_version if draft else suggested_version(contact, kind)


def _of_kind(kind: NoteKind, **key: str) -> TemplateVersion | None:
    if not all(value.isascii() and value.isdecimal() and len(value) < 10 for value in key.values()):
        return None
    versions = TemplateVersion.objects.select_related("template").order_by("-number")
    return versions.filter(template__kind=kind, **key).first()


def _begun(
    version: TemplateVersion | None, values: Mapping[str, str]
) -> tuple[str, dict[str, str]]:
    if version is None:
        return "", {slot["key"]: "" for slot in OWN_WORDS}
    return fill(version.subject, values), {
        slot["key"]: fill(slot["text"], values) for slot in version.slots
    }


def _continued(
    draft: Draft,
    version: TemplateVersion | None,
    values: Mapping[str, str],
    subject: str,
    parts: dict[str, str],
) -> tuple[str, dict[str, str]]:
    """Return the draft's own words, in the template's order if it is another one than before."""
    if draft.template_version == version:
        return draft.subject, {key: draft.parts.get(key, text) for key, text in parts.items()}
    old_subject, old_parts = _begun(draft.template_version, values)
    own = {key: text for key, text in draft.parts.items() if text != old_parts.get(key)}
    if draft.subject != old_subject:
        subject = draft.subject
    return subject, {key: own.get(key, text) for key, text in parts.items()}


def _above(contact: Contact, now: datetime) -> list[Attempt]:
    attempts = Attempt.objects.filter(contact=contact, sent_at__lte=now)
    return notes_above(list(attempts.order_by("sent_at", "pk")))


def _unthanked(contact: Contact) -> Meeting | None:
    return Meeting.objects.unthanked().filter(contact=contact).order_by("-starts_at", "-pk").first()


def _day(meeting: Meeting, contact: Contact, now: datetime) -> str:
    zone = contact.student.zone
    day = meeting.starts_at.astimezone(zone)
    is_this_year = day.year == now.astimezone(zone).year
    return dateformat.format(day, "F j" if is_this_year else "F j, Y")
