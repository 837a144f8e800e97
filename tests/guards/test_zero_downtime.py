"""Guard: a release's migrations never break the release before it, which goes on working on them.

Old code runs on the new tables while one process after the other is restarted, and after a way
back. So nothing goes or changes its name in the release that stops using it, no column comes that
old code would leave empty, and no large table is locked while an index is made.

The migrations of releases that are out already are in RELEASED, the last of each app; what
comes later is held against the rules. An exception is a word in the migration itself:
`breaks_old_code = "why nobody notices"`.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.models import NOT_PROVIDED

# Version 0.1.0 is not out yet, so everything may still change.
RELEASED: dict[str, str] | None = None
GOES = {
    migrations.DeleteModel: "a table goes",
    migrations.RenameModel: "a table changes its name",
    migrations.AlterModelTable: "a table changes its name",
    migrations.RemoveField: "a column goes",
    migrations.RenameField: "a column changes its name",
}


def problems(operations: list[Operation]) -> Iterator[str]:
    """Yield what old code, or a table in use, cannot bear."""
    fresh = {
        operation.name.lower()
        for operation in operations
        if isinstance(operation, migrations.CreateModel)
    }
    for operation in operations:
        about = getattr(operation, "model_name", None) or getattr(operation, "name", "") or ""
        if about.lower() in fresh:
            continue
        if word := GOES.get(type(operation)):  # type: ignore[call-overload]
            yield f"{word}: {operation.describe()}"
        elif isinstance(operation, migrations.AddField):
            yield from _problems_of_column(operation)
        elif isinstance(operation, migrations.AddIndex) and not isinstance(
            operation, AddIndexConcurrently
        ):
            yield f"locks the table while the index is made: {operation.describe()}"


def _problems_of_column(operation: migrations.AddField) -> Iterator[str]:
    column: Any = operation.field
    is_filled = column.null or column.many_to_many or column.db_default is not NOT_PROVIDED
    if not is_filled and not getattr(column, "generated", False):
        yield f"old code leaves the column empty: {operation.describe()} (db_default or null)"


def unreleased(released: dict[str, str] | None) -> Iterator[tuple[str, Any]]:
    if released is None:
        return
    for (app, name), migration in sorted(MigrationLoader(None).disk_migrations.items()):
        is_ours = type(migration).__module__.startswith("apps.")
        if is_ours and name > released.get(app, ""):
            yield f"{app}.{name}", migration


def test_every_migration_lets_the_release_before_it_work() -> None:
    found = [
        f"{name}: {problem}"
        for name, migration in unreleased(RELEASED)
        if not getattr(migration, "breaks_old_code", "")
        for problem in problems(migration.operations)
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("operation", "word"),
    [
        (migrations.RemoveField("term", "name"), "a column goes"),
        (migrations.RenameField("term", "name", "title"), "changes its name"),
        (migrations.DeleteModel("term"), "a table goes"),
        (migrations.RenameModel("term", "semester"), "changes its name"),
        (migrations.AddField("term", "note", models.TextField()), "leaves the column empty"),
        (migrations.AddField("term", "note", models.TextField(default="")), "leaves the column"),
        (migrations.AddIndex("term", models.Index(fields=["name"], name="n")), "locks the table"),
    ],
)
def test_reports_what_old_code_cannot_bear(operation: Operation, word: str) -> None:
    (problem,) = problems([operation])
    assert word in problem


@pytest.mark.parametrize(
    "operation",
    [
        migrations.AddField("term", "note", models.TextField(null=True)),
        migrations.AddField("term", "note", models.TextField(default="", db_default="")),
        AddIndexConcurrently("term", models.Index(fields=["name"], name="n")),
    ],
)
def test_lets_pass_what_nobody_notices(operation: Operation) -> None:
    assert not list(problems([operation]))


def test_lets_a_new_table_be_made_in_steps() -> None:
    steps: list[Operation] = [
        migrations.CreateModel("Term", fields=[]),
        migrations.AddField("term", "note", models.TextField()),
        migrations.AddIndex("term", models.Index(fields=["note"], name="n")),
    ]
    assert not list(problems(steps))


def test_holds_what_comes_after_a_release_against_the_rules() -> None:
    names = [name for name, _ in unreleased({"mail": "0003_answer_to_people"})]
    assert "mail.0070_pause_sending" in names
    assert "mail.0003_answer_to_people" not in names


def test_reads_all_migrations() -> None:
    assert len(list(unreleased({}))) > 50
