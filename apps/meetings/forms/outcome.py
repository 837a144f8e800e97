from django import forms


class OutcomeForm(forms.Form):
    """Whether the conversation took place: the value of the button that was pressed.

    `goes_on` is set where the student looks at this one conversation, and not at a list.
    """

    was_held = forms.TypedChoiceField(
        choices=[("yes", "It took place"), ("no", "It did not")],
        coerce=lambda answer: answer == "yes",
    )
    goes_on = forms.BooleanField(required=False)
