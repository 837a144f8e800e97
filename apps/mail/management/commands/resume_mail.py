from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from apps.mail.actions import resume_sending


class Command(BaseCommand):
    help = "Let mail leave again after `pause_mail` or a restore."

    def add_arguments(self, parser: CommandParser) -> None:
        word = parser.add_mutually_exclusive_group(required=True)
        word.add_argument(
            "--send-waiting",
            action="store_true",
            help="send also what was due when the pause began; after a restore some of it will "
            "come a second time",
        )
        word.add_argument(
            "--leave-waiting",
            action="store_true",
            help="never send what was due when the pause began; it is listed as mail that may "
            "have arrived",
        )

    def handle(self, *, send_waiting: bool, **options: Any) -> None:
        count = resume_sending(sends_waiting=send_waiting)
        what = "will be sent" if send_waiting else "will not be sent"
        self.stdout.write(f"Mail leaves again. Due when the pause began, and {what}: {count}.")
