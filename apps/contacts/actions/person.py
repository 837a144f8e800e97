from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

import psycopg
from django.db import IntegrityError, transaction

from apps.contacts.fingerprints import fingerprint, keys_of
from apps.contacts.models import Contact
from apps.contacts.models.contact import ContactQuerySet
from apps.contacts.wishes import erased_among
from apps.students.models import Student

TYPED_IN = "typed in by the student"
NO_CYCLE = "contacts_contact_introductions_have_no_cycle"


class IntroductionCycle(Exception):
    """The introductions would lead back to where they began."""


class NotToBeKept(Exception):
    """The person has asked that no list keep them."""


@transaction.atomic
def add_contact(*, student: Student, details: Mapping[str, Any], now: datetime) -> Contact:
    """Put a person on the student's list. `details` are fields of Contact, `name` among them.

    Raises NotToBeKept.
    """
    _refuse_erased(details)
    return Contact.objects.create(
        **details,
        student=student,
        listed_on=student.today(now),
        updated_at=now,
        data_source=TYPED_IN,
    )


@transaction.atomic
def edit_contact(
    *, student: Student, contact: Contact, details: Mapping[str, Any], now: datetime
) -> Contact:
    """Write down what has changed about a person; where the rest came from stays as it was.

    Raises IntroductionCycle, NotToBeKept.
    """
    _refuse_erased(details)
    contact = Contact.objects.select_for_update().get(pk=contact.pk, student=student)
    changed = [name for name, value in details.items() if getattr(contact, name) != value]
    if not changed:
        return contact
    for name in changed:
        setattr(contact, name, details[name])
    contact.updated_at = now
    contact.data_source = contact.data_source or TYPED_IN
    try:
        contact.save(update_fields=[*changed, "updated_at", "data_source"])
    except IntegrityError as error:
        cause = error.__cause__
        if isinstance(cause, psycopg.Error) and cause.diag.constraint_name == NO_CYCLE:
            raise IntroductionCycle("These introductions would lead back to their start.") from None
        raise
    return contact


def _refuse_erased(details: Mapping[str, Any]) -> None:
    emails = [details.get("email", ""), *details.get("more_emails", [])]
    keys = keys_of([email for email in emails if email], details.get("links", []))
    if keys and erased_among({fingerprint(key) for key in keys}):
        raise NotToBeKept("A person with this address or profile cannot be put on a list.")


@transaction.atomic
def archive_contacts(*, student: Student, contacts: Collection[int], now: datetime) -> int:
    """Let these people rest, and return how many there were. Their history stays."""
    return _of(student, contacts).active().update(archived_at=now, updated_at=now)


@transaction.atomic
def restore_contacts(*, student: Student, contacts: Collection[int], now: datetime) -> int:
    """Bring resting people back to the list, and return how many there were."""
    resting = _of(student, contacts).filter(archived_at__isnull=False)
    return resting.update(archived_at=None, updated_at=now)


@transaction.atomic
def tag_contacts(
    *, student: Student, contacts: Collection[int], tags: Collection[str], now: datetime
) -> int:
    """Add tags to these people, and return how many did not have them all.

    A tag that is there in other capitals is there.
    """
    changed = []
    for contact in _of(student, contacts).order_by("pk").select_for_update():
        known = {tag.casefold() for tag in contact.tags}
        missing = [tag for tag in tags if tag.casefold() not in known]
        if missing:
            contact.tags = [*contact.tags, *missing]
            contact.updated_at = now
            changed.append(contact)
    Contact.objects.bulk_update(changed, ["tags", "updated_at"])
    return len(changed)


def _of(student: Student, contacts: Collection[int]) -> ContactQuerySet:
    """Return those of the contacts that are the student's. Who was erased stays untouched."""
    return Contact.objects.filter(student=student, pk__in=contacts, erased_at__isnull=True)
