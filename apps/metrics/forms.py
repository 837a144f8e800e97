from django import forms
from django.db.models import QuerySet

from apps.students.models import Cohort, Term


class ReportForm(forms.Form):
    """Which report to look at: one cohort or the whole term, against which earlier term.

    The choices are what the person may see; anything else in the query counts as not chosen.
    """

    cohort = forms.ModelChoiceField(Cohort.objects.none(), required=False)
    compare = forms.ModelChoiceField(Term.objects.none(), required=False, to_field_name="code")

    def __init__(
        self, *args: object, cohorts: QuerySet[Cohort], earlier: QuerySet[Term], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["cohort"].queryset = cohorts  # type: ignore[attr-defined]
        self.fields["compare"].queryset = earlier  # type: ignore[attr-defined]
