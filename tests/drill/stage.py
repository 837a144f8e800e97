"""Databases to lose, and what they hold, told without the product's own backup code."""

import json
import os
import subprocess
import sys
import time
from typing import Any
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from tests.processes import ROOT

# A restore writes it, so that no mail leaves; no backup holds it.
WRITTEN_BY_RESTORE = "mail_sendingpause"
Rows = dict[str, tuple[int, str | None]]


def manage(url: str, *words: str, **environment: str) -> dict[str, Any]:
    """Run a command of the product; return how long it took, and what it printed."""
    began = time.monotonic()
    ended = subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "careerhub.settings",
            "DJANGO_DEBUG": "1",
            "CAREERHUB_DEMO": "1",
            "DATABASE_URL": url,
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode:
        raise RuntimeError(f"manage.py {' '.join(words)} failed:\n{ended.stdout}{ended.stderr}")
    return {"seconds": round(time.monotonic() - began, 2), "said": ended.stdout}


def create(url: str) -> None:
    """Make an empty database."""
    name = sql.Identifier(urlsplit(url).path.lstrip("/"))
    with psycopg.connect(_maintenance(url), autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(name))


def destroy(url: str) -> None:
    name = sql.Identifier(urlsplit(url).path.lstrip("/"))
    with psycopg.connect(_maintenance(url), autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))


def rows_of(url: str) -> Rows:
    """Return of each table how many rows it has and a checksum of them all."""
    found: Rows = {}
    with psycopg.connect(url, options="-c timezone=UTC") as database:
        tables = database.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
        ).fetchall()
        for (name,) in tables:
            query = sql.SQL(
                "SELECT count(*), md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))) FROM {} t"
            ).format(sql.Identifier(name))
            found[name] = database.execute(query).fetchone()  # type: ignore[assignment]
    return found


def next_keys(url: str) -> dict[str, tuple[int, bool]]:
    """Return of each sequence where it stands: the next row must not get a key that was given."""
    with psycopg.connect(url) as database:
        names = database.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'S' ORDER BY relname"
        ).fetchall()
        return {
            name: database.execute(
                sql.SQL("SELECT last_value, is_called FROM {}").format(sql.Identifier(name))
            ).fetchone()  # type: ignore[misc]
            for (name,) in names
        }


def releases_in(url: str) -> list[int]:
    with psycopg.connect(url) as database:
        return [pk for (pk,) in database.execute("SELECT id FROM metrics_release ORDER BY id")]


def verified(url: str) -> int:
    """Have the product compute the checksums of all releases again; return how many there are."""
    releases = releases_in(url)
    for release in releases:
        manage(url, "verify_report", str(release))
    return len(releases)


def unequal(before: Rows, after: Rows) -> list[str]:
    names = (set(before) | set(after)) - {WRITTEN_BY_RESTORE}
    return sorted(name for name in names if before.get(name) != after.get(name))


def said_as_json(answer: dict[str, Any]) -> dict[str, Any]:
    return dict(json.loads(answer["said"].strip().splitlines()[-1]))


def _maintenance(url: str) -> str:
    return urlsplit(url)._replace(path="/postgres").geturl()
