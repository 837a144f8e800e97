from typing import Any

from django.core.management.base import BaseCommand

from apps.mail.actions import pause_sending


class Command(BaseCommand):
    help = "Let no mail leave until `resume_mail`. What is queued waits."

    def handle(self, **options: Any) -> None:
        pause = pause_sending()
        self.stdout.write(f"No mail leaves since {pause.since:%Y-%m-%d %H:%M:%S} UTC.")
