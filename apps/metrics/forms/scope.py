from typing import Any

from django import forms

from apps.metrics.models import Audience

LARGEST_KEY = 2**63 - 1


class ScopeForm(forms.Form):
    """Which report: of whom, for whom, against which other term. Nothing chosen is fine too.

    Who may see what is not decided here; see `apps.metrics.access`.
    """

    cohort = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_KEY)
    program = forms.CharField(required=False, max_length=100)
    class_year = forms.CharField(required=False, max_length=20)
    audience = forms.ChoiceField(required=False, choices=Audience.choices)
    compare = forms.SlugField(required=False)

    def chosen_cohort(self) -> int | None:
        """Return the key in the query; None if there is none or it makes no sense."""
        self.is_valid()
        return self.cleaned_data.get("cohort")

    def chosen_term(self) -> str:
        self.is_valid()
        return str(self.cleaned_data.get("compare", ""))

    def chosen_part(self) -> dict[str, Any]:
        """Return what narrows the term and for whom it is, as `access.get_report` takes it."""
        cohort = self.chosen_cohort()
        return {
            "cohort_pk": cohort,
            "program": self.cleaned_data.get("program") or None,
            "class_year": self.cleaned_data.get("class_year") or None,
            "audience": Audience(self.cleaned_data.get("audience") or Audience.INTERNAL),
        }
