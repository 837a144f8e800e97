from datetime import datetime

from apps.mail import actions as mail
from apps.mail.models import OutgoingEmail
from apps.meetings.models import Meeting

MEETING_TOMORROW = "meeting_tomorrow"


def meeting_key(meeting: Meeting) -> str:
    """Return the key of the reminder: one for a person, a meeting and the moment it is set for.

    A meeting that moves gets a new reminder, and the old one is no longer wanted.
    """
    moment = f"{meeting.starts_at.timestamp():.0f}"
    return f"{MEETING_TOMORROW}:{meeting.student.user_id}:{meeting.pk}:{moment}"


def meeting_tomorrow(meeting: Meeting, *, now: datetime) -> OutgoingEmail | None:
    """Queue "your conversation tomorrow at …", in the student's zone; useless once it begins."""
    user = meeting.student.user
    assert user is not None
    return mail.queue(
        kind=MEETING_TOMORROW,
        to=user,
        template="reminders/emails/meeting_tomorrow",
        context={"meeting": meeting},
        occurrence_key=meeting_key(meeting),
        due_at=now,
        expires_at=meeting.starts_at,
        subject_ref=f"meeting:{meeting.pk}",
    )
