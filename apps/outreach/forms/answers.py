from datetime import UTC, datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime


class AgreeForm(forms.Form):
    """On which of the suggested times the student agrees: the value of the button pressed."""

    starts_at = forms.CharField(max_length=40)

    def clean_starts_at(self) -> datetime:
        try:
            moment = parse_datetime(self.cleaned_data["starts_at"])
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            raise ValidationError("No moment.")
        return moment.astimezone(UTC)
