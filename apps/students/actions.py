from collections.abc import Mapping
from typing import Any

from django.db import transaction

from apps.students.models import Campaign, Student


@transaction.atomic
def set_campaign(*, student: Student, details: Mapping[str, Any]) -> Campaign:
    """Write down what the student is after. `details` are fields of Campaign."""
    campaign, _ = Campaign.objects.update_or_create(student=student, defaults=details)
    return campaign
