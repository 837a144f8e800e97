from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from apps.coaching.models import NudgeTemplate, Resource
from apps.coaching.nudging import FIELDS, unknown_fields


def only_known_fields(text: str) -> None:
    """Raise ValidationError for a field that nothing would fill in."""
    if unknown := unknown_fields(text):
        known = ", ".join(f"{{{name}}}" for name in FIELDS)
        raise ValidationError(f"Nothing is known by the name {{{unknown[0]}}}. There are {known}.")


class TemplateField(forms.ModelChoiceField):
    def label_from_instance(self, obj: NudgeTemplate) -> str:
        return obj.name


class ResourceField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Resource) -> str:
        return obj.title


class SelectionForm(forms.Form):
    """Whom a nudge is for, and what it begins with: the query of the page's address."""

    student = forms.TypedMultipleChoiceField(
        label="Students", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    template = TemplateField(
        NudgeTemplate.objects.filter(is_retired=False).order_by("pk"),
        label="Begin with",
        required=False,
        empty_label="In your own words",
    )
    resource = ResourceField(
        Resource.objects.filter(is_retired=False).order_by("title"),
        label="With a link to",
        required=False,
        empty_label="No resource",
    )

    def __init__(self, data: Any, *, students: list[tuple[int, str]]) -> None:
        super().__init__(data)
        self.fields["student"].choices = students  # type: ignore[attr-defined]


class NudgeForm(forms.Form):
    """What is said to each of them. A line break counts as one sign, as in the template's field."""

    subject = forms.CharField(max_length=200, validators=[only_known_fields])
    body = forms.CharField(
        label="Words",
        max_length=2000,
        validators=[only_known_fields],
        widget=forms.Textarea(attrs={"rows": 9}),
    )

    def clean_body(self) -> str:
        return str(self.cleaned_data["body"]).replace("\r\n", "\n").strip()


class NudgeTemplateForm(forms.ModelForm):
    """Words to begin a nudge with."""

    class Meta:
        model = NudgeTemplate
        fields = ("name", "subject", "body")
        labels = {"name": "What it is for", "body": "Words"}
        widgets = {"body": forms.Textarea(attrs={"rows": 9})}

    def clean_subject(self) -> str:
        only_known_fields(self.cleaned_data["subject"])
        return str(self.cleaned_data["subject"])

    def clean_body(self) -> str:
        only_known_fields(self.cleaned_data["body"])
        return str(self.cleaned_data["body"]).replace("\r\n", "\n").strip()


class ResourceForm(forms.ModelForm):
    """A text of the library."""

    link = forms.URLField(
        assume_scheme="https",
        max_length=500,
        required=False,
        help_text="If there is more elsewhere.",
    )

    class Meta:
        model = Resource
        fields = ("title", "shelf", "place", "body", "link")
        labels = {"place": "Where it offers itself", "body": "Text"}
        help_texts = {
            "body": "An empty line begins a paragraph. Lines that begin with “- ” or “1. ” make a "
            "list, and “# ” begins a heading.",
        }
        widgets = {"body": forms.Textarea(attrs={"rows": 16})}

    def clean_body(self) -> str:
        return str(self.cleaned_data["body"]).replace("\r\n", "\n").strip()
