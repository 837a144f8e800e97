"""Guard: whoever adds a column says what it holds about people."""

from collections import Counter
from collections.abc import Iterable, Mapping

from django.apps import apps
from django.db import models

from apps.contacts.models import Contact
from tests.guards.personal_data import PERSONAL_DATA

CLASSES = {"identifies", "contact", "private", "none"}

Table = Mapping[str, Mapping[str, str]]


def columns_of(model: type[models.Model]) -> set[str]:
    """Return the columns that are no keys."""
    return {
        field.name
        for field in model._meta.concrete_fields
        if not (field.is_relation or isinstance(field, models.AutoField))
    }


def problems_with_classes(tables: Iterable[type[models.Model]], classified: Table) -> list[str]:
    columns = {f"{m._meta.label}.{name}" for m in tables for name in columns_of(m)}
    listed = Counter(
        f"{label}.{name}"
        for label, classes in classified.items()
        for names in classes.values()
        for name in names.split()
    )
    return (
        [f"{column}: say what it holds about people" for column in sorted(columns - set(listed))]
        + [
            f"{column}: is classified, but there is no such column"
            for column in sorted(set(listed) - columns)
        ]
        + [f"{column}: is in {times} classes" for column, times in listed.items() if times > 1]
    )


def test_classifies_every_column() -> None:
    assert not (problems := problems_with_classes(apps.get_models(), PERSONAL_DATA)), "\n".join(
        problems
    )
    assert {name for classes in PERSONAL_DATA.values() for name in classes} == CLASSES


def test_reports_what_is_not_classified_once() -> None:
    names = columns_of(Contact) - {"email"}
    classified = {"contacts.Contact": {"none": " ".join(names), "private": "name shoe_size"}}
    assert problems_with_classes([Contact], classified) == [
        "contacts.Contact.email: say what it holds about people",
        "contacts.Contact.shoe_size: is classified, but there is no such column",
        "contacts.Contact.name: is in 2 classes",
    ]
