"""Guard: every table has a factory; what it makes is allowed, and prints nobody's name."""

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from factory.declarations import Trait
from factory.django import DjangoModelFactory

from tests.guards.personal_data import PERSONAL_DATA

TESTS = Path(__file__).resolve().parents[1]


def all_factories() -> list[type[DjangoModelFactory[Any]]]:
    modules = [
        import_module(f"tests.{path.parent.name}.factories")
        for path in TESTS.glob("*/factories.py")
    ]
    named = [
        value
        for module in modules
        for name, value in vars(module).items()
        if name.endswith("Factory")
    ]
    return [f for f in set(named) if f.__module__.startswith("tests.") and not f._meta.abstract]


FACTORIES = sorted(all_factories(), key=lambda factory: factory.__name__)
TRAITS = [
    (factory, trait)
    for factory in FACTORIES
    for trait in (
        None,
        *sorted(k for k, v in factory._meta.parameters.items() if isinstance(v, Trait)),
    )
]


def test_every_table_has_a_factory() -> None:
    ours = {model for model in apps.get_models() if model.__module__.startswith("apps.")}
    assert ours == {factory._meta.model for factory in FACTORIES}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("factory", "trait"), [pytest.param(f, t, id=f"{f.__name__}-{t or 'plain'}") for f, t in TRAITS]
)
def test_what_a_factory_makes_is_valid(
    factory: type[DjangoModelFactory[Any]], trait: str | None
) -> None:
    row = factory(**{trait: True} if trait else {})
    row.full_clean()


@pytest.mark.django_db
@pytest.mark.parametrize("factory", FACTORIES)
def test_a_row_prints_nobodys_name_or_address(factory: type[DjangoModelFactory[Any]]) -> None:
    """What is printed ends up in logs and in the titles of error reports."""
    row = factory()
    classes = PERSONAL_DATA[row._meta.label]
    columns = f"{classes.get('identifies', '')} {classes.get('contact', '')}".split()
    values = [value for name in columns if isinstance(value := getattr(row, name), str) and value]
    assert not [value for value in values if value in f"{row} {row!r}"]
