from collections.abc import Mapping
from datetime import datetime
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Submit
from django import forms

from apps.outreach.forms.moments import day_field, hour_field, past_moment, typed
from apps.outreach.models import Attempt, Channel, Touch, TouchKind
from apps.students.models import Student

Data = Mapping[str, Any] | None


class HappenedForm(forms.Form):
    """How and when something passed between the two.

    What was put down before keeps its second unless its day or hour is changed.
    """

    channel = forms.TypedChoiceField(
        label="How", choices=Channel.choices, coerce=Channel, widget=forms.RadioSelect
    )
    on = day_field()
    at = hour_field()

    def __init__(
        self,
        data: Data = None,
        *,
        student: Student,
        now: datetime,
        kept_at: datetime | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        shown = typed(kept_at or now, student)
        times = {"on": shown.date(), "at": shown.time()}
        super().__init__(data, initial={"channel": Channel.EMAIL, **times, **(initial or {})})
        self.student = student
        self.now = now
        self.kept_at = kept_at
        self.helper = FormHelper()
        layout = self.helper.build_default_layout(self)
        place = layout.fields.index("on")
        layout.fields[place : place + 2] = [Div("on", "at", css_class="ch-pair")]
        self.helper.layout = layout
        self.helper.add_input(Submit("save", "Save changes" if kept_at else "Keep it"))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        is_kept = self.kept_at and not {"on", "at"}.intersection(self.changed_data)
        cleaned["happened_at"] = (
            self.kept_at
            if is_kept
            else past_moment(self, "on", "at", student=self.student, now=self.now)
        )
        return cleaned

    def details(self) -> dict[str, Any]:
        """Return what was typed, in the words of the actions."""
        return {name: self.cleaned_data[name] for name in ("channel", "happened_at")}


class AttemptTimeForm(HappenedForm):
    """How and when a note went out, to be put right."""

    def __init__(self, data: Data = None, *, attempt: Attempt, now: datetime) -> None:
        super().__init__(
            data,
            student=attempt.student,
            now=now,
            kept_at=attempt.sent_at,
            initial={"channel": attempt.channel},
        )
        self.attempt = attempt

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        sent_at, replied_at = cleaned.get("happened_at"), self.attempt.replied_at
        if sent_at and replied_at and sent_at > replied_at:
            self.add_error("on", "Their answer came before that. Please look at the day again.")
        return cleaned


class TouchForm(HappenedForm):
    """What passed between the two, other than asking for a conversation and holding it."""

    kind = forms.TypedChoiceField(
        label="What", choices=TouchKind.choices, coerce=TouchKind, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label="In a few words",
        help_text="Only you see it.",
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field_order = ["kind", "channel", "on", "at", "text"]

    @classmethod
    def of(cls, touch: Touch, data: Data = None, *, now: datetime) -> "TouchForm":
        return cls(
            data,
            student=touch.student,
            now=now,
            kept_at=touch.happened_at,
            initial={"kind": touch.kind, "channel": touch.channel, "text": touch.text},
        )

    def details(self) -> dict[str, Any]:
        told = {name: self.cleaned_data[name] for name in ("kind", "text")}
        return {**super().details(), **told}
