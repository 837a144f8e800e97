"""PostgreSQL refuses to run as root; this finds an account it accepts, without creating one."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
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

    Root first tries a user namespace, in which root's own files belong to an ordinary user; where
    that is refused (a chroot, many containers) it becomes `nobody` for real.
    CAREERHUB_ROOT_RUNS_AS=nobody skips the first way.
    """
    if os.geteuid() != 0:
        return Account((), os.geteuid(), os.getegid(), changes_user=False)
    nobody = pwd.getpwnam("nobody")
    unshare = shutil.which("unshare")
    if unshare and os.environ.get("CAREERHUB_ROOT_RUNS_AS") != "nobody":
        prefix = (unshare, "--user", f"--map-user={nobody.pw_uid}", "--")
        namespace = Account(prefix, 0, 0, changes_user=False)
        if namespace.can_run(program, "--version"):
            return namespace
    return Account((), nobody.pw_uid, nobody.pw_gid, changes_user=True)
