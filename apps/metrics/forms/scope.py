from django import forms

LARGEST_KEY = 2**63 - 1


class ScopeForm(forms.Form):
    """Which report: of which cohort, against which earlier term. Nothing chosen is fine too.

    Who may see what is not decided here; see `apps.metrics.access`.
    """

    cohort = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_KEY)
    compare = forms.SlugField(required=False)

    def chosen_cohort(self) -> int | None:
        """Return the key in the query; None if there is none or it makes no sense."""
        self.is_valid()
        return self.cleaned_data.get("cohort")

    def chosen_term(self) -> str:
        self.is_valid()
        return str(self.cleaned_data.get("compare", ""))
