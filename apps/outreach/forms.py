from django import forms

from apps.outreach.models import Reply


class ReplyForm(forms.Form):
    """What the contact answered: the value of the button that was pressed."""

    reply = forms.TypedChoiceField(choices=Reply.choices, coerce=Reply)
