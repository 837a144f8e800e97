"""Students who are each due one reminder. Needs Django to be set up on the run's database."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from apps.accounts.models import User
from apps.contacts.models import Contact
from apps.outreach.models import Attempt
from apps.reminders.models import Preference
from apps.students.models import Student
from tests.contacts.factories import ContactFactory

USERS = """
INSERT INTO accounts_user
  (password, email, full_name, given_name, family_name, time_zone, roles, is_active)
SELECT '', 'reader' || n || '@college.example', 'Reader ' || n, '', '', '',
  ARRAY['student']::varchar[], true
FROM generate_series(1, %s) AS n
"""
STUDENTS = """
INSERT INTO students_student (student_id, user_id, given_name, family_name, email)
SELECT 'R' || id, id, full_name, '', email FROM accounts_user
"""
SILENT_FOR = timedelta(days=20)


def enrol(count: int) -> set[str]:
    """Write the students, each with a note that nobody has answered; return their addresses."""
    with connection.cursor() as cursor:
        cursor.execute(USERS, [count])
        cursor.execute(STUDENTS)
    Preference.objects.bulk_create(
        Preference(
            user=user,
            hour=0,
            days=[*range(1, 8)],
            digest="daily",
            quiet_from=0,
            quiet_until=0,
            weekly_cap=5,
        )
        for user in User.objects.all()
    )
    contacts = Contact.objects.bulk_create(
        ContactFactory.build(student=student) for student in Student.objects.order_by("pk")
    )
    sent_at = timezone.now() - SILENT_FOR
    Attempt.objects.bulk_create(
        Attempt(student=contact.student, contact=contact, sent_at=sent_at, channel="email")
        for contact in contacts
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return set(User.objects.values_list("email", flat=True))
