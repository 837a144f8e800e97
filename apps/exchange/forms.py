from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse

from apps.exchange.workbook.reading import Upload


class WorkbookForm(forms.Form):
    """The choice of a file. What is in it is for a worker to find out."""

    workbook = forms.FileField(
        label="Workbook",
        help_text="A spreadsheet (.xlsx) with six sheets, or a .zip with six CSV files.",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.zip"}),
        error_messages={
            "required": "Choose a file first.",
            "empty": "This file is empty. Choose another one.",
        },
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.helper = FormHelper()
        self.helper.form_action = reverse("import_upload")
        self.helper.add_input(Submit("check", "Check this file"))

    def clean_workbook(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["workbook"]
        if (file.size or 0) > settings.IMPORT_MAX_BYTES:
            most = settings.IMPORT_MAX_BYTES / 1024 / 1024
            raise forms.ValidationError(
                f"This file is larger than {most:.3g} MiB. "
                "Leave out what does not belong to the semester."
            )
        return file

    def upload(self) -> Upload:
        file: UploadedFile = self.cleaned_data["workbook"]
        return Upload(file.name or "", file.read())
