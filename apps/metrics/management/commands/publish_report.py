import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from apps.metrics.management.terms import add_report_arguments, chosen_report
from apps.metrics.publishing import NotReady, publish_report


class Command(BaseCommand):
    help = "Freeze the report of a term with its files, so that it stays what it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_report_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = chosen_report(options)
        try:
            release = publish_report(**chosen, by=None, now=timezone.now())
        except NotReady as refused:
            findings = "\n".join(f"  {finding.words}" for finding in refused.findings)
            raise CommandError(
                "Not published. Mend these first, or waive them with a reason on the page of the "
                f"report:\n{findings}"
            ) from refused
        self.stdout.write(
            json.dumps(
                {
                    "release": release.pk,
                    "checksum": release.checksum,
                    "files": {file.format: file.sha256 for file in release.files.all()},
                },
                indent=1,
            )
        )
