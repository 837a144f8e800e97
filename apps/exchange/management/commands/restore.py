import json
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.exchange.backup.archive import Unusable
from apps.exchange.backup.restoring import has_other_keys, restore_backup


class Command(BaseCommand):
    help = (
        "Put a backup in place of what the database holds. Stop web, workers and beat first. Mail "
        "is held back afterwards, until `resume_mail`."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--replace", action="store_true", help="give up what the database holds now"
        )

    def handle(self, *, file: Path, replace: bool, **options: Any) -> None:
        began = time.monotonic()
        try:
            manifest = restore_backup(path=file, replaces=replace)
        except Unusable as refused:
            raise CommandError(str(refused)) from refused
        if has_other_keys(manifest):
            self.stderr.write(
                "FINGERPRINT_KEY is not that of the backup: wishes and erasures of contacts find "
                "their people only with the old one."
            )
        self.stderr.write("No mail leaves until `manage.py resume_mail`; see docs/operations.md.")
        said = {
            "made_at": manifest.made_at,
            "tables": len(manifest.tables),
            "rows": manifest.rows,
            "seconds": round(time.monotonic() - began, 2),
        }
        self.stdout.write(json.dumps(said))
