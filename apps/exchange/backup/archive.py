"""The file of a backup: a ZIP with one text file a table, and a manifest that knows them all."""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

FORMAT = 1
MANIFEST = "manifest.json"
PIECE = 1 << 20  # bytes


class Unusable(Exception):
    """Says in a sentence why there is no backup, or why it cannot be restored."""


@dataclass(frozen=True)
class Entry:
    """One table: how many rows, what they add up to, and the checksum of their file."""

    columns: list[str]
    rows: int
    fingerprint: str
    sha256: str


@dataclass
class Manifest:
    """All that a restore has to know, and to hold against what it did.

    `key_check` tells whether the keys of the installation are those of the backup.
    """

    made_at: str
    server: str
    key_check: str
    migrations: list[list[str]]
    sequences: dict[str, list[Any]] = field(default_factory=dict)
    tables: dict[str, Entry] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def rows(self) -> int:
        return sum(entry.rows for entry in self.tables.values())

    def to_json(self) -> str:
        return json.dumps(asdict(self), indent=1, sort_keys=True)

    @classmethod
    def from_json(cls, text: bytes) -> "Manifest":
        said = json.loads(text)
        if said["format"] != FORMAT:
            raise Unusable(f"The backup has the format {said['format']}; known is {FORMAT}.")
        tables = {name: Entry(**entry) for name, entry in said.pop("tables").items()}
        return cls(**said, tables=tables)


class Summing:
    """Passes pieces on to a file and adds them up."""

    def __init__(self, target: IO[bytes] | None = None) -> None:
        self.target = target
        self._digest = hashlib.sha256()

    def write(self, piece: bytes | memoryview) -> None:
        self._digest.update(piece)
        if self.target:
            self.target.write(piece)

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()


def file_of(table: str) -> str:
    return f"tables/{table}.copy"


@contextmanager
def opened(path: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """Open a backup and make sure that each of its files is as it was written."""
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = Manifest.from_json(archive.read(MANIFEST))
            _check(archive, manifest)
            yield archive, manifest
    except (OSError, zipfile.BadZipFile, KeyError, TypeError, ValueError) as error:
        raise Unusable(f"{path} is no whole backup: {error}") from error


def pieces(archive: zipfile.ZipFile, table: str) -> Iterator[bytes]:
    with archive.open(file_of(table)) as rows:
        while piece := rows.read(PIECE):
            yield piece


def _check(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    for name, entry in manifest.tables.items():
        summing = Summing()
        for piece in pieces(archive, name):
            summing.write(piece)
        if summing.sha256 != entry.sha256:
            raise Unusable(f"The rows of {name} in the backup are not those that were saved.")
