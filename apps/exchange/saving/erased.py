"""People who asked to be erased stay so, whatever a workbook says of them."""

from collections.abc import Iterable

from django.db.models.functions import Now

from apps.common.bulk import in_batches
from apps.contacts.fingerprints import email_key, fingerprint
from apps.contacts.models import Contact
from apps.contacts.models.contact import WITHOUT_DETAILS
from apps.contacts.wishes import erased_among
from apps.exchange.workbook.tables import ContactRow

BLANK = {name: WITHOUT_DETAILS[name] for name in ContactRow._fields if name in WITHOUT_DETAILS}


def without_erased(rows: list[ContactRow], student_pks: Iterable[int]) -> list[ContactRow]:
    """Return the rows, without details where the person is erased here or asked for it elsewhere.

    The row itself stays: meetings and offers lean on it.
    """
    digests = {row.email: fingerprint(email_key(row.email)) for row in rows if row.email}
    asked = erased_among(digests.values())
    blank = Contact.objects.filter(erased_at__isnull=False)
    here = set(
        in_batches(blank.values_list("student__student_id", "external_id"), "student", student_pks)
    )
    return [
        row._replace(**BLANK)
        if digests.get(row.email) in asked or (row.student_id, row.contact_id) in here
        else row
        for row in rows
    ]


def mark_erased(student_pks: Iterable[int]) -> None:
    """Mark the rows of erased people that a workbook has brought in without details."""
    unmarked = Contact.objects.filter(name=BLANK["name"], erased_at__isnull=True)
    unmarked.filter(student__in=student_pks).update(erased_at=Now())
