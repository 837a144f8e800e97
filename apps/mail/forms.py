from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms

from apps.mail.models import lower


class AddressForm(forms.Form):
    """One address to which nothing shall be written."""

    address = forms.EmailField(
        max_length=254, label="Address", help_text="Sign-in mail still goes."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_show_errors = True
        self.helper.add_input(Submit("stop", "Write no more mail to it", css_class="btn btn-line"))

    def clean_address(self) -> str:
        return lower(self.cleaned_data["address"])
