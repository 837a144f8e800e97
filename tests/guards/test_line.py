"""Guard: imports and foreign keys only point to the left on the one line of apps."""

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from apps.contacts.models import Contact
from apps.students.models import Student
from tests.guards.project import ROOT, line_of_apps


def problems_with_relations(tables: Iterable[type[models.Model]], line: list[str]) -> list[str]:
    problems = []
    for table in tables:
        for field in (*table._meta.fields, *table._meta.many_to_many):
            if field.remote_field is None or field.auto_created:
                continue
            target = field.related_model._meta.app_label
            if target in line and line.index(target) > line.index(table._meta.app_label):
                problems.append(f"{field} points right, at {target}")
            if not field.remote_field.related_name:
                problems.append(f"{field} has no related_name")
    return problems


def test_imports_only_from_the_left() -> None:
    # A process of its own: the linter turns off every logger of the process that it runs in.
    lint = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    run = subprocess.run(lint, cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr


def test_puts_every_app_on_the_line() -> None:
    ours = [app.label for app in apps.get_app_configs() if app.name.startswith("apps.")]
    assert ours == line_of_apps()


def test_points_foreign_keys_left_and_names_their_way_back() -> None:
    ours = [table for table in apps.get_models() if table.__module__.startswith("apps.")]
    assert not (problems := problems_with_relations(ours, line_of_apps())), "\n".join(problems)


def test_reports_a_foreign_key_to_the_right() -> None:
    line = ["contacts", "accounts", "students"]  # as if contacts stood left of students
    assert problems_with_relations([Contact], line) == [
        "contacts.Contact.student points right, at students"
    ]


def test_reports_a_foreign_key_without_a_way_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Student._meta.get_field("user").remote_field, "related_name", None)
    assert problems_with_relations([Student], ["accounts", "students"]) == [
        "students.Student.user has no related_name"
    ]
