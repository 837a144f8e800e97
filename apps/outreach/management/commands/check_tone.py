import codecs
import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from apps.outreach.tone import Kind, check

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Command(BaseCommand):
    help = "Say how a draft reads. The draft comes on standard input, the answer is JSON."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--kind",
            choices=[kind.value for kind in Kind],
            help="what the draft is; told from its words when left out",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        kind = Kind(options["kind"]) if options["kind"] else None
        report = check(_draft(), kind)
        self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False, indent=2))


def _draft() -> str:
    """Return standard input with every line end and byte-order mark it came with."""
    stream = getattr(sys.stdin, "buffer", None)
    return _text(stream.read()) if stream else sys.stdin.read()


def _text(data: bytes) -> str:
    """Read mail as it lies about on disks: UTF-8, UTF-16 with its mark, or old Windows."""
    if data.startswith(codecs.BOM_UTF8):
        return data.decode("utf-8", errors="replace")
    for encoding in ("utf-16",) if data.startswith(_UTF_16) else ("utf-8", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", errors="replace")
