import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.exchange.meetings_file import meetings_csv


class Command(BaseCommand):
    help = "Write all meetings as CSV, to a file or to standard output."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("-o", "--output", metavar="FILE", help="Where to write it.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["output"]:
            for block in meetings_csv():
                sys.stdout.buffer.write(block)
            sys.stdout.buffer.flush()
            return
        try:
            with Path(options["output"]).open("wb") as file:
                file.writelines(meetings_csv())
        except OSError as problem:
            raise CommandError(f"{options['output']}: {problem.strerror}.") from problem
        self.stderr.write(f"Written to {options['output']}.")
