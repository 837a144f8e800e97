import json
from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.template import Context, Engine
from django.utils import timezone

from apps.reminders.next_steps import next_steps_of
from apps.students.models import Student
from apps.students.next_steps import NextStep


class Command(BaseCommand):
    help = "Print what a student is asked to do next, as Today and the mails show it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the student's address, of the account or the roster")
        parser.add_argument(
            "--at", type=datetime.fromisoformat, help="the moment, as 2026-10-15T08:00-04:00"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON list")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the steps in order. Exit 1 where there is no such student."""
        now: datetime = options["at"] or timezone.now()
        if now.tzinfo is None:
            raise CommandError("--at needs an offset from UTC: 2026-10-15T08:00-04:00.")
        student = _student(options["email"].lower())
        if student is None:
            raise CommandError("There is no student with this address.")
        with timezone.override(student.zone):
            steps = [_told(step, now) for step in next_steps_of(student, now)]
        if options["json"]:
            self.stdout.write(json.dumps(steps, indent=2, ensure_ascii=False))
            return
        for step in steps:
            late = ", overdue" if step["is_overdue"] else ""
            self.stdout.write(f"{step['what']} (due {step['due_at']}{late})")
            self.stdout.write(f"    {step['why_now']}")
            self.stdout.write(f"    {step['action']}")
        if not steps:
            self.stdout.write("Nothing is open.")


def _student(email: str) -> Student | None:
    students = Student.objects.select_related("user")
    return (
        students.filter(user__email=email).first()
        or students.filter(email__iexact=email).order_by("pk").first()
    )


def _told(step: NextStep, now: datetime) -> dict[str, Any]:
    """Return a step in words, with the row that it comes from and the page that it leads to."""
    words = {
        part: _words(f"reminders/steps/_{part}.txt", step) for part in ("title", "why", "link")
    }
    return {
        "kind": step.kind,
        "who": step.contact_name,
        "what": words["title"],
        "why_now": words["why"],
        "row": step.subject,
        "happened_at": timezone.localtime(step.happened_at).isoformat(timespec="minutes"),
        "due_at": timezone.localtime(step.due_at).isoformat(timespec="minutes"),
        "is_overdue": step.is_overdue(now),
        "action": words["link"],
    }


def _words(name: str, step: NextStep) -> str:
    template = Engine.get_default().get_template(name)
    return template.render(Context({"step": step}, autoescape=False)).strip()
