import json
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from apps.exchange.backup.taking import take_backup


class Command(BaseCommand):
    help = "Write the whole database, as of this instant, into one file. The product may run."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options: Any) -> None:
        began = time.monotonic()
        if not file.parent.is_dir():
            raise CommandError(f"There is no folder {file.parent}.")
        manifest = take_backup(path=file, now=timezone.now())
        said = {
            "file": str(file),
            "bytes": file.stat().st_size,
            "made_at": manifest.made_at,
            "tables": len(manifest.tables),
            "rows": manifest.rows,
            "seconds": round(time.monotonic() - began, 2),
        }
        self.stdout.write(json.dumps(said))
