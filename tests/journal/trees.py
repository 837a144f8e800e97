"""Many people at once, each introduced by an earlier one."""

from django.db import connection

from apps.contacts.models import Contact
from apps.students.models import Student
from tests.clock import TODAY

LINK = """
UPDATE contacts_contact AS contact SET introduced_by_id = link.introducer
FROM unnest(%s::bigint[], %s::bigint[]) AS link (key, introducer) WHERE contact.id = link.key
"""


def plant(student: Student, people: int, *, each: int = 1) -> None:
    """Put a tree on the student's list where everybody introduced `each`; one each is a chain."""
    rows = [
        Contact(student=student, name=f"Person {number}", listed_on=TODAY)
        for number in range(people)
    ]
    keys = [contact.pk for contact in Contact.objects.bulk_create(rows, batch_size=2000)]
    introducers = [keys[(number - 1) // each] for number in range(1, people)]
    with connection.cursor() as cursor:
        cursor.execute(LINK, [keys[1:], introducers])
