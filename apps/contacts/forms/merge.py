from typing import Any

from django import forms
from django.utils.dateformat import format as format_date

from apps.contacts.merging import NAMES, Side, detail, is_blank, sides_to_choose
from apps.contacts.models import Contact


class MergeForm(forms.Form):
    """Whose details are right, asked only where two contacts differ."""

    def __init__(self, *args: Any, kept: Contact, other: Contact, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept, self.other = kept, other
        for name, label in NAMES.items():
            sides = sides_to_choose(kept, other, name)
            if sides:
                self.fields[name] = forms.ChoiceField(
                    label=label,
                    initial=sides[0],
                    choices=[(side, self._words(name, side)) for side in Side if side in sides],
                    widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
                )

    def _words(self, name: str, side: Side) -> str:
        if side is Side.BOTH:
            return "Both"
        return in_words(self.kept if side is Side.KEPT else self.other, name)

    def clear(self) -> list[tuple[str, str]]:
        """Return the details that leave nothing to choose, each with its name, in words."""
        shown: list[tuple[str, str]] = []
        for name, label in NAMES.items():
            if name not in self.fields and name != "introduced_by":
                words = in_words(self.kept, name) or in_words(self.other, name)
                is_said = name == "more_emails" and shown[-1:] == [(NAMES["email"], words)]
                if words and not is_said:
                    shown.append((label, words))
        return shown


def in_words(contact: Contact, name: str) -> str:
    """Return one detail of a contact as people read it, "" if it is not known."""
    value = detail(contact, name)
    if is_blank(value):
        return ""
    if name == "introduced_by":
        return _introduction(contact)
    if isinstance(value, list):
        return "\n".join(value)
    label = getattr(contact, f"get_{name}_display", None)  # of fields with choices
    return str(label() if label else value)


def _introduction(contact: Contact) -> str:
    introducer, day = contact.introduced_by, contact.introduced_on
    parts = [
        introducer.name if introducer else "",
        contact.get_introduction_display().lower(),
        format_date(day, "F j, Y") if day else "",
    ]
    return ", ".join(filter(None, parts))
