"""What makes a queued reminder still wanted, asked again just before it leaves."""

from apps.mail.conditions import still_wanted
from apps.mail.models import OutgoingEmail
from apps.meetings.models import Meeting
from apps.reminders.messages import MEETING_TOMORROW, meeting_key


@still_wanted(MEETING_TOMORROW)
def is_meeting_as_announced(email: OutgoingEmail) -> bool:
    """Return whether the meeting is still on, at the time that the mail names."""
    _, _, pk = email.subject_ref.partition(":")
    meeting = Meeting.objects.scheduled().select_related("student").filter(pk=pk).first()
    return meeting is not None and meeting_key(meeting) == email.occurrence_key
