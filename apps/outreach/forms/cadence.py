from collections.abc import Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.urls import reverse

from apps.outreach.in_touch import Rhythm
from apps.outreach.templatetags.rhythm import every

Data = Mapping[str, Any] | None

SHORTEST, LONGEST = 7, 730
OUT_OF_RANGE = f"Choose from {SHORTEST} to {LONGEST} days."


def days_field(**options: Any) -> forms.IntegerField:
    out_of_range = {"min_value": OUT_OF_RANGE, "max_value": OUT_OF_RANGE}
    return forms.IntegerField(
        min_value=SHORTEST, max_value=LONGEST, error_messages=out_of_range, **options
    )


class CadenceForm(forms.Form):
    """How often to be in touch with one contact."""

    how = forms.ChoiceField(label="How often", widget=forms.RadioSelect)
    days = days_field(label="Days", help_text=f"From {SHORTEST} to {LONGEST}.", required=False)

    def __init__(
        self, data: Data = None, *, contact_pk: int, rhythm: Rhythm, usual: Rhythm
    ) -> None:
        how = "usual" if rhythm.whose != "own" else "days" if rhythm.days else "never"
        super().__init__(data, initial={"how": how, "days": rhythm.days or usual.days})
        self.fields["how"].choices = [  # type: ignore[attr-defined]
            ("usual", f"As usual: {every(usual)}"),
            ("days", "Every so many days"),
            ("never", "Never; I shall think of it myself"),
        ]
        self.helper = FormHelper()
        self.helper.form_action = reverse("contact_cadence", args=[contact_pk])
        self.helper.form_class = "ch-all-optional"
        self.helper.add_input(Submit("save", "Keep this"))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("how") != "days":
            self.errors.pop("days", None)
        elif not cleaned.get("days") and "days" not in self.errors:
            self.add_error("days", OUT_OF_RANGE)
        return cleaned

    def chosen_days(self) -> int | None:
        """Return every how many days, None for never."""
        return self.cleaned_data["days"] if self.cleaned_data["how"] == "days" else None


class TagCadenceForm(forms.Form):
    """How often to be in touch with all who carry a tag; no days take its cadence away."""

    tag = forms.CharField(max_length=50)
    days = days_field(required=False)
