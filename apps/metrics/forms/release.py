from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from apps.metrics.models import Audience
from apps.metrics.scope import Scope
from apps.students.models import Cohort, Enrolment, Term

REASON = 500  # as many characters as the column holds
ANY = "any"
"""Stands for "do not narrow": "" is a value of its own, not known."""


class ReasonForm(forms.Form):
    """Why something stands, or no longer stands; it is printed or shown with the report."""

    reason = forms.CharField(
        label="Why",
        max_length=REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why; the reason is kept with the report."},
    )

    def __init__(self, data: object = None, **more: object) -> None:
        super().__init__(data, **more)  # type: ignore[arg-type]
        self.helper = FormHelper()
        self.helper.form_tag = False


class WaiveForm(ReasonForm):
    """A finding that may stand, by its key, with the reason."""

    finding = forms.CharField(max_length=120, widget=forms.HiddenInput)


class PublishForm(forms.Form):
    """Which report of a term is published, for whom, and against which earlier term."""

    audience = forms.ChoiceField(
        label="For whom",
        choices=[
            (Audience.SHAREABLE.value, "Shareable: small counts are hidden"),
            (Audience.INTERNAL.value, "Internal: stays in the office"),
        ],
        initial=Audience.SHAREABLE.value,
        widget=forms.RadioSelect,
    )
    cohort = forms.ModelChoiceField(
        label="Class", queryset=Cohort.objects.none(), required=False, empty_label="Whole term"
    )
    program = forms.ChoiceField(required=False, initial=ANY)
    class_year = forms.ChoiceField(label="Class year", required=False, initial=ANY)
    compare = forms.ModelChoiceField(
        label="Compare with",
        queryset=Term.objects.none(),
        required=False,
        empty_label="No other term",
        to_field_name="code",
    )

    def __init__(self, data: object = None, *, term: Term) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.term = term
        self._narrow("cohort", term.cohorts.order_by("name"))
        self._narrow("compare", Term.objects.before(term))
        for name, label in (("program", "All programs"), ("class_year", "All class years")):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [
                (ANY, label),
                *((value, value or "Not known") for value in self._values(name)),
            ]
        self.helper = FormHelper()
        self.helper.form_tag = False

    def scope(self) -> Scope:
        chosen = self.cleaned_data
        cohort = chosen.get("cohort")
        return Scope(
            cohort.pk if cohort else None, self._chosen("program"), self._chosen("class_year")
        )

    def clean(self) -> None:
        super().clean()
        if self.errors:
            return
        cohort, other = self.cleaned_data.get("cohort"), self.cleaned_data.get("compare")
        if cohort and other and not other.cohorts.filter(name=cohort.name).exists():
            self.add_error("compare", f"{other.name} has no class called {cohort.name}.")
        scope = self.scope()
        if not scope.is_whole_term and not scope.enrolments(self.term).exists():
            raise ValidationError("Nobody who counts is in that part of the term.")

    def _chosen(self, name: str) -> str | None:
        value: str = self.cleaned_data.get(name, ANY)
        was_sent = self.add_prefix(name) in self.data
        return value if was_sent and value != ANY else None

    def _narrow(self, name: str, rows: QuerySet[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows

    def _values(self, name: str) -> list[str]:
        rows = Enrolment.objects.on_census().filter(cohort__term=self.term)
        return list(rows.order_by(name).values_list(name, flat=True).distinct())
