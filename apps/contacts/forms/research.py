from typing import Any

from django import forms

from apps.contacts.models import Contact, Research


class ResearchForm(forms.ModelForm):
    """What somebody read or watched; of a contact's no organization is asked for."""

    url = forms.URLField(label="Link", assume_scheme="https", max_length=500, required=False)

    class Meta:
        model = Research
        fields = ("organization", "kind", "title", "url", "note")
        labels = {"kind": "What it is", "note": "What you take along"}
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def __init__(
        self,
        data: Any = None,
        *,
        contact: Contact | None,
        instance: Research | None = None,
        initial: dict[str, str] | None = None,
    ) -> None:
        super().__init__(data, instance=instance, initial=initial)
        if contact is not None:
            del self.fields["organization"]
        else:
            self.fields["organization"].required = True
