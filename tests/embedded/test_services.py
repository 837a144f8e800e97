"""The services in the background: `make services` and `make stop`."""

import os
import signal
import smtplib
import socket
import stat
import time
from pathlib import Path
from typing import Any

import psycopg
import pytest
import redis

from careerhub.embedded import postgres, postgres_files, valkey
from careerhub.embedded.postgres import Postgres
from careerhub.embedded.processes import CannotStart, is_running
from careerhub.embedded.stack import Stack
from careerhub.embedded.state import ServiceUrls, read_running, service_urls
from tests.embedded.conftest import embedded, processes_in, wait_until


def start() -> ServiceUrls:
    outcome = embedded("start")
    assert outcome.returncode == 0, outcome.stdout
    urls = service_urls()
    assert urls is not None
    return urls


def ask(urls: ServiceUrls, query: str) -> Any:
    with psycopg.connect(urls.database_url, autocommit=True) as connection:
        cursor = connection.execute(query)
        return cursor.fetchone() if cursor.description else None


def test_serves_a_database_a_queue_and_mail_until_it_is_stopped(var: Path) -> None:
    urls = start()

    assert ask(urls, "SELECT lower('ÉCOLE')") == ("école",)
    with redis.Redis.from_url(urls.redis_url) as queue:
        assert queue.ping()
    with smtplib.SMTP(urls.smtp_host, urls.smtp_port) as mail:
        assert mail.noop()[0] == 250

    assert "PostgreSQL" in embedded("stop").stdout
    assert processes_in(var) == []
    assert service_urls() is None
    assert not (var / "services.json").exists()


def test_lets_our_role_make_test_databases_and_add_the_extensions_we_use(var: Path) -> None:
    urls = start()
    for extension in ("citext", "pg_trgm", "unaccent", "btree_gist"):
        ask(urls, f"CREATE EXTENSION {extension}")

    assert ask(urls, "SELECT usesuper, usecreatedb FROM pg_user WHERE usename = current_user") == (
        False,
        True,
    )
    # In the plain C locale ü would be no letter, and these two the same.
    assert ask(urls, "SELECT similarity('Müller', 'M ller') < 1") == (True,)
    ask(urls, "CREATE DATABASE test_careerhub")


def test_keeps_secrets_from_other_users(var: Path) -> None:
    start()
    for name in ("services.json", "passwords.json", "valkey/valkey.conf"):
        assert stat.S_IMODE((var / name).stat().st_mode) == 0o600, name
    assert stat.S_IMODE((var / "postgres" / "data").stat().st_mode) == 0o700


def test_asks_everybody_for_the_password(var: Path) -> None:
    urls = start()
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(urls.database_url.replace("careerhub:", "careerhub:x"))
    address = urls.redis_url.rpartition("@")[2]
    with (
        redis.Redis.from_url(f"redis://{address}") as stranger,
        pytest.raises(redis.AuthenticationError),
    ):
        stranger.ping()


def test_adopts_what_runs_already(var: Path) -> None:
    first = start()
    running = read_running(var)

    assert "already running" in embedded("start").stdout
    assert read_running(var) == running
    assert service_urls() == first


def test_finds_its_services_again_without_the_state_file(var: Path) -> None:
    start()
    running = read_running(var)
    (var / "services.json").write_text("{")

    start()
    assert read_running(var) == running


def test_recovers_with_all_data_after_the_servers_were_killed(var: Path) -> None:
    urls = start()
    ask(urls, "CREATE TABLE kept AS SELECT 42 AS answer")
    with redis.Redis.from_url(urls.redis_url) as queue:
        queue.rpush("tasks", "one")
        time.sleep(1.1)  # Valkey writes to its disk every second
    for service in read_running(var).values():
        os.kill(service.pid, signal.SIGKILL)

    urls = start()
    assert ask(urls, "SELECT answer FROM kept") == (42,)
    with redis.Redis.from_url(urls.redis_url) as queue:
        assert queue.lrange("tasks", 0, -1) == [b"one"]


def test_removes_a_lock_whose_number_was_given_to_a_stranger(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start()
    lock = var / "postgres" / "data" / "postmaster.pid"
    words = lock.read_text().splitlines()
    embedded("stop")
    stranger = str(os.getppid()) if os.getppid() > 1 else "1"
    lock.write_text("\n".join([stranger, *words[1:]]))
    monkeypatch.setattr(postgres, "LOCK_PATIENCE", 1)

    stack = Stack(var, tied=True)
    stack.start()
    try:
        assert is_running(stack.running["postgres"].pid, var / "postgres" / "data")
        assert is_running(int(stranger), "") or Path(f"/proc/{stranger}").exists()
    finally:
        stack.stop_started()


def test_refuses_data_of_another_postgresql_with_words(var: Path) -> None:
    data = var / "postgres" / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("9\n")

    with pytest.raises(CannotStart, match=r"made by PostgreSQL 9, and only .*18.* is here"):
        Stack(var, tied=True).start()


@pytest.mark.skipif(
    not list(Path("/usr/lib/postgresql").glob("*/bin/initdb")), reason="the system has none"
)
def test_takes_the_systems_postgresql_where_the_wheel_is_missing(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_files.importlib.util, "find_spec", lambda _name: None)
    (var / "log").mkdir()
    server = Postgres(var, durable=False)
    running = server.start(tied=True)
    try:
        with psycopg.connect(running.url) as connection:
            assert connection.execute("SHOW lc_ctype").fetchone() == ("C.UTF-8",)
        assert f"postgresql/{(var / 'postgres/data/PG_VERSION').read_text().strip()}" in (
            Path(f"/proc/{running.pid}/cmdline").read_text()
        )
    finally:
        assert server.stop()


def test_names_the_remedy_where_no_server_is_to_be_had(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_files, "_program_folders", lambda: iter([var / "broken"]))
    with pytest.raises(CannotStart, match="DATABASE_URL"):
        Stack(var, tied=True).start()

    monkeypatch.setenv("DATABASE_URL", "postgres://db.example/careerhub")
    monkeypatch.setattr(valkey.importlib.util, "find_spec", lambda _name: None)
    monkeypatch.setattr(valkey.shutil, "which", lambda _name: None)
    with pytest.raises(CannotStart, match="REDIS_URL"):
        Stack(var, tied=True).start()


def test_leaves_out_what_the_environment_provides(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://db.example/careerhub")
    monkeypatch.setenv("REDIS_URL", "redis://queue.example/0")

    urls = start()
    assert (urls.database_url, urls.redis_url) == ("", "")
    assert set(read_running(var)) == {"mail"}


def test_ignores_somebody_elses_postgresql_variables(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGHOST", "db.example")
    monkeypatch.setenv("PGPORT", "1")
    monkeypatch.setenv("PGDATA", "/nowhere")
    monkeypatch.setenv("PGUSER", "somebody")

    assert ask(start(), "SELECT current_user") == ("careerhub",)


def test_takes_another_port_when_its_old_one_is_taken(var: Path) -> None:
    stack = Stack(var, tied=True)
    stack.start()
    old = stack.running["postgres"].port
    stack.stop_started()
    with socket.create_server(("127.0.0.1", old)):
        stack.start()
        try:
            assert stack.running["postgres"].port != old
        finally:
            stack.stop_started()


def test_starts_a_dead_service_again_at_its_old_address(var: Path) -> None:
    stack = Stack(var, tied=True)
    stack.start()
    before = dict(stack.running)
    try:
        assert stack.restart_the_dead() == []
        for service in before.values():
            os.kill(service.pid, signal.SIGKILL)
        wait_until(lambda: not any(service.pid() for service in stack.services))

        assert stack.restart_the_dead() == ["PostgreSQL", "Valkey", "Mail catcher"]
        assert {name: s.port for name, s in stack.running.items()} == {
            name: s.port for name, s in before.items()
        }
    finally:
        stack.stop_started()
