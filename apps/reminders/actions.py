from datetime import datetime, time, timedelta

from django.conf import settings

from apps.common.localtime import local_date, local_moment
from apps.meetings.models import Meeting
from apps.reminders import messages

HORIZON = timedelta(days=3)
"""Farther ahead no meeting can be tomorrow in any zone, with a day to spare."""


def queue_meeting_reminders(*, now: datetime) -> int:
    """Queue a reminder for each conversation that is tomorrow; return how many were new.

    "Tomorrow" and the hour (REMINDER_HOUR, on the day before) are the student's own. Asked again
    a minute later, twice at once, or after an hour's silence, it queues each reminder once.
    """
    meetings = (
        Meeting.objects.scheduled()
        .filter(starts_at__gt=now, starts_at__lt=now + HORIZON, student__user__is_active=True)
        .select_related("contact", "student__user")
    )
    return sum(
        messages.meeting_tomorrow(meeting, now=now) is not None
        for meeting in meetings
        if is_reminder_due(meeting, now)
    )


def is_reminder_due(meeting: Meeting, now: datetime) -> bool:
    """Return whether it is the day before the meeting, past the hour for reminders."""
    zone = meeting.student.zone
    day_before = local_date(meeting.starts_at, zone) - timedelta(days=1)
    hour = time(settings.REMINDER_HOUR)
    return local_date(now, zone) == day_before and now >= local_moment(day_before, hour, zone)
