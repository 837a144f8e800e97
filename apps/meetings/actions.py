from datetime import datetime

from django.db import transaction

from apps.meetings.models import Meeting, Status


class NotYet(Exception):
    """The meeting lies ahead, or did not take place: what was said about it cannot be so."""


@transaction.atomic
def record_outcome(*, meeting: Meeting, was_held: bool, now: datetime) -> Meeting:
    """Write down whether a scheduled conversation took place. Said twice, it changes nothing.

    Raises NotYet if it has not begun.
    """
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if meeting.status != Status.SCHEDULED:
        return meeting
    if meeting.starts_at > now:
        raise NotYet("This conversation has not begun yet.")
    meeting.status = Status.HELD if was_held else Status.NO_SHOW
    meeting.save(update_fields=["status"])
    return meeting


@transaction.atomic
def record_thank_you(*, meeting: Meeting, now: datetime) -> Meeting:
    """Write down that the thank-you has gone out. The first time it is said counts.

    Raises NotYet unless the meeting was held, and has begun by `now`.
    """
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if meeting.status != Status.HELD or meeting.starts_at > now:
        raise NotYet("Thank people for a conversation once it was held.")
    if meeting.thank_you_sent_at is None:
        meeting.thank_you_sent_at = now
        meeting.save(update_fields=["thank_you_sent_at"])
    return meeting
