"""`make demo`: the whole product, until somebody ends it."""

import os
import re
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from careerhub.embedded.ports import free_port
from careerhub.embedded.state import read_running
from tests.embedded.conftest import begin, embedded, processes_in, wait_until


@pytest.fixture(autouse=True)
def _as_on_a_terminal(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE", raising=False)
    monkeypatch.setenv("PORT", str(free_port()))


@pytest.fixture
def demo() -> Iterator[subprocess.Popen[str]]:
    with begin("demo") as process:
        yield process
        process.kill()


def read_to(process: subprocess.Popen[str], words: str) -> str:
    """What it says up to the line with these words."""
    said = ""
    assert process.stdout is not None
    for line in process.stdout:
        said += line
        if words in line:
            return said
    pytest.fail(f"it ended without {words!r}:\n{said}")


def pid_of(var: Path, program: str) -> int:
    (line,) = [line for line in processes_in(var) if program in line]
    return int(line.split()[0])


def test_shows_the_product_until_it_is_stopped(var: Path, demo: subprocess.Popen[str]) -> None:
    said = read_to(demo, "Ctrl-C")
    addresses = re.findall(r"http://\S+", said)
    assert addresses == [read_running(var)["demo"].url, read_running(var)["mail"].url]
    for address in addresses:
        assert urlopen(address).status == 200
    for name in ("student", "counselor", "admin"):
        assert f"{name}@demo.example" in said

    again = embedded("demo")
    assert again.returncode == 1
    assert addresses[0] in again.stdout, "a second demo tells where the first one is"

    os.kill(pid_of(var, "celery -A careerhub beat"), signal.SIGKILL)
    assert "The beat stopped" in read_to(demo, "The beat stopped")
    wait_until(lambda: any("careerhub beat" in line for line in processes_in(var)))

    assert "The demo" in embedded("stop").stdout
    rest, _nothing = demo.communicate(timeout=60)
    assert "Traceback" not in rest
    assert demo.returncode == 0
    assert processes_in(var) == []


def test_leaves_nothing_behind_when_it_is_killed(var: Path, demo: subprocess.Popen[str]) -> None:
    read_to(demo, "Ctrl-C")
    demo.kill()
    wait_until(lambda: processes_in(var) == [], seconds=60)


def test_says_which_step_failed_and_why(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings refuse to load, so the first command does."""
    monkeypatch.setenv("IMPORT_MAX_ROWS", "many")
    outcome = embedded("demo")

    assert outcome.returncode == 1
    assert "`manage.py migrate` failed" in outcome.stdout
    assert "many" in outcome.stdout
    assert processes_in(var) == []


def test_refuses_a_port_that_is_taken(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))
        outcome = embedded("demo")

    assert outcome.returncode == 1
    assert f"Port {port} is taken" in outcome.stdout


@pytest.mark.parametrize("port", ["eighty", "0", "65536", "-1", "8000.5"])
def test_refuses_a_port_that_is_none(var: Path, port: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", port)
    outcome = embedded("demo")
    assert outcome.returncode == 1
    assert f"PORT={port} is not a port number" in outcome.stdout
