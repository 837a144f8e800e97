from django import forms


class OutcomeForm(forms.Form):
    """Whether the conversation took place: the value of the button that was pressed."""

    was_held = forms.TypedChoiceField(
        choices=[("yes", "It took place"), ("no", "It did not")],
        coerce=lambda answer: answer == "yes",
    )
