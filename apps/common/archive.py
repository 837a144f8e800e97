"""A zip file that is read within a budget: what comes out is counted while it is inflated.

Nothing is ever written to disk, and the sizes that the file states about itself are not believed.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from apps.common.refusals import FileRefusal, Refusal

MAX_ENTRIES = 200
MAX_RATIO = 100  # inflated to packed; spreadsheets reach 20
HARMLESS = 1024 * 1024  # bytes; below this any ratio will do
CHUNK = 64 * 1024
ENTRY_MARK = b"PK\x01\x02"
ASK_OPERATOR = "Leave out what is not needed, or ask the operator to raise IMPORT_MAX_BYTES."
DAMAGES = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)


class Archive:
    """An open zip file. Raises `Refusal` for whatever is wrong with it."""

    def __init__(self, content: bytes, *, max_bytes: int, remedy: str = ASK_OPERATOR) -> None:
        """Open it. `remedy` says what to do about more than `max_bytes` unpacked."""
        self.max_bytes, self._remedy = max_bytes, remedy
        self.packed = len(content)
        self.inflated = 0
        # Counted before the directory is read, since reading a million entries takes its time.
        if content.count(ENTRY_MARK) > MAX_ENTRIES:
            raise Refusal(
                f"The file packs more than {MAX_ENTRIES} files.",
                "Pack only the tables themselves.",
            )
        try:
            self._zip = zipfile.ZipFile(BytesIO(content))
        except DAMAGES:
            raise _damaged() from None
        for info in self._zip.infolist():
            _check_entry(info)
        self.names = [info.filename for info in self._zip.infolist() if not info.is_dir()]

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield the content of an entry piece by piece."""
        try:
            with self._zip.open(name) as entry:
                while chunk := entry.read(CHUNK):
                    self._count(len(chunk))
                    yield chunk
        except (KeyError, *DAMAGES):
            raise _damaged() from None

    def read(self, name: str) -> bytes:
        return b"".join(self.chunks(name))

    def _count(self, size: int) -> None:
        self.inflated += size
        if self.inflated > max(HARMLESS, MAX_RATIO * self.packed):
            raise FileRefusal(
                f"Unpacked, the file grows more than {MAX_RATIO}-fold.",
                "Save it afresh from your spreadsheet program.",
            )
        if self.inflated > self.max_bytes:
            raise too_large(self.max_bytes, self._remedy)


def too_large(max_bytes: int, remedy: str = ASK_OPERATOR) -> FileRefusal:
    return FileRefusal(
        f"The file is larger than {max_bytes / 1024 / 1024:.3g} MiB unpacked.", remedy
    )


def _check_entry(info: zipfile.ZipInfo) -> None:
    if info.flag_bits & 0x1:
        raise Refusal(
            "The file is locked with a password.", "Save it without a password, then try again."
        )
    if not info.filename:
        raise _damaged()  # is_dir() looks at the last letter of a name
    path = info.filename.replace("\\", "/")
    if path.startswith("/") or ".." in path.split("/"):
        raise Refusal(
            "The file holds a path that leads out of its own folder.",
            "Pack the tables afresh, directly or in one folder.",
        )


def _damaged() -> Refusal:
    return Refusal(
        "The file is damaged and cannot be unpacked.",
        "Save it afresh, then try again. If it came by mail, ask for it once more.",
    )
