from django.db import models

from apps.common.models import Row
from apps.students.models import Student


class CalendarFeed(Row):
    """The secret address at which a student's own calendar program reads their meetings.

    The token is kept as it is, since the student has to be able to read it again; it opens
    nothing but their meetings' times, and a new one takes its place at a press.
    """

    student = models.OneToOneField(Student, on_delete=models.CASCADE, related_name="calendar_feed")
    token = models.CharField(max_length=64, unique=True)
    rotated_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"calendar feed {self.pk}"
