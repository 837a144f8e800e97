from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms

from apps.outreach.forms.moments import day_field, hour_field, past_moment
from apps.outreach.models import Channel, Slot
from apps.outreach.notes import Note
from apps.outreach.protection import Advice
from apps.outreach.writing import tidied
from apps.students.models import Student

Data = Mapping[str, Any] | None

LONGEST_PART = 4_000
LONGEST_NOTE = 10_000
LONGEST_REASON = 300


class PartField(forms.CharField):
    """One part of a note, with plain line ends whatever the browser sends."""

    def __init__(self, slot: Slot) -> None:
        super().__init__(
            label=slot["label"],
            help_text=slot["hint"],
            max_length=LONGEST_PART,
            required=False,  # a draft may have gaps; finishing it asks for them
            widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
        )

    def to_python(self, value: Any) -> str:
        return tidied(super().to_python(value) or "")


class ComposeForm(forms.Form):
    """The parts of a note, in the order of its slots."""

    subject = forms.CharField(
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
    )
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Data = None, *, note: Note) -> None:
        self.note = note
        self.names = {f"part-{slot['key']}": slot for slot in note.slots}
        initial = {
            "subject": note.subject,
            "revision": note.revision,
            "version": str(note.version.pk) if note.version else "",
            **{name: note.parts.get(slot["key"], "") for name, slot in self.names.items()},
        }
        super().__init__(data, initial=initial)
        for name, slot in self.names.items():
            self.fields[name] = PartField(slot)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if len(self.as_typed().joined.text) > LONGEST_NOTE:
            self.add_error(None, "This is far too long for a note. Keep what matters most.")
        return cleaned

    def as_typed(self) -> Note:
        """Return the note in the words that were typed, as far as they can be taken."""
        typed = getattr(self, "cleaned_data", {})
        return self.note.saying(
            subject=typed.get("subject", self.note.subject),
            parts={
                slot["key"]: typed.get(name, self.note.parts.get(slot["key"], ""))
                for name, slot in self.names.items()
            },
        )

    def add_problems(self, problems: Mapping[str, str]) -> None:
        """Say at each part what keeps the note from being finished."""
        for key, words in problems.items():
            self.add_error(key if key == "subject" else f"part-{key}", words)

    @property
    def rows(self) -> list[tuple[Slot, forms.BoundField, bool]]:
        """The slots with their fields, and whether nothing in them is open."""
        marked = self.as_typed().marked_slots
        return [(slot, self[f"part-{slot['key']}"], is_done) for slot, is_done in marked]


class SentForm(forms.Form):
    """That the note went out: how, and when if not just now. With a reason where one is asked."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    channel = forms.TypedChoiceField(
        label="How", choices=Channel.choices, coerce=Channel, widget=forms.RadioSelect
    )
    sent_on = day_field()
    sent_time = hour_field()
    reason = forms.CharField(
        label="Your reason to write all the same",
        help_text="Your counselor will see it, with this person’s name.",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self, data: Data = None, *, note: Note, advice: Advice, channel: Channel, now: datetime
    ) -> None:
        super().__init__(data, initial={"revision": note.revision, "channel": channel})
        self.student: Student = note.contact.student
        self.now = now
        self.fields["sent_on"].required = self.fields["sent_time"].required = False
        if advice.is_allowed:
            del self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        day, hour = cleaned.get("sent_on"), cleaned.get("sent_time")
        if not self.errors and day is None and hour is None:
            cleaned["sent_at"] = self.now
        elif not self.errors and (day is None or hour is None):
            self.add_error("sent_time" if day else "sent_on", "Give both, or neither for just now.")
        else:
            cleaned["sent_at"] = past_moment(
                self, "sent_on", "sent_time", student=self.student, now=self.now
            )
        return cleaned
