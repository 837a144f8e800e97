import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DataError, IntegrityError, OperationalError
from django.db.models import Q
from django.utils import timezone

from apps.contacts.actions.imports import MEANWHILE, import_at_once, plan_import
from apps.contacts.files.limits import MAX_BYTES
from apps.contacts.files.person import SkippedRow, UnreadableFile
from apps.contacts.importing.plan import Plan
from apps.students.models import Student

NOTHING = {"created": 0, "updated": 0, "unchanged": 0, "duplicates": 0}


class Command(BaseCommand):
    help = "Bring a file of contacts onto a student's list. Possible duplicates become two people."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help=".csv, .vcf or the .zip that holds it")
        parser.add_argument("--student", required=True, metavar="EMAIL", help="whose list")
        parser.add_argument("--dry-run", action="store_true", help="check everything, save nothing")
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit 0 if the file was imported (or could be, on a dry run), else 1."""
        student = _student(options["student"])
        key, counts, skipped, refusal = None, NOTHING, [], ""
        try:
            key, plan = _import(student, options["file"], is_dry_run=options["dry_run"])
            counts, skipped = plan.counts(), plan.skipped
        except UnreadableFile as reason:
            refusal = str(reason)
        except (IntegrityError, DataError):
            refusal = MEANWHILE
        except OperationalError:
            refusal = "The database does not answer. Nothing was saved. Start it, then try again."
        self._write(key, counts, skipped, refusal, is_json=options["json"])
        if refusal:
            sys.exit(1)

    def _write(
        self,
        key: int | None,
        counts: dict[str, int],
        skipped: list[SkippedRow],
        refusal: str,
        *,
        is_json: bool,
    ) -> None:
        numbers = {name: counts[name] for name in NOTHING}
        if refusal:
            self.stderr.write(f"Refused: {refusal}")
        if is_json:
            rows = [{"row": one.row, "reason": one.reason} for one in skipped]
            self.stdout.write(json.dumps({"batch": key, **numbers, "skipped": rows}))
            return
        for one in skipped:
            self.stdout.write(f"row {one.row}: {one.reason}")
        for name, number in (numbers | {"skipped": len(skipped)}).items():
            self.stdout.write(f"{name:<12}{number:>8,}")
        if key:
            self.stdout.write(f"Saved. To take it back: manage.py undo_import {key}")
        elif not refusal:
            self.stdout.write("Nothing was saved.")


def _student(email: str) -> Student:
    students = Student.objects.filter(Q(email__iexact=email) | Q(user__email__iexact=email))
    found = list(students.distinct()[:2])
    if len(found) != 1:
        raise CommandError("No student has this address." if not found else "Several have it.")
    return found[0]


def _import(student: Student, path: Path, *, is_dry_run: bool) -> tuple[int | None, Plan]:
    data, now = _content(path), timezone.now()
    if is_dry_run:
        return None, plan_import(student=student, name=path.name, data=data, now=now)
    batch, plan = import_at_once(student=student, name=path.name, data=data, now=now)
    return batch.pk if batch else None, plan


def _content(path: Path) -> bytes:
    """Return the bytes of the file, not many more than are read of any. Raises UnreadableFile."""
    try:
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise UnreadableFile(f"This file cannot be opened: {error.strerror}.") from error
