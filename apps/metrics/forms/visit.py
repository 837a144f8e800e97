from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms

from apps.students.models import Reason


class VisitForm(forms.Form):
    """Why a counselor opens a student's record. The student reads the answer."""

    reason = forms.ChoiceField(
        label="Why do you open it?", choices=Reason, initial=Reason.CLASS, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.add_input(Submit("open", "Open the record"))
