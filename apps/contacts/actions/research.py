from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from apps.contacts.models import Contact, Research
from apps.contacts.wishes import erased_among
from apps.students.models import Student


@transaction.atomic
def log_research(
    *, student: Student, contact: Contact | None, details: Mapping[str, Any], today: date
) -> Research:
    """Keep what the student read or watched about a person, or about an organization.

    `details` are fields of Research. Raises Contact.DoesNotExist for a person erased meanwhile.
    """
    erased_among(())  # lets an erasure that is under way end first
    if contact is not None:
        contact = Contact.objects.get(pk=contact.pk, student=student, erased_at=None)
    return Research.objects.create(student=student, contact=contact, noted_on=today, **details)


def edit_research(*, research: Research, details: Mapping[str, Any]) -> Research:
    """Say it in other words. `details` are fields of Research."""
    for name, value in details.items():
        setattr(research, name, value)
    research.save(update_fields=list(details))
    return research


def remove_research(*, research: Research) -> None:
    research.delete()
