"""Settings read the state file: nothing in it may make them fail."""

import json
import os
import stat
from pathlib import Path

import pytest

from careerhub.embedded.locks import locked
from careerhub.embedded.state import (
    Running,
    ServiceUrls,
    password,
    read_running,
    service_urls,
    write_private,
    write_running,
)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "null",
        "3",
        '{"mail": 3}',
        '{"mail": {}}',
        '{"mail": {"pid": 1}}',
        '{"mail": {"pid": "x", "port": 1, "url": ""}}',
        '{"mail": {"pid": 1, "port": 1, "url": "", "more": 1}}',
        "\x00\xff",
    ],
)
def test_takes_a_file_of_no_use_as_none(var: Path, content: str) -> None:
    (var / "services.json").write_bytes(content.encode("latin-1"))
    assert service_urls() is None


def test_takes_a_missing_file_and_a_missing_folder_as_none(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert service_urls() is None
    monkeypatch.setenv("CAREERHUB_VAR", str(var / "not" / "there"))
    assert service_urls() is None


def test_leaves_out_services_that_no_longer_run(var: Path) -> None:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    write_running(var, {"valkey": Running(os.getpid(), 1, "redis://here")})
    entries = json.loads((var / "services.json").read_text())
    entries["postgres"] = {"pid": child, "port": 2, "url": "postgres://gone"}
    (var / "services.json").write_text(json.dumps(entries))

    assert set(read_running(var)) == {"valkey"}
    assert service_urls() == ServiceUrls("", "redis://here", "127.0.0.1", 0)


def test_takes_services_out_and_the_last_one_takes_the_file_with_it(var: Path) -> None:
    one, two = Running(os.getpid(), 1, "one"), Running(os.getpid(), 2, "two")
    write_running(var, {"valkey": one})
    write_running(var, {"mail": two})
    assert read_running(var) == {"valkey": one, "mail": two}

    write_running(var, {"valkey": None})
    assert read_running(var) == {"mail": two}
    write_running(var, {"mail": None})
    assert not (var / "services.json").exists()


def test_replaces_an_open_file_by_a_closed_one(var: Path) -> None:
    path = var / "secret"
    path.write_text("old")
    path.chmod(0o644)
    write_private(path, "new")

    assert path.read_text() == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_keeps_a_password_once_it_is_made(var: Path) -> None:
    assert password(var, "postgres") == password(var, "postgres")
    assert password(var, "postgres") != password(var, "valkey")
    assert len(password(var, "valkey")) == 48


def test_gives_a_lock_to_one_at_a_time(var: Path) -> None:
    with locked(var / "one.lock") as first, locked(var / "one.lock", wait=False) as second:
        assert (first, second) == (True, False)
    with locked(var / "one.lock", wait=False) as again:
        assert again
