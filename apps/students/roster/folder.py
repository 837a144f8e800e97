"""Files of class lists on a disk: which there are, what is in one, and which class it is for."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

from django.utils.text import slugify

from apps.common.refusals import Refusal
from apps.students.models import Cohort
from apps.students.roster.limits import MAX_BYTES, MAX_INFLATED

ENDINGS = {".csv", ".tsv", ".txt", ".xls", ".xlsx", ".zip"}
SETTLED_AFTER = timedelta(minutes=1)  # whoever writes a file has come to its end by then
MOST_FILES = 2_000


@dataclass(frozen=True, slots=True)
class Dropped:
    """A file `<term>/<class>.<ending>` below the folder."""

    path: Path
    place: str  # below the folder

    @property
    def cohort(self) -> Cohort | None:
        """The class it is called after; spaces, dashes and capitals do not matter."""
        wanted = slugify(self.path.stem, allow_unicode=True)
        cohorts = Cohort.objects.filter(term__code=self.path.parent.name).select_related("term")
        found = [one for one in cohorts if slugify(one.name, allow_unicode=True) == wanted]
        return found[0] if len(found) == 1 else None


def dropped_files(folder: Path, *, now: datetime) -> Iterator[Dropped]:
    """Yield the settled files, in order. Links that lead out of the folder are passed over."""
    root = folder.resolve()
    number = 0
    for path in sorted(root.glob("*/*")):
        is_ours = path.suffix.lower() in ENDINGS and path.resolve().is_relative_to(root)
        if not (is_ours and path.is_file()) or path.name.startswith((".", "~")):
            continue
        if path.stat().st_mtime > (now - SETTLED_AFTER).timestamp():
            continue
        number += 1
        if number > MOST_FILES:
            return
        yield Dropped(path, str(path.relative_to(root))[:400])


def read_path(path: Path) -> bytes:
    """Return a file, or a folder's tables packed as OneRoster is. Raises Refusal."""
    try:
        if path.is_dir():
            return _packed(path)
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError):
        raise Refusal(
            "This cannot be opened.", "Check the path, and that you may read it."
        ) from None


def _packed(folder: Path) -> bytes:
    packed = BytesIO()
    left = MAX_INFLATED
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.glob("*.csv")):
            left -= path.stat().st_size
            if left < 0:
                raise Refusal("The tables in this folder are too large.", "Keep those of one term.")
            archive.write(path, path.name)
    return packed.getvalue()
