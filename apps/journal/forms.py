from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.db.models import F, Func, TextField, Value
from django.http import QueryDict

from apps.contacts.models import Closeness, Seniority, Source
from apps.contacts.models.contact import ContactQuerySet
from apps.journal.stages import LastTouch, Stage, tags_of
from apps.students.models import Student

NARROWING = ("closeness", "seniority", "source", "organization", "tag", "unreachable", "touch")
"""What stands under "More filters"."""


@dataclass(frozen=True)
class Choices:
    """A list to choose from, as plain values: a page of widgets would cost more than the people."""

    name: str
    label: str
    chosen: str
    options: list[tuple[str, str]]


def any_or(choices: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [("", "Any"), *choices]


class PeopleFilter(forms.Form):
    """Which contacts, in which order: all of it in the URL. What makes no sense there is left out.

    Stage, last touch and order concern what is known only with a contact's history (`stages`); the
    rest narrows a queryset down.
    """

    q = forms.CharField(max_length=100)
    stage = forms.ChoiceField(choices=Stage.choices)
    closeness = forms.ChoiceField(label="How well", choices=any_or(Closeness.choices))
    seniority = forms.ChoiceField(label="Seniority", choices=any_or(Seniority.choices))
    source = forms.ChoiceField(label="Source", choices=any_or(Source.choices))
    organization = forms.CharField(max_length=200)
    tag = forms.ChoiceField(label="Tag")
    unreachable = forms.BooleanField()
    touch = forms.ChoiceField(label="Last touch", choices=any_or(LastTouch.choices))
    sort = forms.ChoiceField(
        label="Order",
        choices=[
            ("", "By next step"),
            ("suggested", "Suggested order"),
            ("name", "By name"),
            ("newest", "Newest first"),
        ],
    )
    view = forms.ChoiceField(choices=[("board", "Board")])

    def __init__(self, query: QueryDict, *, student: Student) -> None:
        super().__init__(query)
        for field in self.fields.values():
            field.required = False
        tags = cast(forms.ChoiceField, self.fields["tag"])
        tags.choices = any_or([(tag, tag) for tag in tags_of(student)])
        self.is_valid()

    def chosen(self, name: str) -> Any:
        """Return what was chosen, empty if nothing was or it makes no sense."""
        return self.cleaned_data.get(name) or ""

    def narrow(self, contacts: ContactQuerySet) -> ContactQuerySet:
        """Apply what needs no history."""
        if words := self.chosen("q"):
            contacts = contacts.matching(words)
        for name in ("closeness", "seniority", "source"):
            if value := self.chosen(name):
                contacts = contacts.filter(**{name: value})
        if organization := self.chosen("organization"):
            contacts = contacts.alias(
                at=Func("organization", function="contacts_searchable", output_field=TextField()),
                wanted=Func(Value(organization), function="contacts_searchable"),
            ).filter(at__contains=F("wanted"))
        if tag := self.chosen("tag"):
            contacts = contacts.filter(tags__contains=[tag])
        return contacts.unreachable() if self.chosen("unreachable") else contacts

    @property
    def narrows(self) -> bool:
        return any(self.chosen(name) for name in ("q", *NARROWING) if name != "touch")

    @property
    def is_narrowed(self) -> bool:
        return any(self.chosen(name) for name in NARROWING)

    @property
    def is_searched(self) -> bool:
        return self.is_narrowed or bool(self.chosen("q"))

    @property
    def order(self) -> Choices:
        return self._choices("sort")

    @property
    def lists(self) -> list[Choices]:
        return [
            self._choices(name) for name in ("closeness", "seniority", "source", "touch", "tag")
        ]

    def _choices(self, name: str) -> Choices:
        field = cast(forms.ChoiceField, self.fields[name])
        options: Any = field.choices
        return Choices(name, str(field.label), self.chosen(name), list(options))

    def link(self, **changes: str) -> str:
        """Return the query of this page with some values changed; an empty one goes away."""
        kept = {name: self.data[name] for name in self.fields if self.chosen(name)}
        query = QueryDict(mutable=True)
        query.update({name: value for name, value in {**kept, **changes}.items() if value})
        return f"?{query.urlencode()}"

    @property
    def list_link(self) -> str:
        return self.link(view="")

    @property
    def board_link(self) -> str:
        return self.link(view="board", stage="")

    @property
    def clear_link(self) -> str:
        return self.link(q="", **dict.fromkeys(NARROWING, ""))
