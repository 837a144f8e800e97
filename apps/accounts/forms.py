from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.contrib.auth.forms import SetPasswordForm

from apps.accounts.models import User
from apps.common.localtime import zone_names


class AccountForm(forms.ModelForm):
    """How a person is called, and by which clock they live."""

    time_zone = forms.ChoiceField(
        label="Time zone",
        help_text="Times on every page and in every mail are shown on this clock.",
        required=False,
        choices=lambda: [
            ("", "The career center's own"),
            *((name, name.replace("_", " ")) for name in zone_names()),
        ],
    )

    class Meta:
        model = User
        fields = ["full_name", "time_zone"]
        labels = {"full_name": "Your name"}
        help_texts = {"full_name": "As you want to be called, in any script."}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["full_name"].required = True
        self.fields["full_name"].widget.attrs["autocomplete"] = "name"
        self.helper = FormHelper()
        self.helper.add_input(Submit("save", "Save"))


class WelcomeForm(SetPasswordForm):
    """The first password of somebody who was invited. Saving it is the invitation's business."""

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.fields["new_password1"].label = "Choose a password"
        self.fields[
            "new_password1"
        ].help_text = (
            "At least 12 characters. A few words that only you would put together work well."
        )
        self.fields["new_password2"].label = "The same once more"
        self.fields["new_password2"].help_text = ""
