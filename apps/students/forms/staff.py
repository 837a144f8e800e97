from collections.abc import Mapping
from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Hidden, Submit
from django import forms
from django.db.models import QuerySet
from django.urls import reverse

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.students.forms.milestone import day
from apps.students.models import Cohort


class PersonChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} ({obj.email})"


class PersonForm(forms.Form):
    """One account of a role that may take part in looking after a class."""

    user = PersonChoice(label="Person", queryset=User.objects.none())

    role = Role.COUNSELOR
    label = "Person"
    button = "Add"
    do = ""

    def __init__(self, data: Mapping[str, Any] | None = None, *, cohort: Cohort) -> None:
        super().__init__(data, auto_id=f"{self.do}-%s")
        self.cohort = cohort
        field = self.fields["user"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset, field.label = self.people(), self.label
        self.helper = FormHelper()
        self.helper.form_action = reverse("cohort_people", args=[cohort.pk])
        self.helper.layout = None
        self.helper.add_input(Hidden("do", self.do))
        self.helper.add_input(Submit("save", self.button, css_class="btn-line"))

    def people(self) -> "QuerySet[User]":
        people = User.objects.filter(is_active=True, roles__contains=[self.role])
        return people.order_by("family_name", "full_name", "email")

    @property
    def has_choice(self) -> bool:
        return self.people().exists()


class ColleagueForm(PersonForm):
    """Somebody who looks after the class as well."""

    label, button, do = "Colleague", "Look after it together", "share"

    def people(self) -> "QuerySet[User]":
        return super().people().exclude(cohorts=self.cohort)


class HandOverForm(ColleagueForm):
    """Somebody who takes the class over."""

    label, button, do = "Colleague who takes it over", "Hand the class over", "hand_over"

    def people(self) -> "QuerySet[User]":
        return super(ColleagueForm, self).people()


class SubstituteForm(ColleagueForm):
    """Somebody who stands in, from one day to another."""

    label, button, do = "Substitute", "Let them stand in", "stand_in"

    starts_on = day("From")
    ends_on = day("Up to and with")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        starts_on: date | None = cleaned.get("starts_on")
        ends_on: date | None = cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "This is before the first day.")
        return cleaned


class WorkerForm(PersonForm):
    """A student worker, who sees totals."""

    role, label, button, do = Role.STUDENT_WORKER, "Student worker", "Show them the totals", "help"

    def people(self) -> "QuerySet[User]":
        return super().people().exclude(cohorts_counted=self.cohort)


FORMS = {form.do: form for form in (ColleagueForm, SubstituteForm, WorkerForm, HandOverForm)}
