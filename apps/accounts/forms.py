from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms

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
