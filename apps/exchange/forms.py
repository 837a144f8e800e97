from collections.abc import Mapping, Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.conf import settings
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse

from apps.common.csv_text import BadTableError
from apps.exchange.destinations import Words
from apps.exchange.gradebook import Column, Program, Sheet, read_gradebook
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


class GradebookForm(forms.Form):
    """Which program the file is for, and which columns go into it."""

    program = forms.ChoiceField(
        label="For",
        choices=[(Program.CANVAS.value, "Canvas"), (Program.MOODLE.value, "Moodle")],
        initial=Program.CANVAS.value,
        widget=forms.RadioSelect,
    )
    columns = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose one column at least."},
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, columns: Sequence[Column]) -> None:
        keys = [column.key for column in columns]
        super().__init__(data, initial={"columns": keys})
        field = self.fields["columns"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(column.key, f"{column.title}, of {column.points}") for column in columns]


class GradebookFileForm(forms.Form):
    """A gradebook to be compared with what stands here now."""

    gradebook = forms.FileField(
        label="Gradebook file",
        help_text="A CSV file from here, from Canvas or from Moodle. Nothing is changed by it.",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv"}),
        error_messages={"required": "Choose a file first.", "empty": "This file is empty."},
    )

    def clean_gradebook(self) -> Sheet:
        """Return what the file says."""
        file: UploadedFile = self.cleaned_data["gradebook"]
        if (file.size or 0) > settings.IMPORT_MAX_BYTES:
            raise forms.ValidationError("This file is too large for a gradebook.")
        try:
            return read_gradebook(file.read())
        except BadTableError as reason:
            raise forms.ValidationError(str(reason)) from reason


class DestinationFileForm(forms.Form):
    """How the file of first destinations is written."""

    words = forms.ChoiceField(
        choices=[(Words.UCONNECT.value, "uConnect"), (Words.HANDSHAKE.value, "Handshake")],
    )
    ids = forms.BooleanField(required=False)


class EarlierFileForm(forms.Form):
    """A file to look at first; what was looked at comes back signed, so that this is what is saved.

    Nothing of it is kept in between.
    """

    MOST_BYTES = 2 * 1024 * 1024
    SALT = "first destinations that were looked at"
    HOURS = 2

    file = forms.FileField(
        label="CSV file",
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".csv"}),
        error_messages={"empty": "This file is empty. Choose another one."},
    )
    looked_at = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def clean_file(self) -> bytes | None:
        file: UploadedFile | None = self.cleaned_data["file"]
        if file is None:
            return None
        if (file.size or 0) > self.MOST_BYTES:
            raise forms.ValidationError("This file is larger than 2 MiB. Split it.")
        return bytes(file.read())

    def clean_looked_at(self) -> bytes | None:
        signed = self.cleaned_data["looked_at"]
        if not signed:
            return None
        try:
            text: str = signing.loads(signed, salt=self.SALT, max_age=self.HOURS * 3600)
        except signing.BadSignature as reason:
            raise forms.ValidationError("Choose the file once more.") from reason
        return text.encode("latin-1")

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not self.errors and not told.get("file") and not told.get("looked_at"):
            self.add_error("file", "Choose a file first.")
        return told

    @classmethod
    def signed(cls, data: bytes) -> str:
        return signing.dumps(data.decode("latin-1"), salt=cls.SALT, compress=True)
