from django import forms

from apps.students.models.effort import MOST_A_WEEK


class EffortForm(forms.Form):
    """How many jobs somebody applied for this week; empty to leave it open."""

    applied_for = forms.IntegerField(
        label="Jobs you applied for this week", min_value=0, max_value=MOST_A_WEEK, required=False
    )
