from collections.abc import Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from apps.common.forms import KeysField
from apps.students.models import Cohort
from apps.students.roster.choices import Choices
from apps.students.roster.limits import MAX_BYTES
from apps.students.roster.saving import Decisions
from apps.students.roster.table import NO_SECTION, WORDS, Meaning, Table

PASTED = "pasted.csv"
MOST_PASTED = 1_000_000  # characters
MOST_SECTIONS = 300  # to choose from; more are no sections


class RosterFileForm(forms.Form):
    """A file, or rows copied out of a spreadsheet. What is in it is found out when it is read."""

    file = forms.FileField(
        label="File with the class list",
        required=False,
        help_text="CSV or Excel (.xlsx), OneRoster (.zip), or a gradebook from Canvas, Moodle or "
        "Blackboard. At most 5 MB.",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xls,.xlsx,.zip"}),
        error_messages={"empty": "This file is empty. Choose another one."},
    )
    pasted = forms.CharField(
        label="Or paste rows from a spreadsheet",
        required=False,
        max_length=MOST_PASTED,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        help_text="With the column names in the first row, if there are any.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_class = "ch-all-optional"  # one of the two, which the page says
        self.helper.add_input(Submit("read", "Read this list"))

    def clean_file(self) -> UploadedFile | None:
        file: UploadedFile | None = self.cleaned_data["file"]
        if file and (file.size or 0) > MAX_BYTES:
            raise ValidationError("This file is larger than 5 MB. Choose the list of one class.")
        return file

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("file") and not cleaned.get("pasted", "").strip():
            self.add_error("file", "Choose a file, or paste some rows.")
        return cleaned

    def name_and_data(self) -> tuple[str, bytes]:
        file = self.cleaned_data["file"]
        if file:
            return file.name or "", file.read()
        return PASTED, self.cleaned_data["pasted"].encode(errors="replace")


class ColumnsForm(forms.Form):
    """What each column is, which sections are meant, and whether the list is all of the class."""

    sections = forms.MultipleChoiceField(
        label="Sections",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Only the people of these come in.",
    )
    is_full = forms.BooleanField(
        label="This is the whole class",
        required=False,
        help_text="Whoever is in the class and not in the list is named next. Nobody is withdrawn "
        "unless you tick their name there.",
    )
    since = forms.DateField(
        label="New people are in the class since",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="It decides whether they count on the census day.",
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        table: Table,
        choices: Choices,
        cohort: Cohort,
    ) -> None:
        initial = {"is_full": choices.is_full, "since": choices.since}
        super().__init__(data, initial=initial)
        self.table, self.cohort = table, cohort
        for at, column in enumerate(table.columns):
            self.fields[f"column-{at}"] = forms.ChoiceField(
                label=f"What “{column.name}” is",
                required=False,
                choices=[("", "Leave out"), *WORDS.items()],
                initial=choices.mapping[at],
            )
        self._offer_sections(table.sections(choices.mapping), choices)

    def _offer_sections(self, sections: list[str], choices: Choices) -> None:
        if not 1 < len(sections) <= MOST_SECTIONS:
            del self.fields["sections"]
            return
        field: Any = self.fields["sections"]
        field.choices = [(one or "-", one or "In no section") for one in sections]
        chosen = sections if choices.sections is None else choices.sections
        field.initial = [one or "-" for one in sections if one in chosen]

    @property
    def columns(self) -> list[dict[str, Any]]:
        """Return each column with its first values and its field."""
        lines = self.table.lines
        return [
            {
                "name": column.name,
                "sample": [line.cells[at] for line in lines if line.cells[at]][:3],
                "field": self[f"column-{at}"],
            }
            for at, column in enumerate(self.table.columns)
        ]

    def clean_since(self) -> Any:
        since, term = self.cleaned_data["since"], self.cohort.term
        if not term.starts_on <= since <= term.closes_on:
            raise ValidationError(
                f"{term.name} runs from {term.starts_on:%B %-d, %Y} to {term.closes_on:%B %-d, %Y}."
            )
        return since

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        mapping = self._mapping()
        for meaning in Meaning:
            if mapping.count(meaning) > 1:
                raise ValidationError(f"Two columns cannot both be “{WORDS[meaning]}”.")
        if not {Meaning.STUDENT_ID, Meaning.EMAIL} & {*mapping}:
            raise ValidationError("Say which column is the student id, or the e-mail address.")
        if not {Meaning.FULL_NAME, Meaning.GIVEN_NAME, Meaning.FAMILY_NAME} & {*mapping}:
            raise ValidationError("Say which column is the name.")
        if "sections" in self.fields and not cleaned.get("sections"):
            self.add_error("sections", "Choose one section at least.")
        return cleaned

    def _mapping(self) -> list[str]:
        columns = range(len(self.table.columns))
        return [self.cleaned_data.get(f"column-{at}", "") for at in columns]

    def choices(self) -> Choices:
        """Return what was chosen; sections only if they were of the column that it is now."""
        mapping, sections = self._mapping(), None
        at = next((n for n, one in enumerate(mapping) if one == Meaning.SECTION), None)
        offered = "sections" in self.fields and at is not None
        if offered and self.fields[f"column-{at}"].initial == Meaning.SECTION:
            picked = {NO_SECTION if one == "-" else one for one in self.cleaned_data["sections"]}
            sections = None if len(picked) == len(self.table.sections(mapping)) else picked
        return Choices(
            mapping=mapping,
            sections=sections,
            is_full=self.cleaned_data["is_full"],
            since=self.cleaned_data["since"],
        )


class DecisionsForm(forms.Form):
    """The yes to a plan that was shown, with what has to be asked for by name."""

    shown = forms.CharField(max_length=64)
    withdraw = KeysField(required=False)
    bring_back = KeysField(required=False)
    counselor = KeysField(required=False)

    def decisions(self) -> Decisions:
        cleaned = self.cleaned_data
        return Decisions(cleaned["withdraw"], cleaned["bring_back"], cleaned["counselor"])


class InviteForm(forms.Form):
    """Whom to invite: these enrollments, or whoever has not been invited."""

    enrolment = KeysField(required=False)
