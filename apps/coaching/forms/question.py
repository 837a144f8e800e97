from django import forms

from apps.coaching.models import Question


class AskForm(forms.Form):
    """A question. `page` is where it came up; whatever is no page of ours is dropped unseen."""

    text = forms.CharField(
        label="Your question",
        max_length=Question._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    page = forms.CharField(max_length=2000, required=False, widget=forms.HiddenInput)
