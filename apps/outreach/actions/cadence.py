from django.db import transaction

from apps.contacts.models import Contact
from apps.outreach.models import Cadence
from apps.students.models import Student


@transaction.atomic
def set_cadence(*, contact: Contact, days: int | None) -> Cadence:
    """Keep in touch with one contact every so many days (7 to 730), or never (None)."""
    cadence, _ = Cadence.objects.update_or_create(
        contact=contact, defaults={"student_id": contact.student_id, "days": days}
    )
    return cadence


def clear_cadence(*, contact: Contact) -> None:
    """Let what holds for everybody hold for this contact as well."""
    Cadence.objects.filter(contact=contact).delete()


@transaction.atomic
def set_tag_cadence(*, student: Student, tag: str, days: int) -> Cadence:
    """Keep in touch with all who carry the tag every so many days (7 to 730)."""
    cadence, _ = Cadence.objects.update_or_create(student=student, tag=tag, defaults={"days": days})
    return cadence


def clear_tag_cadence(*, student: Student, tag: str) -> None:
    Cadence.objects.filter(student=student, tag=tag, contact__isnull=True).delete()
