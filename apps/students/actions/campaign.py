from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from apps.students.models import Accomplishment, Campaign, Student


@transaction.atomic
def set_campaign(*, student: Student, details: Mapping[str, Any], now: datetime) -> Campaign:
    """Write down what the student is after. `details` are fields of Campaign."""
    campaign, _ = Campaign.objects.update_or_create(
        student=student, defaults={**details, "saved_at": now}
    )
    return campaign


def add_accomplishment(*, student: Student, text: str) -> Accomplishment:
    """Put something the student did into their library. It stands there once."""
    accomplishment, _ = Accomplishment.objects.get_or_create(student=student, text=text)
    return accomplishment


def edit_accomplishment(*, accomplishment: Accomplishment, text: str) -> Accomplishment:
    """Say it in other words, on every sheet that uses it."""
    accomplishment.text = text
    accomplishment.save(update_fields=["text"])
    return accomplishment


def remove_accomplishment(*, accomplishment: Accomplishment) -> None:
    """Take it out of the library and off the sheets that use it."""
    accomplishment.delete()
