"""Which embedded services run, and how to reach them.

Settings import this module, so it needs the standard library only and never raises on what it
finds in the state file.
"""

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

CLONE = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Running:
    """One running service. The URL carries its password, if it has one."""

    pid: int
    port: int
    url: str


@dataclass(frozen=True)
class ServiceUrls:
    """What settings need. A URL is empty, or the port 0, when that embedded service is not up."""

    database_url: str
    redis_url: str
    smtp_host: str
    smtp_port: int


def var_directory() -> Path:
    """Everything the embedded services write stands below this folder."""
    return Path(os.environ.get("CAREERHUB_VAR") or CLONE / "var").absolute()


def service_urls() -> ServiceUrls | None:
    """Return how to reach the embedded services, or None while none of them runs."""
    running = read_running(var_directory())
    postgres, valkey, mail = (running.get(name) for name in ("postgres", "valkey", "mail"))
    if not (postgres or valkey or mail):
        return None
    return ServiceUrls(
        database_url=postgres.url if postgres else "",
        redis_url=valkey.url if valkey else "",
        smtp_host="127.0.0.1",
        smtp_port=mail.port if mail else 0,
    )


def read_running(var: Path) -> dict[str, Running]:
    """Return the entries of the state file whose process still lives; {} for a file of no use."""
    try:
        entries = json.loads((var / "services.json").read_text())
        running = {name: Running(**entry) for name, entry in entries.items()}
        return {name: service for name, service in running.items() if _lives(service.pid)}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def write_running(var: Path, changes: Mapping[str, Running | None]) -> None:
    """Enter services into the state file, or take them out where the value is None."""
    entries = {**read_running(var), **changes}
    kept = {name: asdict(service) for name, service in entries.items() if service}
    write_private(var / "services.json", json.dumps(kept, indent=1))
    if not kept:
        (var / "services.json").unlink(missing_ok=True)


def password(var: Path, name: str) -> str:
    """Return the random password kept under this name, made on first use."""
    path = var / "passwords.json"
    known: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {}
    if name not in known:
        known[name] = secrets.token_hex(24)
        write_private(path, json.dumps(known, indent=1))
    return str(known[name])


def write_private(path: Path, text: str) -> None:
    """Replace a file at one stroke; only its owner can ever read it."""
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    fresh.replace(path)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
