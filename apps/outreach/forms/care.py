from collections.abc import Collection, Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse

from apps.contacts.fingerprints import key_from
from apps.contacts.wishes import Wishes
from apps.outreach.forms.attempts import LONGEST_REASON

Data = Mapping[str, Any] | None


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
