"""Students with a long list of contacts and a year behind them, for the pages that show both."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.db import connection

from apps.contacts.models import Contact
from apps.meetings.models import Meeting, Status
from apps.outreach.models import Attempt, Channel, Reply
from apps.students.models import Student
from tests.clock import ago, ahead
from tests.contacts.factories import ContactFactory

NOTES, MEETINGS = 120, 60

History = Callable[[Student, list[Contact]], Iterator[Attempt]]


def busy_year(student: Student, people: list[Contact]) -> Iterator[Attempt]:
    """Write to 75 people: 40 answered, 10 let four notes pass, 10 are long past, 15 may answer."""
    for n, person in enumerate(people[:40]):
        yield _note(student, person, ago(days=20 + 8 * n), reply=[*Reply][n % 3])
    for n, person in enumerate(people[40:50]):
        for week in range(4):
            yield _note(student, person, ago(days=30 + 20 * n + 7 * week))
    for n, person in enumerate(people[50:75]):
        yield _note(student, person, ago(days=150 + n) if n < 10 else ago(days=1 + n - 10))
    for n, person in enumerate(people[75:90]):
        yield _note(student, person, ago(days=200 + n), reply=Reply.YES)


def all_unanswered(student: Student, people: list[Contact]) -> Iterator[Attempt]:
    """Write to 120 people, of whom none has said a word: each of the notes waits for something."""
    for n, person in enumerate(people[:NOTES]):
        yield _note(student, person, ago(days=2 + n))


def fill(student: Student, *, contacts: int, history: History) -> None:
    """Give a student so many contacts, a year of notes, and 60 meetings with a thank-you each."""
    people = Contact.objects.bulk_create(
        ContactFactory.build(
            student=student,
            name=f"Person {n}",
            organization=f"Organization {n % 700}",
            email="" if n % 4 else f"person{n}@harbor.example",
            tags=["fair"] if n % 50 == 0 else [],
        )
        for n in range(contacts)
    )
    Attempt.objects.bulk_create(history(student, people))
    begin = NOTES - 20 if history is all_unanswered else 0
    Meeting.objects.bulk_create(
        Meeting(
            student=student,
            contact=person,
            starts_at=ago(days=3 * n) if n else ahead(days=2),
            status=Status.HELD if n else Status.SCHEDULED,
            thank_you_sent_at=ago(days=3 * n) + timedelta(hours=3) if n else None,
        )
        for n, person in enumerate(people[begin : begin + MEETINGS])
    )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # as in service, where autovacuum has been there


def _note(
    student: Student, person: Contact, sent_at: datetime, *, reply: Reply | None = None
) -> Attempt:
    answer = {"reply": reply, "replied_at": sent_at + timedelta(days=2)} if reply else {}
    return Attempt(
        student=student, contact=person, sent_at=sent_at, channel=Channel.EMAIL, **answer
    )
