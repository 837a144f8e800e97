import secrets
from datetime import datetime

from apps.meetings.models import CalendarFeed
from apps.students.models import Student


def open_feed(*, student: Student, now: datetime) -> CalendarFeed:
    """Give the student's calendar a new secret address. The one before stops working at once."""
    feed, _ = CalendarFeed.objects.update_or_create(
        student=student, defaults={"token": secrets.token_urlsafe(32), "rotated_at": now}
    )
    return feed


def close_feed(*, student: Student) -> None:
    """Take the address back; nobody reads the calendar any more."""
    CalendarFeed.objects.filter(student=student).delete()
