from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from apps.metrics.files import content_of
from apps.metrics.management.terms import add_report_arguments, chosen_report
from apps.metrics.models import Audience, FileFormat
from apps.metrics.semester import semester_report

LOOK_AHEAD = (
    "This is a look ahead: the next check for disclosure does not know of it. "
    "Send out a release instead (manage.py publish_report)."
)


class Command(BaseCommand):
    help = "Print the semester report of a term, or of a part of it, or write it into a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_report_arguments(parser)
        parser.add_argument("--format", choices=FileFormat.values, default=FileFormat.JSON)
        parser.add_argument("-o", "--output", metavar="FILE", help="Where to write it.")

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = chosen_report(options)
        file_format = FileFormat(options["format"])
        is_binary = file_format in (FileFormat.XLSX, FileFormat.PDF)
        if is_binary and not options["output"]:
            raise CommandError(f"Say with -o FILE where to write the {file_format.label}.")
        if chosen["audience"] == Audience.SHAREABLE:
            self.stderr.write(LOOK_AHEAD)
        document = semester_report(**chosen, now=timezone.now())
        content = content_of(document, term=chosen["term"], waivers=[], format=file_format)
        if not options["output"]:
            self.stdout.write(content.decode().removeprefix("\ufeff"))
            return
        try:
            Path(options["output"]).write_bytes(content)
        except OSError as problem:
            raise CommandError(f"{options['output']}: {problem.strerror}.") from problem
        self.stderr.write(f"Written to {options['output']}.")
