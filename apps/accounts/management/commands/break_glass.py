from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone

from apps.accounts.actions import GlassCannotBeBroken, break_glass


class Command(BaseCommand):
    help = "Print an address by which one administrator signs in, once, while sign-on is down."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="of an administrator who has an account")
        parser.add_argument("--reason", required=True, help="a few words; they are written down")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            _, token = break_glass(
                email=options["email"], reason=options["reason"], now=timezone.now()
            )
        except GlassCannotBeBroken as why:
            raise CommandError(str(why)) from why
        address = f"{settings.SITE_URL}{reverse('break_glass', args=[token])}"
        minutes = settings.BREAK_GLASS_MINUTES
        self.stdout.write(f"Works once, within {minutes} minutes, and is logged:\n{address}")
