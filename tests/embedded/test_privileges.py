"""PostgreSQL refuses to run as root; root needs another account, and must open nobody's home."""

import os
import pwd
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from careerhub.embedded import postgres_files, privileges
from careerhub.embedded.postgres_files import data_folder
from careerhub.embedded.privileges import Account, unprivileged_account
from careerhub.embedded.stack import Stack
from tests.embedded.conftest import embedded

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become somebody else")
TRUE = Path("/bin/true")


@pytest.fixture
def nobody(monkeypatch: pytest.MonkeyPatch) -> pwd.struct_passwd:
    """No namespace is to be had, as in a chroot."""
    monkeypatch.setenv("CAREERHUB_ROOT_RUNS_AS", "nobody")
    return pwd.getpwnam("nobody")


@pytest.fixture
def closed_clone(var: Path) -> Iterator[Path]:
    """The clone stands in a home folder that only root can enter."""
    var.chmod(0o700)
    yield var
    embedded("stop")
    note = var / "postgres" / "elsewhere"
    if note.exists():
        shutil.rmtree(note.read_text())


def ask(stack: Stack, query: str) -> object:
    with psycopg.connect(stack.running["postgres"].url, autocommit=True) as connection:
        cursor = connection.execute(query)
        return cursor.fetchone() if cursor.description else None


@as_root
def test_becomes_nobody_where_root_gets_no_namespace(
    var: Path, nobody: pwd.struct_passwd, monkeypatch: pytest.MonkeyPatch
) -> None:
    stack = Stack(var, tied=True)
    stack.start()
    assert os.stat(f"/proc/{stack.running['postgres'].pid}").st_uid == nobody.pw_uid
    assert data_folder(var) == var / "postgres" / "data"
    ask(stack, "CREATE TABLE kept AS SELECT 42 AS answer")
    stack.stop_started()

    # The same data serve in the other way too, if this machine has it.
    monkeypatch.delenv("CAREERHUB_ROOT_RUNS_AS")
    stack = Stack(var, tied=True)
    stack.start()
    assert ask(stack, "SELECT answer FROM kept") == (42,)
    stack.stop_started()


@as_root
def test_moves_out_of_a_closed_home_that_nobody_cannot_enter(
    closed_clone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Stack(closed_clone, tied=True)
    first.start()
    ask(first, "CREATE TABLE kept AS SELECT 42 AS answer")
    first.stop_started()
    (programs,) = [folder for folder in postgres_files._program_folders()][:1]
    wheel = programs.parents[1]
    for folder in (wheel, wheel.with_name(f"{wheel.name}.libs")):
        shutil.copytree(folder, closed_clone / folder.name)
    inside = closed_clone / wheel.name / "pginstall" / "bin"
    monkeypatch.setattr(postgres_files, "_program_folders", lambda: iter([inside]))
    monkeypatch.setenv("CAREERHUB_ROOT_RUNS_AS", "nobody")

    for _start in range(2):
        stack = Stack(closed_clone, tied=True)
        stack.start()
        assert ask(stack, "SELECT answer FROM kept") == (42,)
        stack.stop_started()

    assert not data_folder(closed_clone).is_relative_to(closed_clone)
    assert stat.S_IMODE(data_folder(closed_clone).stat().st_mode) == 0o700
    assert stat.S_IMODE(closed_clone.stat().st_mode) == 0o700


@as_root
def test_takes_the_data_of_a_test_run_away_wherever_they_are(
    closed_clone: Path, nobody: pwd.struct_passwd
) -> None:
    show = "cat $CAREERHUB_VAR/postgres/elsewhere"
    outcome = embedded("run", "--test", "--", "sh", "-c", show)
    assert outcome.returncode == 0, outcome.stdout
    elsewhere = Path(outcome.stdout.strip())
    assert elsewhere.is_absolute()
    assert not elsewhere.exists()


@as_root
def test_trusts_no_stranger_who_put_back_a_folder_that_was_cleaned_away(
    var: Path, tmp_path: Path
) -> None:
    (var / "postgres").mkdir()
    (var / "postgres" / "elsewhere").write_text(str(tmp_path))
    assert data_folder(var) == tmp_path / "data"
    os.chown(tmp_path, 65534, 65534)
    assert data_folder(var) == var / "postgres" / "data"
    shutil.rmtree(tmp_path)
    assert data_folder(var) == var / "postgres" / "data"


def test_stays_who_it_is_as_an_ordinary_user(monkeypatch: pytest.MonkeyPatch) -> None:
    user = pwd.getpwnam("daemon").pw_uid
    monkeypatch.setattr(privileges.os, "geteuid", lambda: user)
    account = unprivileged_account(TRUE)
    assert (account.prefix, account.user, account.become) == ((), user, {})


def test_borrows_a_name_for_a_user_the_system_does_not_know(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(privileges.os, "geteuid", lambda: 987654)
    monkeypatch.setattr(privileges.shutil, "which", lambda _name: "/usr/bin/unshare")
    monkeypatch.setattr(Account, "can_run", lambda *_command: True)
    assert unprivileged_account(TRUE).prefix[:2] == ("/usr/bin/unshare", "--user")

    monkeypatch.setattr(Account, "can_run", lambda *_command: False)
    assert unprivileged_account(TRUE).prefix == ()


def test_takes_a_program_that_is_not_there_as_refused() -> None:
    account = Account((), os.geteuid(), os.getegid(), changes_user=False)
    assert account.can_run(TRUE)
    assert not account.can_run("/bin/false")
    assert not account.can_run("/not/there")
