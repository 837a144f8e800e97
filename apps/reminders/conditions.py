"""What makes a queued reminder still wanted, asked again just before it leaves.

This is an edge: the moment is read here.
"""

from collections.abc import Collection

from django.utils import timezone

from apps.accounts.models import User
from apps.mail.conditions import still_wanted
from apps.mail.models import OutgoingEmail
from apps.mail.weekly_cap import most_a_week
from apps.meetings.models import Meeting
from apps.reminders.audience import gone
from apps.reminders.kinds import (
    CLASS_DIGEST,
    MEETING_IN_TWO_HOURS,
    MEETING_TOMORROW,
    STUDENT_DIGEST,
    URGENT_TODAY,
)
from apps.reminders.lists import identity, list_now
from apps.reminders.messages import Turn, list_of_the_day, meeting_key, reference
from apps.reminders.models import Preference
from apps.students.class_defaults import class_mail_caps


@most_a_week
def chosen_caps(users: Collection[int]) -> dict[int, int]:
    """Return how many mails a week each wants at most, whoever sends them, in two queries."""
    caps = class_mail_caps(users)
    people = User.objects.filter(pk__in=users).select_related("reminder_preference").order_by()
    return {user.pk: Preference.of(user, caps).weekly_cap for user in people}


@still_wanted(MEETING_TOMORROW)
@still_wanted(MEETING_IN_TWO_HOURS)
def is_meeting_as_announced(email: OutgoingEmail) -> bool:
    """Return whether the meeting is still on, at the time that the mail names."""
    _, _, pk = email.subject_ref.partition(":")
    here = ~gone(timezone.now(), student="student")
    meetings = Meeting.objects.scheduled().select_related("student").filter(here, pk=pk)
    meeting = meetings.first()
    return meeting is not None and meeting_key(email.kind, meeting) == email.occurrence_key


@still_wanted(STUDENT_DIGEST)
@still_wanted(URGENT_TODAY)
@still_wanted(CLASS_DIGEST)
def is_list_as_written(email: OutgoingEmail) -> bool:
    """Return whether the list still says what is so. If not, one that does takes its place.

    The new one has a key of its own that follows from the old one's, so asking twice queues it
    once; and a list that has been replaced never comes back.
    """
    user, turn, now = email.recipient, Turn.of(email), timezone.now()
    assert user is not None
    if OutgoingEmail.objects.filter(occurrence_key=turn.next.key).exists():
        return False
    items = list_now(email.kind, user, turn.day, now)
    about = identity(email.kind, items)
    if items and reference(about) == email.subject_ref:
        return True
    if items:
        list_of_the_day(turn.next, user, items, about, Preference.of(user).rhythm, now=now)
    return False
