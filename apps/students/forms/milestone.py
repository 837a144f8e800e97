from collections.abc import Mapping
from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.urls import reverse

from apps.students.models import Cohort


def day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class MilestoneForm(forms.Form):
    """So many conversations by a day of the term."""

    conversations = forms.IntegerField(label="Conversations held", min_value=1, max_value=200)
    due_on = day("By")

    def __init__(self, data: Mapping[str, Any] | None = None, *, cohort: Cohort) -> None:
        super().__init__(data)
        self.cohort = cohort
        self.helper = FormHelper()
        self.helper.form_action = reverse("cohort_milestone_set", args=[cohort.pk])
        self.helper.add_input(Submit("save", "Set milestone", css_class="btn-line"))

    def clean_due_on(self) -> date:
        due_on: date = self.cleaned_data["due_on"]
        term = self.cohort.term
        if not term.starts_on <= due_on <= term.closes_on:
            raise forms.ValidationError("Choose a day of this term.")
        return due_on


class CohortChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}, {obj.term.name}"


class CopyForm(forms.Form):
    """From which earlier class to take the settings: one of the same name first."""

    source = CohortChoice(
        label="Settings and milestones of", queryset=Cohort.objects.none(), empty_label=None
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, cohort: Cohort, seen: Any) -> None:
        super().__init__(data)
        earlier = seen.filter(term__starts_on__lt=cohort.term.starts_on).select_related("term")
        field = self.fields["source"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = earlier.order_by("-term__starts_on", "name")
        field.initial = earlier.filter(name=cohort.name).order_by("-term__starts_on").first()
        self.helper = FormHelper()
        self.helper.form_action = reverse("cohort_settings_copy", args=[cohort.pk])
        self.helper.add_input(Submit("copy", "Take them over", css_class="btn-line"))

    @property
    def has_choice(self) -> bool:
        field = self.fields["source"]
        return isinstance(field, forms.ModelChoiceField) and bool(field.queryset)
