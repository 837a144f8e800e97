"""PostgreSQL refuses to run as root; this finds an account it accepts and creates none."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Account:
    """How to start a program that must not be root, and who then owns its files."""

    prefix: tuple[str, ...]
    user: int
    group: int
    changes_user: bool

    @property
    def become(self) -> dict[str, Any]:
        """Arguments for subprocess."""
        if not self.changes_user:
            return {}
        return {"user": self.user, "group": self.group, "extra_groups": []}

    def can_run(self, *command: str | Path) -> bool:
        """Try the command; False when it is refused or fails."""
        try:
            trial = subprocess.run(
                [*self.prefix, *map(str, command)],
                capture_output=True,
                cwd="/",
                check=False,
                timeout=20,
                **self.become,
            )
        except (OSError, subprocess.SubprocessError):
            return False
        return trial.returncode == 0

    def own(self, path: Path) -> None:
        """Give a file or folder of ours, and all in it, to this account unless it has it already.

        The top changes hands last, so that a broken-off run is taken up again.
        """
        if os.geteuid() == 0 and path.stat().st_uid != self.user:
            for part in [*path.rglob("*"), path]:
                os.chown(part, self.user, self.group, follow_symlinks=False)


def unprivileged_account(program: Path) -> Account:
    """Return the account under which this program can run.

    Root first tries a user namespace, in which its own files belong to an ordinary user; where
    that is refused (a chroot, many containers) it becomes `nobody` for real. A user whom the
    system knows no name for, as in some containers, borrows one by a namespace too.
    CAREERHUB_ROOT_RUNS_AS=nobody skips the namespace.
    """
    as_we_are = Account((), os.geteuid(), os.getegid(), changes_user=False)
    if os.geteuid() != 0 and _has_name(os.geteuid()):
        return as_we_are
    nobody = pwd.getpwnam("nobody")
    unshare = shutil.which("unshare")
    if unshare and os.environ.get("CAREERHUB_ROOT_RUNS_AS") != "nobody":
        prefix = (unshare, "--user", f"--map-user={nobody.pw_uid}", "--")
        namespace = replace(as_we_are, prefix=prefix)
        if namespace.can_run(program, "--version"):
            return namespace
    if os.geteuid() != 0:
        return as_we_are
    return Account((), nobody.pw_uid, nobody.pw_gid, changes_user=True)


def _has_name(user: int) -> bool:
    try:
        pwd.getpwuid(user)
    except KeyError:
        return False
    return True
