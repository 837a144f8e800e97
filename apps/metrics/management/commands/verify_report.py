from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.metrics.models import Release
from apps.metrics.publishing import verify


class Command(BaseCommand):
    help = "Compute the checksums of a release again, and say whether it is what was published."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("release", type=int, help="The number of the release.")

    def handle(self, *args: Any, **options: Any) -> None:
        release = Release.objects.filter(pk=options["release"]).first()
        if release is None:
            known = ", ".join(map(str, Release.objects.values_list("pk", flat=True))) or "none yet"
            raise CommandError(f"There is no release {options['release']}. Releases: {known}.")
        found = verify(release)
        if not found.is_sound:
            raise CommandError(f"Release {release.pk} was changed: {', '.join(found.damaged)}.")
        self.stdout.write(f"Release {release.pk} is what was published: {release.checksum}")
