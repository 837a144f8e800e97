"""Guard: every constraint that carries a name has been broken by some test, and held."""

import re
from collections.abc import Iterable

from django.apps import apps

from tests.guards.project import ROOT, python_files

CANNOT_BE_BROKEN = {
    "contacts_contact_of_student": "A pair with the primary key in it; foreign keys point at it.",
    "meetings_meeting_of_student": "A pair with the primary key in it; foreign keys point at it.",
}
IN_SQL = re.compile(r"CONSTRAINT (?:= ')?(\w+)", re.ASCII)


def named_constraints() -> set[str]:
    """Return those of the models and those that migrations write in SQL."""
    ours = [table for table in apps.get_models() if table.__module__.startswith("apps.")]
    of_models = {constraint.name for table in ours for constraint in table._meta.constraints}
    migrations = [file for file in python_files("apps") if file.parent.name == "migrations"]
    in_sql = {name for file in migrations for name in IN_SQL.findall(file.read_text())}
    return of_models | in_sql


def untried(names: Iterable[str], tests: str) -> list[str]:
    return sorted(name for name in names if f'"{name}"' not in tests)


def test_every_constraint_is_tried() -> None:
    here = ROOT / "tests" / "guards"
    tests = "".join(file.read_text() for file in python_files("tests") if file.parent != here)
    assert untried(named_constraints(), tests) == list(CANNOT_BE_BROKEN)


def test_reports_a_constraint_that_nobody_tries() -> None:
    assert "meetings_meeting_with_own_contact" in named_constraints()
    assert untried(["a_b", "a"], 'refused_by("a_b")') == ["a"]
