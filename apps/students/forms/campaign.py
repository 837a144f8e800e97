from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.exceptions import ValidationError

from apps.common.forms import ListField
from apps.students.models import Accomplishment, Campaign, Student

MOST_TARGETS = 20
"""As many in each list as the printed page has room for."""


def targets(rows: int, **options: Any) -> ListField:
    return ListField(
        forms.CharField(max_length=200),
        most=MOST_TARGETS,
        required=False,
        widget=forms.Textarea(attrs={"rows": rows}),
        **options,
    )


class CampaignForm(forms.ModelForm):
    """Purpose first, then roles, organizations and people, in this order. All may stay empty."""

    target_roles = targets(
        3, label="Roles you wonder about", help_text="One a line. A guess will do."
    )
    target_organizations = targets(
        4,
        label="Organizations where people do this",
        help_text="One a line. Size and fame do not matter.",
    )
    target_people = targets(
        4,
        label="People you would like to meet",
        help_text="One a line, a name or a description: “whoever runs the night shift”.",
    )

    class Meta:
        model = Campaign
        fields = ["purpose", "target_roles", "target_organizations", "target_people"]
        labels = {"purpose": "What do you want to find out?"}
        help_texts = {"purpose": "Two sentences that you could say to somebody in an elevator."}
        widgets = {"purpose": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_class = "ch-all-optional"
        self.helper.add_input(Submit("save", "Save"))


class AccomplishmentForm(forms.ModelForm):
    class Meta:
        model = Accomplishment
        fields = ["text"]
        labels = {"text": "What you did"}
        help_texts = {"text": "With a number if there is one: “I asked 214 café guests”."}
        widgets = {"text": forms.TextInput(attrs={"autocomplete": "off"})}

    def __init__(self, *args: Any, student: Student, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.student = student
        self.helper = FormHelper()
        self.helper.add_input(
            Submit("save", "Save changes" if self.instance.pk else "Put in the library")
        )

    def clean_text(self) -> str:
        text = " ".join(self.cleaned_data["text"].split())
        twins = Accomplishment.objects.filter(student=self.student, text=text)
        if twins.exclude(pk=self.instance.pk).exists():
            raise ValidationError("This is in your library already.")
        return text
