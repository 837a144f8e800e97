"""Guard: names, sizes and shapes of source files that no linter watches."""

import ast
import re
from pathlib import Path

import pytest

from tests.guards.project import ROOT, python_files, short, template_files

SAYS_NOTHING = {"utils", "helpers", "services", "managers", "core", "misc", "base"}
MOST_LINES = {"apps": 400, "careerhub": 400, "tests": 500}
MOST_TEMPLATE_LINES = 150
LATER = {"eta", "countdown"}
STARTS_TASKS = {"delay", "apply_async", "send_task"}
POKE = ROOT / "apps" / "mail" / "poke.py"  # the one place from which work is started
MIGRATIONS = [f for f in python_files("apps") if f.parent.name == "migrations" and f.stem[0] == "0"]
ACTIONS = sorted((ROOT / "apps").glob("*/actions.py")) + sorted(
    (ROOT / "apps").glob("*/actions/*.py")
)


def lines_in(file: Path) -> int:
    return len(file.read_text().splitlines())


def problems_with_time_to_come(tree: ast.AST, *, may_start: bool) -> list[str]:
    """Find tasks that are put off, and tasks that are started at all."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    late = [
        f"line {call.lineno}: puts a task off ({word.arg})"
        for call in calls
        for word in call.keywords
        if word.arg in LATER
    ]
    started = [
        f"line {call.lineno}: starts a task ({call.func.attr})"
        for call in calls
        if isinstance(call.func, ast.Attribute) and call.func.attr in STARTS_TASKS
    ]
    return late if may_start else late + started


def problems_with_actions(tree: ast.Module) -> list[str]:
    """Find actions whose arguments a caller could mix up. A question (is_…) is no action."""
    return [
        f"line {node.lineno}: {node.name} takes {node.args.args[0].arg} by position"
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith(("_", "is_", "has_", "can_"))
        and (node.args.args or node.args.posonlyargs)
    ]


def problems_with_migration(name: str, tree: ast.AST) -> list[str]:
    problems = [] if re.fullmatch(r"0001_initial|\d{4}_[a-z]+(_[a-z]+)+", name) else ["its name"]
    if "_auto_" in name:
        problems.append("its name")
    for node in ast.walk(tree):
        modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        modules += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        problems += [f"imports {m}" for m in modules if m.split(".")[0] in ("apps", "careerhub")]
    return problems


def test_no_file_has_a_name_that_says_nothing() -> None:
    files = python_files("apps", "careerhub", "tests")
    assert not [short(f) for f in files if SAYS_NOTHING & {f.stem, f.parent.name}]


@pytest.mark.parametrize(("folder", "most"), MOST_LINES.items())
def test_keeps_source_files_short(folder: str, most: int) -> None:
    files = python_files(folder)
    assert not {short(f): lines_in(f) for f in files if lines_in(f) > most}


def test_keeps_templates_short() -> None:
    files = template_files()
    assert not {short(f): lines_in(f) for f in files if lines_in(f) > MOST_TEMPLATE_LINES}


def test_puts_no_task_off_and_starts_none_but_the_mail() -> None:
    problems = [
        f"{short(file)}, {problem}"
        for file in python_files("apps", "careerhub")
        for problem in problems_with_time_to_come(
            ast.parse(file.read_text()), may_start=file == POKE
        )
    ]
    assert not problems, "\n".join(problems)


def test_actions_name_their_arguments() -> None:
    problems = [
        f"{short(file)}, {problem}"
        for file in ACTIONS
        for problem in problems_with_actions(ast.parse(file.read_text()))
    ]
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("file", [pytest.param(f, id=short(f)) for f in MIGRATIONS])
def test_a_migration_stands_alone_and_says_what_for(file: Path) -> None:
    assert not problems_with_migration(file.stem, ast.parse(file.read_text()))


@pytest.mark.parametrize(
    ("source", "answer"),
    [
        ("send.apply_async(eta=tomorrow)", "line 1: puts a task off (eta)"),
        ("self.retry(countdown=60)", "line 1: puts a task off (countdown)"),
        ("\nsend.delay(1)", "line 2: starts a task (delay)"),
        ("app.send_task('a')", "line 1: starts a task (send_task)"),
    ],
)
def test_reports_a_task_that_is_put_off_or_started(source: str, answer: str) -> None:
    assert answer in problems_with_time_to_come(ast.parse(source), may_start=False)
    assert bool(problems_with_time_to_come(ast.parse(source), may_start=True)) == ("off" in answer)


def test_reports_an_action_by_position() -> None:
    source = "def hold(meeting, *, now): ...\ndef is_held(meeting): ...\ndef thank(*, now): ..."
    assert problems_with_actions(ast.parse(source)) == ["line 1: hold takes meeting by position"]


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("0002_auto_20251015_1030", ""),
        ("0002_alter", ""),
        ("0002_alter_meeting_minutes", "from apps.meetings.models import Status"),
        ("0002_alter_meeting_minutes", "import careerhub.settings"),
    ],
)
def test_reports_a_migration_that_says_nothing_or_leans_on_code(name: str, source: str) -> None:
    assert problems_with_migration(name, ast.parse(source))
