"""What a student chooses to see of their contacts, read from the address of the page.

Not a form of Django's: that copies all of its fields each time, which costs more than the answer.
"""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import F, Func, TextField, Value
from django.http import QueryDict

from apps.contacts.models import Closeness, Seniority, Source
from apps.contacts.models.contact import ContactQuerySet
from apps.journal.stages import LastTouch, Stage

Options = list[tuple[str, str]]

NARROWING = ("closeness", "seniority", "source", "organization", "tag", "unreachable", "touch")
"""What stands under "More filters"."""


def any_or(choices: Options) -> Options:
    return [("", "Any"), *choices]


# In the order in which they stand in the address.
LENGTHS = {"q": 100, "organization": 200}
OPTIONS: dict[str, Options] = {
    "stage": Stage.choices,
    "closeness": any_or(Closeness.choices),
    "seniority": any_or(Seniority.choices),
    "source": any_or(Source.choices),
    "unreachable": [("on", "No way to reach them yet")],
    "touch": any_or(LastTouch.choices),
    "sort": [
        ("", "By next step"),
        ("suggested", "Suggested order"),
        ("name", "By name"),
        ("newest", "Newest first"),
    ],
    "view": [("board", "Board")],
}
NAMES = ("q", "stage", *NARROWING, "sort", "view")
LABELS = {
    "closeness": "How well",
    "seniority": "Seniority",
    "source": "Source",
    "touch": "Last touch",
    "tag": "Tag",
    "sort": "Order",
}


@dataclass(frozen=True)
class Choices:
    """A list to choose from, as plain values: a page of widgets would cost more than the people."""

    name: str
    label: str
    chosen: str
    options: Options


class PeopleFilter:
    """Which contacts, in which order: all of it in the URL. What makes no sense there is left out.

    Stage, last touch and order concern what is known only with a contact's history (`stages`); the
    rest narrows a queryset down.
    """

    def __init__(self, query: QueryDict, *, tags: list[str]) -> None:
        self.options = OPTIONS | {"tag": any_or([(tag, tag) for tag in tags])}
        self.values = {name: self._sensible(name, query.get(name, "").strip()) for name in NAMES}

    def _sensible(self, name: str, value: str) -> str:
        if name in LENGTHS:
            return value if len(value) <= LENGTHS[name] and "\0" not in value else ""
        return value if any(value == option for option, _ in self.options[name]) else ""

    def chosen(self, name: str) -> str:
        """Return what was chosen, empty if nothing was or it makes no sense."""
        return self.values[name]

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
        return Choices(name, LABELS[name], self.values[name], self.options[name])

    @cached_property
    def _kept(self) -> dict[str, str]:
        return {name: value for name, value in self.values.items() if value}

    def link(self, **changes: str) -> str:
        """Return the query of this page with some values changed; an empty one goes away."""
        changed = {**self._kept, **changes}
        return f"?{urlencode([(name, value) for name, value in changed.items() if value])}"

    @property
    def list_link(self) -> str:
        return self.link(view="")

    @property
    def board_link(self) -> str:
        return self.link(view="board", stage="")

    @property
    def clear_link(self) -> str:
        return self.link(q="", **dict.fromkeys(NARROWING, ""))
