"""The server refuses to start where strangers could read error pages or forge sign-ins."""

import os
import subprocess
import sys
from typing import Any

import pytest

from apps.accounts.checks import check_debug, check_secret_key, is_local
from tests.processes import ROOT

RANDOM = "kZr8-qW3vT1xYb6nJ0pLs9dHf2gMc5aE7uR4iO_tQwXzBvNmS7yK2d"
PUBLIC = {
    "SECRET_KEY": RANDOM,
    "SITE_URL": "https://careerhub.college.edu",
    "ALLOWED_HOSTS": "careerhub.college.edu",
    "EMAIL_URL": "smtp://127.0.0.1:25",
    "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
    "REDIS_URL": "redis://127.0.0.1:1/0",
}


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={**kept, **PUBLIC, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_has_nothing_to_say_about_a_public_installation() -> None:
    checked = run("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert checked.returncode == 0, checked.stderr
    assert "no issues" in checked.stdout
    assert run("-c", "import careerhub.wsgi").returncode == 0


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"DJANGO_DEBUG": "1"}, "DJANGO_DEBUG is on"),
        ({"SECRET_KEY": "change-me-" + "x" * 50}, "SECRET_KEY is none"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is none"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS lets any name"),
        ({"SIGN_ON_ONLY": "1"}, "SIGN_ON_ONLY is on"),
    ],
)
def test_serves_nobody_with_settings_that_are_unsafe(wrong: dict[str, str], words: str) -> None:
    served = run("-c", "import careerhub.wsgi", **wrong)
    assert served.returncode != 0
    assert words in served.stderr


@pytest.mark.parametrize("mapping", ['{"staff": "emperor"}', '["administrator"]'])
def test_takes_only_roles_that_there_are(mapping: str) -> None:
    began = run("-c", "import careerhub.settings", SIGN_ON_ROLES=mapping)
    assert "SIGN_ON_ROLES has to be a JSON object" in began.stderr


@pytest.mark.parametrize(
    ("host", "local"),
    [("localhost", True), ("[::1]", True), ("127.0.0.2", True), ("10.0.0.1", False), ("*", False)],
)
def test_knows_its_own_machine(host: str, local: bool) -> None:
    assert is_local(host) is local


def test_asks_nothing_of_a_developers_machine(settings: Any) -> None:
    settings.DEBUG, settings.ALLOWED_HOSTS = True, ["localhost"]
    settings.SITE_URL = "http://127.0.0.1:8000"
    assert check_debug() == check_secret_key() == []
