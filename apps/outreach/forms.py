from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse

from apps.common.localtime import local_moment
from apps.contacts.fingerprints import key_from
from apps.contacts.wishes import Wishes
from apps.outreach.models import Channel, Reply
from apps.outreach.protection import Advice
from apps.students.models import Student

Data = Mapping[str, Any] | None

LONGEST_REASON = 300
LONG_AGO = timedelta(days=5 * 365)


class ReplyForm(forms.Form):
    """What the contact answered: the value of the button that was pressed."""

    reply = forms.TypedChoiceField(choices=Reply.choices, coerce=Reply)


class AttemptForm(forms.Form):
    """A note or a call of the student's, on their own clock, and what came back.

    Where it is better to wait, it asks for a reason as well.
    """

    channel = forms.TypedChoiceField(
        label="How", choices=Channel.choices, coerce=Channel, widget=forms.RadioSelect
    )
    sent_on = forms.DateField(
        label="On which day", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    sent_time = forms.TimeField(
        label="At what time", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    reply = forms.TypedChoiceField(
        label="What came back",
        choices=[("", "Nothing yet"), *Reply.choices],
        coerce=Reply,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="Your reason to write all the same",
        help_text="Your counselor will see it, with this person's name.",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self, data: Data = None, *, student: Student, advice: Advice, now: datetime
    ) -> None:
        local = now.astimezone(student.zone)
        initial = {
            "channel": Channel.EMAIL,
            "sent_on": local.date(),
            "sent_time": local.time(),
            "reply": "",
        }
        super().__init__(data, initial=initial)
        self.student = student
        self.now = now
        words = "Keep it"
        if advice.is_allowed:
            del self.fields["reason"]
        else:
            words = "Keep it, and tell my counselor"
        self.helper = FormHelper()
        self.helper.layout = self.helper.build_default_layout(self)
        self.helper.layout.fields[1:3] = [Div("sent_on", "sent_time", css_class="ch-pair")]
        self.helper.add_input(Submit("save", words))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("sent_on") and cleaned.get("sent_time"):
            cleaned["sent_at"] = self._moment(cleaned)
        return cleaned

    def _moment(self, cleaned: dict[str, Any]) -> datetime | None:
        today = self.student.today(self.now)
        if not today - LONG_AGO <= cleaned["sent_on"] <= today:
            self.add_error("sent_on", "Please look at the day again: it is not in the last years.")
            return None
        moment = local_moment(cleaned["sent_on"], cleaned["sent_time"], self.student.zone)
        if moment > self.now:
            self.add_error("sent_time", "This is still to come. Put it down once it has happened.")
        return moment


class PersonField(forms.CharField):
    """An e-mail address or a profile link, as the key that a person is known by."""

    default_error_messages = {
        "invalid": "Give a whole e-mail address, or a profile link like linkedin.com/in/name."
    }

    def clean(self, value: Any) -> str:
        key = key_from(super().clean(value))
        if not key:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return key


class LookUpForm(forms.Form):
    """Of whom a page about contacts in care is."""

    person = PersonField(label="E-mail address or profile link", max_length=500)

    def __init__(self, data: Data = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["person"].widget.attrs.update(autocomplete="off", spellcheck="false")


class WishForm(forms.Form):
    """What a person asked for. All empty means that anybody may ask."""

    person = PersonField(max_length=500, widget=forms.HiddenInput)
    is_never = forms.BooleanField(label="Does not want to be asked any more", required=False)
    paused_until = forms.DateField(
        label="Wants a pause, up to and with this day",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    most_per_term = forms.IntegerField(
        label="Hears from so many students a term, at most",
        required=False,
        min_value=1,
        max_value=1000,
    )

    def __init__(self, data: Data = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial, auto_id="wish_%s")
        self.helper = FormHelper()
        self.helper.form_class = "ch-all-optional"
        self.helper.form_action = reverse("care_wish")
        self.helper.add_input(Submit("save", "Keep their wish"))

    @classmethod
    def about(cls, key: str, wishes: Wishes) -> "WishForm":
        names = ("is_never", "paused_until", "most_per_term")
        return cls(initial={"person": key, **{name: getattr(wishes, name) for name in names}})


class LiftForm(forms.Form):
    """Why a student may ask all the same, as far as that wants saying."""

    person = PersonField(max_length=500)
    reason = forms.CharField(max_length=LONGEST_REASON, required=False)


class EraseForm(forms.Form):
    """The yes to an erasure, and under which of the other addresses it is the same person."""

    person = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data: Data = None, *, key: str, other_keys: Collection[str]) -> None:
        super().__init__(data, initial={"person": key, "also": list(other_keys)})
        if other_keys:
            self.fields["also"] = forms.MultipleChoiceField(
                label="Found on the same rows. Untick what is not this person’s own.",
                choices=[(other, other) for other in sorted(other_keys)],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        self.helper = FormHelper()
        self.helper.form_action = reverse("care_erase")
        self.helper.add_input(Submit("confirmed", "Erase for good"))
