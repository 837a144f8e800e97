import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from apps.contacts.actions.brainstorm import Named
from apps.contacts.models import Contact
from apps.contacts.prompts import PROMPTS, Prompt

COMMAS = re.compile("[,，、،]")
BULLET = re.compile(r"^[\s\-–—*•·]+")
MOST_LINES = 100
LONGEST = {
    "name": Contact._meta.get_field("name").max_length or 0,
    "organization": Contact._meta.get_field("organization").max_length or 0,
}


def people_in(text: str) -> list[Named]:
    """Read one person a line, "Name" or "Name, organization"; whatever script, bullets aside.

    Raises ValidationError that says which line is too long.
    """
    people, problems = [], []
    for number, line in enumerate(text.splitlines(), start=1):
        name, *rest = COMMAS.split(BULLET.sub("", line), maxsplit=1)
        person = Named(" ".join(name.split()), " ".join(" ".join(rest).split()))
        if not person.name:
            if person.organization:
                problems.append(f"Line {number} has an organization and no name.")
            continue
        if len(person.name) > LONGEST["name"] or len(person.organization) > LONGEST["organization"]:
            problems.append(f"Line {number} is too long for one person. One name a line, please.")
        people.append(person)
    if len(people) > MOST_LINES:
        problems.append(f"These are {len(people)} names. Take {MOST_LINES} at a time.")
    if problems:
        raise ValidationError(problems)
    return people


class NamesField(forms.CharField):
    widget = forms.Textarea

    def clean(self, value: Any) -> list[Named]:
        return people_in(super().clean(value))


class BrainstormForm(forms.Form):
    """A field for each prompt, into which names are typed as they come to mind."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, prompt in PROMPTS.items():
            self.fields[key] = NamesField(
                label=prompt.title,
                required=False,
                widget=forms.Textarea(
                    attrs={"rows": 2, "class": "form-control", "autocomplete": "off"}
                ),
            )

    def names(self) -> dict[Prompt, list[Named]]:
        """Return the people named at each prompt."""
        return {prompt: self.cleaned_data[key] for key, prompt in PROMPTS.items()}
