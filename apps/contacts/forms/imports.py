from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from apps.common.forms import KeysField
from apps.contacts.files.limits import MAX_BYTES


class ContactFileForm(forms.Form):
    """The choice of a file. What is in it is found out when it is read."""

    file = forms.FileField(
        label="File with contacts",
        help_text="LinkedIn’s .zip or its Connections.csv; a .csv from Google, Outlook or "
        "Thunderbird; address book cards, .vcf. At most 5 MB.",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.vcf,.vcard,.zip"}),
        error_messages={
            "required": "Choose a file first.",
            "empty": "This file is empty. Choose another one.",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.add_input(Submit("check", "Check this file"))

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MAX_BYTES:
            raise ValidationError(
                "This file is larger than 5 MB. If it is a whole archive, unpack it and choose "
                "only the file with your contacts."
            )
        return file


class ChoicesForm(forms.Form):
    """Which of the listed people to import, and which of them the student has already."""

    row = KeysField(required=False)

    def __init__(self, *args: Any, preview: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.preview = preview
        self.listed = {person["row"] for person in preview["people"]}
        for duplicate in preview["duplicates"]:
            self.fields[f"same-{duplicate['row']}"] = forms.ChoiceField(
                choices=[("two", "Two people"), ("same", "Same person")], required=False
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.listed and self.listed.isdisjoint(cleaned.get("row", ())):
            raise ValidationError("Choose at least one person, or another file.")
        return cleaned

    def choices(self) -> dict[str, Any]:
        """Return what was decided, as `actions.imports.confirm_import` takes it."""
        same, two = [], []
        for duplicate in self.preview["duplicates"]:
            answer = self.cleaned_data[f"same-{duplicate['row']}"]
            if answer == "same":
                same.append({key: duplicate[key] for key in ("row", "contact", "face")})
            elif answer == "two":
                two.append(duplicate["row"])
        left_out = self.listed.difference(self.cleaned_data["row"])
        return {"left_out": sorted(left_out), "same": same, "two": two}
