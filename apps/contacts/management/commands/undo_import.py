from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from apps.contacts.actions.imports import undo_import
from apps.contacts.models import ImportBatch


class Command(BaseCommand):
    help = "Take an import of contacts back, whole. What came after it stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("batch", type=int, help="the number that import_contacts printed")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit 0 if the import was undone, else 1."""
        batch = ImportBatch.objects.without_file().filter(pk=options["batch"]).first()
        undone = batch and undo_import(batch=batch, now=timezone.now())
        if not undone:
            raise CommandError("There is no such import, or it is not saved (any more).")
        self.stdout.write(f"removed   {undone.removed:>8,}")
        self.stdout.write(f"restored  {undone.restored:>8,}")
        for words, contacts in (("used", undone.used), ("edited", undone.edited)):
            for contact in contacts:
                self.stdout.write(f"contact {contact} stays: {words} since the import")
        for contact, fields in undone.kept.items():
            self.stdout.write(f"contact {contact} keeps what was edited since: {', '.join(fields)}")
