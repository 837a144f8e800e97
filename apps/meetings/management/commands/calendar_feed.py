from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from apps.meetings.calendar import feed
from apps.meetings.models import Meeting
from apps.students.models import Student


class Command(BaseCommand):
    help = "Print the calendar of a student's conversations, the same as their feed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="The address of the student's account.")

    def handle(self, *args: Any, **options: Any) -> None:
        student = Student.objects.filter(user__email=options["email"].lower()).first()
        if student is None:
            raise CommandError(f"There is no student with the account {options['email']}.")
        meetings = Meeting.objects.in_calendar().filter(student=student)
        self.stdout.write(feed(meetings, site_url=settings.SITE_URL).decode(), ending="")
