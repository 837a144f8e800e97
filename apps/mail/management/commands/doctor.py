import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from apps.mail.health import findings


class Command(BaseCommand):
    help = "Say whether mail flows. The exit code is 1 if something needs somebody."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="for a program that watches")

    def handle(self, *, json: bool, **options: Any) -> None:
        found = findings()
        is_well = all(finding.is_well for finding in found)
        if json:
            self.stdout.write(_as_json(is_well, [asdict(finding) for finding in found]))
        else:
            for finding in found:
                self.stdout.write(f"{'ok ' if finding.is_well else 'ILL'}  {finding.words}")
        if not is_well:
            sys.exit(1)


def _as_json(is_well: bool, found: list[dict[str, Any]]) -> str:
    return json.dumps({"is_well": is_well, "findings": found}, indent=2)
