from django import forms

from apps.common.forms import KeysField
from apps.meetings.forms.prepare import LARGEST_REVISION
from apps.meetings.models import Jottings


class JottingsForm(forms.ModelForm):
    """What was jotted down, and the keys of the questions that are ticked."""

    revision = forms.IntegerField(min_value=0, max_value=LARGEST_REVISION, widget=forms.HiddenInput)
    asked = KeysField(required=False)

    class Meta:
        model = Jottings
        fields = ["text"]
        labels = {"text": "Jot a word or two"}
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}
