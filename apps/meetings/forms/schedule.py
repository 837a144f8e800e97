from collections.abc import Mapping
from datetime import datetime
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Fieldset, Layout, Submit
from django import forms
from django.conf import settings

from apps.contacts.models import Closeness, Contact
from apps.meetings.clocks import Clocks
from apps.meetings.forms.times import Times
from apps.meetings.models import MOST_TIMES, Meeting, Mode
from apps.students.class_defaults import usual_minutes
from apps.students.models import Student

Data = Mapping[str, Any] | None

AGREED, PROPOSED, OTHER = "agreed", "proposed", "other"
BETWEEN = "A conversation lasts from 1 to 480 minutes."
ROWS = range(1, MOST_TIMES + 1)


def laid_out(*parts: Any, button: str) -> FormHelper:
    helper = FormHelper()
    helper.form_class = "ch-person ch-all-optional"
    helper.layout = Layout(*parts)
    helper.add_input(Submit("save", button))
    return helper


class DetailsForm(forms.ModelForm):
    """How long, how and where. The reason is asked only where the programme wants to know it."""

    minutes = forms.IntegerField(
        label="Minutes",
        min_value=1,
        max_value=480,
        error_messages={"min_value": BETWEEN, "max_value": BETWEEN},
    )
    mode = forms.ChoiceField(
        label="How you meet",
        choices=[(mode.value, mode.label.capitalize()) for mode in Mode],
        initial=Mode.IN_PERSON,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Meeting
        fields = ["minutes", "mode", "mode_reason", "place", "is_practice"]
        labels = {
            "mode_reason": "Why not in person",
            "place": "Where",
            "is_practice": "This one is for practice",
        }
        help_texts = {
            "mode_reason": "A few words: the distance, their wish. Your programme asks.",
            "place": "An address, a link, or the number to call.",
        }

    def __init__(self, data: Data = None, *, contact: Contact, **options: Any) -> None:
        super().__init__(data, **options)
        if "minutes" not in self.initial:
            self.initial["minutes"] = usual_minutes(contact.student)
        if not settings.ASK_WHY_NOT_IN_PERSON:
            del self.fields["mode_reason"]
        self.fields["is_practice"].help_text = (
            f"You know {contact.name} well: a good person to practice with. It counts apart."
            if contact.closeness == Closeness.KNOWS_WELL
            else "With somebody you know well, to rehearse. It counts apart."
        )
        self.helper = laid_out(self.drawn(), button="Save changes")

    def drawn(self) -> Fieldset:
        asked = [name for name in self.Meta.fields if name in self.fields]
        return Fieldset("How and where", *asked)

    def clean_mode_reason(self) -> str:
        reason: str = self.cleaned_data["mode_reason"]
        mode = self.cleaned_data.get("mode")
        if mode == Mode.IN_PERSON:
            return ""
        if mode and not reason:
            self.add_error("mode_reason", "Say in a few words why you do not meet in person.")
        return reason

    @property
    def details(self) -> dict[str, Any]:
        """What was said, as fields of a meeting."""
        said = {name: self.cleaned_data[name] for name in self.Meta.fields if name in self.fields}
        return {**said, "mode_reason": ""} if said["mode"] == Mode.IN_PERSON else said


class SetUpForm(DetailsForm):
    """A conversation with an agreed time, which may lie behind, or one to propose times for."""

    stands = forms.ChoiceField(
        label="How it stands",
        choices=[
            (AGREED, "We have a time, or have met already"),
            (PROPOSED, f"I propose times, up to {MOST_TIMES}"),
        ],
        initial=AGREED,
        widget=forms.RadioSelect,
    )

    def __init__(
        self, data: Data = None, *, student: Student, contact: Contact, now: datetime
    ) -> None:
        super().__init__(data, contact=contact)
        self.times = Times(self, Clocks.of(student, contact), rows=MOST_TIMES, now=now)
        self.moments: list[datetime] = []
        self.helper = laid_out(
            Fieldset(
                "When",
                "stands",
                *self.times.asks_for_clock,
                *self.times.drawn(ROWS[:1]),
                Div(*self.times.drawn(ROWS[1:]), css_class="ch-more-times"),
            ),
            self.drawn(),
            button="Keep it",
        )

    @property
    def is_proposal(self) -> bool:
        return self.cleaned_data.get("stands") == PROPOSED

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        rows = ROWS if self.is_proposal else ROWS[:1]  # the others are not in view then
        self.moments = self.times.read(rows, are_ahead=self.is_proposal)
        return cleaned


class OfferForm(forms.Form):
    """Other times in place of those that were proposed."""

    def __init__(self, data: Data = None, *, meeting: Meeting, now: datetime) -> None:
        super().__init__(data)
        clocks = Clocks.of(meeting.student, meeting.contact)
        self.times = Times(self, clocks, rows=MOST_TIMES, now=now)
        self.moments: list[datetime] = []
        parts = [*self.times.asks_for_clock, *self.times.drawn(ROWS)]
        self.helper = laid_out(*parts, button="Propose these")

    def clean(self) -> None:
        self.moments = self.times.read(ROWS, are_ahead=True)


class MoveForm(forms.Form):
    """The new time of a conversation."""

    def __init__(self, data: Data = None, *, meeting: Meeting, now: datetime) -> None:
        super().__init__(data)
        self.times = Times(self, Clocks.of(meeting.student, meeting.contact), rows=1, now=now)
        self.times.begin_with(meeting.starts_at)
        self.moments: list[datetime] = []
        parts = [*self.times.asks_for_clock, *self.times.drawn([1])]
        self.helper = laid_out(*parts, button="Move it")

    def clean(self) -> None:
        self.moments = self.times.read([1])


class AcceptForm(forms.Form):
    """Which time suits both: one of those proposed, or another."""

    def __init__(self, data: Data = None, *, meeting: Meeting, now: datetime) -> None:
        super().__init__(data)
        clocks = Clocks.of(meeting.student, meeting.contact)
        self.proposed = {time.isoformat(): time for time in meeting.proposed_times}
        self.fields["chosen"] = forms.ChoiceField(
            label="Which time suits you both?",
            choices=[
                *((key, clocks.words(time)) for key, time in self.proposed.items()),
                (OTHER, "Another time"),
            ],
            widget=forms.RadioSelect,
            error_messages={"invalid_choice": "These times have changed. Choose again."},
        )
        self.times = Times(self, clocks, rows=1, now=now)
        self.moments: list[datetime] = []
        other = Div(*self.times.asks_for_clock, *self.times.drawn([1]), css_class="ch-other-time")
        self.helper = laid_out("chosen", other, button="Agree on it")

    def clean(self) -> None:
        chosen = self.cleaned_data.get("chosen")
        if chosen == OTHER:
            self.moments = self.times.read([1])
        elif chosen:
            self.moments = [self.proposed[chosen]]
