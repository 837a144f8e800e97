from secrets import compare_digest

from django.db import models

from apps.common.models import Row
from apps.students.models import Student

LOOKED_UP_BY = 11
"""By how many letters of its token a feed is found. The others are compared in constant time."""


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def opened_by(self, token: str) -> "CalendarFeed | None":
        """Return the feed of this secret, if it is that of a student whose account is in use."""
        feeds = self.filter(
            token__startswith=token[:LOOKED_UP_BY], student__user__is_active=True
        ).select_related("student")
        secret = token.encode()
        return next((feed for feed in feeds if compare_digest(feed.token.encode(), secret)), None)


class CalendarFeed(Row):
    """The secret address at which a student's own calendar program reads their meetings.

    The token is kept as it is, since the student has to be able to read it again; it opens
    nothing but their meetings' times, and a new one takes its place at a press.
    """

    student = models.OneToOneField(Student, on_delete=models.CASCADE, related_name="calendar_feed")
    token = models.CharField(max_length=64, unique=True)
    rotated_at = models.DateTimeField()

    objects = CalendarFeedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"calendar feed {self.pk}"
