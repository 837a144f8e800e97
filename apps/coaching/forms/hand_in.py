from django import forms

from apps.coaching.models import Piece, Submission
from apps.outreach.models import NoteKind


class HandInForm(forms.Form):
    """Which piece, by the row that it stands in, and what the student would like to know."""

    piece = forms.ChoiceField(choices=Piece.choices, widget=forms.HiddenInput)
    row = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    kind = forms.ChoiceField(choices=NoteKind.choices, required=False, widget=forms.HiddenInput)
    word = forms.CharField(
        label="What you would like to know about it",
        max_length=Submission._meta.get_field("word").max_length,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="One question is enough. You can leave it empty.",
    )

    def clean_kind(self) -> NoteKind:
        return NoteKind(self.cleaned_data["kind"] or NoteKind.FIRST_NOTE)
