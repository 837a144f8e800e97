"""The list of a student with 5,000 contacts takes little more than an empty page."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from apps.accounts.models import User
from apps.contacts.models import Contact
from apps.meetings.models import Meeting, Status
from apps.outreach.models import Attempt, Channel
from apps.students.models import Student
from tests.benchmarks.bare_page import as_in_production, cost
from tests.clock import ago, ahead
from tests.contacts.factories import ContactFactory

__all__ = ["as_in_production"]

CONTACTS, NOTES, MEETINGS = 5_000, 120, 60
ROUNDS = 30
# Empty pages. The clock runs on while PostgreSQL answers; here it does so from tables that no
# vacuum has seen, where counting takes longer than it does in service.
ALLOWED_PROCESSOR, ALLOWED_CLOCK = 3, 5


def fill(student: Student) -> None:
    """Give a student a long list, and as much of a history as a busy year has."""
    people = Contact.objects.bulk_create(
        ContactFactory.build(
            student=student,
            name=f"Person {n}",
            organization=f"Organization {n % 700}",
            email="" if n % 4 else f"person{n}@harbor.example",
            tags=["fair"] if n % 50 == 0 else [],
        )
        for n in range(CONTACTS)
    )
    Attempt.objects.bulk_create(
        Attempt(student=student, contact=person, sent_at=ago(days=2 + n), channel=Channel.EMAIL)
        for n, person in enumerate(people[:NOTES])
    )
    Meeting.objects.bulk_create(
        Meeting(
            student=student,
            contact=person,
            starts_at=ago(days=3 * n) if n else ahead(days=2),
            status=Status.HELD if n else Status.SCHEDULED,
            thank_you_sent_at=ago(days=3 * n) + timedelta(hours=3) if n else None,
        )
        for n, person in enumerate(people[NOTES - 20 : NOTES - 20 + MEETINGS])
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE contacts_contact, meetings_meeting, outreach_attempt")


@pytest.mark.usefixtures("as_in_production")
def test_the_list_of_5000_contacts_takes_at_most_so_many_empty_pages(
    ana: Student,
    sign_in: Callable[[User], Client],
    record_property: Callable[[str, object], None],
) -> None:
    """In processor time of Python, and by the clock, the best of many rounds of each."""
    fill(ana)
    assert ana.user
    client = sign_in(ana.user)
    for url in ("/bare/", "/contacts/"):
        cost(client, url)  # what is looked up once and kept
    rounds = [(cost(client, "/bare/"), cost(client, "/contacts/")) for _ in range(ROUNDS)]
    empty, full = (
        [min(kind) for kind in zip(*page, strict=True)] for page in zip(*rounds, strict=True)
    )
    record_property("empty page, ms of processor and clock", empty)
    record_property("5,000 contacts, ms of processor and clock", full)
    assert full[0] <= ALLOWED_PROCESSOR * empty[0], f"{full} against {empty}"
    assert full[1] <= ALLOWED_CLOCK * empty[1], f"{full} against {empty}"
