from datetime import datetime

from django.db import transaction

from apps.meetings.actions.schedule import NOTICED, let_calendars_notice
from apps.meetings.models import Debrief, Meeting, Status
from apps.meetings.moves import Move, NotPossible, make


@transaction.atomic
def record_outcome(*, meeting: Meeting, was_held: bool, now: datetime) -> Meeting:
    """Write down whether a conversation took place. Said twice, it changes nothing.

    Either word may be corrected, until a debrief or a thank-you shows that it was held. Raises
    NotPossible.
    """
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if meeting.status == (Status.HELD if was_held else Status.NO_SHOW):
        return meeting
    before = meeting.status
    make(Move.HOLD if was_held else Move.MISS, meeting, now=now)
    if not was_held and (meeting.thank_you_sent_at or Debrief.objects.filter(meeting=meeting)):
        raise NotPossible("You have written about this conversation, so it took place.")
    if Status.NO_SHOW in (before, meeting.status):  # calendars show it as called off
        let_calendars_notice(meeting=meeting, now=now)
    meeting.save(update_fields=["status", *NOTICED])
    return meeting


@transaction.atomic
def record_thank_you(
    *, meeting: Meeting, sent_at: datetime | None = None, now: datetime
) -> Meeting:
    """Write down that the thank-you has gone out. The first time it is said counts.

    `sent_at` is when, if not just now. Raises NotPossible unless the meeting was held, and for a
    note sent before it began or after `now`.
    """
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    make(Move.THANK, meeting, now=now)
    if meeting.thank_you_sent_at is None:
        sent_at = sent_at or now
        if not meeting.starts_at <= sent_at <= now:
            raise NotPossible(
                "A thank-you goes out after the conversation began, and not later than now."
            )
        meeting.thank_you_sent_at = sent_at
        meeting.save(update_fields=["thank_you_sent_at"])
    return meeting
