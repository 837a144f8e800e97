"""A student's own contacts as people of a file. What the file formats have no place for stays."""

from django.db.models import QuerySet

from apps.common.plain_text import clean_line
from apps.contacts.files.person import ParsedPerson
from apps.contacts.files.values import clean_note, unique
from apps.contacts.models import Contact
from apps.students.models import Student


def contacts_to_export(student: Student) -> QuerySet[Contact]:
    """Return everybody on the list, those who rest among them, oldest first.

    Of people who asked to be erased there is nothing to take along.
    """
    return Contact.objects.filter(student=student, erased_at__isnull=True).order_by("pk")


def person_of(contact: Contact, row: int) -> ParsedPerson:
    """Return the contact as a file has it, so that reading the file gives back an equal person."""
    return ParsedPerson(
        row=row,
        name=clean_line(contact.name),
        given_name=clean_line(contact.given_name),
        family_name=clean_line(contact.family_name),
        organization=clean_line(contact.organization),
        job_title=clean_line(contact.job_title),
        emails=unique(map(clean_line, contact.emails)),
        flagged_emails=unique(map(clean_line, contact.flagged_emails)),
        phones=unique(map(clean_line, contact.phones)),
        links=unique(map(clean_line, contact.links)),
        note=clean_note(contact.note),
        labels=unique(map(clean_line, contact.tags)),
    )
