from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from apps.exchange.demo.loading import load_demo


class Command(BaseCommand):
    help = "Load a made-up programme with its sign-ins, for the demo only."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "The demo's password is public, so it is loaded only with DJANGO_DEBUG=1 "
                "and CAREERHUB_DEMO=1."
            )
        if load_demo(now=timezone.now()):
            self.stdout.write("The demo semester is loaded.")
        else:
            self.stdout.write("The demo semester is there already and is kept.")
