"""What makes queued reminders still wanted, asked again just before they leave.

This is an edge: the moment is read here.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db.models import prefetch_related_objects
from django.utils import timezone

from apps.accounts.models import User
from apps.mail.actions import queue_many
from apps.mail.conditions import all_still_wanted
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
from apps.reminders.lists import identity, list_now, steps_of
from apps.reminders.messages import Turn, list_of_the_day, meeting_key, reference
from apps.reminders.models import Preference
from apps.students.class_defaults import class_mail_caps
from apps.students.next_steps import NextStep


@most_a_week
def chosen_caps(users: Collection[int]) -> dict[int, int]:
    """Return how many mails a week each wants at most, whoever sends them, in two queries."""
    caps = class_mail_caps(users)
    people = User.objects.filter(pk__in=users).select_related("reminder_preference").order_by()
    return {user.pk: Preference.of(user, caps).weekly_cap for user in people}


@all_still_wanted(MEETING_TOMORROW)
@all_still_wanted(MEETING_IN_TWO_HOURS)
def are_meetings_as_announced(emails: Sequence[OutgoingEmail]) -> list[bool]:
    """Return whether each meeting is still on, at the time that the mail names."""
    keys = [int(email.subject_ref.partition(":")[2]) for email in emails]
    here = ~gone(timezone.now(), student="student")
    scheduled = Meeting.objects.scheduled().select_related("student").filter(here, pk__in=keys)
    meetings = {meeting.pk: meeting for meeting in scheduled.order_by()}
    return [
        key in meetings and meeting_key(email.kind, meetings[key]) == email.occurrence_key
        for key, email in zip(keys, emails, strict=True)
    ]


@all_still_wanted(STUDENT_DIGEST)
@all_still_wanted(URGENT_TODAY)
@all_still_wanted(CLASS_DIGEST)
def are_lists_as_written(emails: Sequence[OutgoingEmail]) -> list[bool]:
    """Return whether each list still says what is so. If not, one that does takes its place.

    The new one has a key of its own that follows from the old one's, so asking twice queues it
    once; and a list that has been replaced never comes back.
    """
    now = timezone.now()
    users = [email.recipient for email in emails if email.recipient]
    prefetch_related_objects(users, "reminder_preference")
    keys = [user.pk for user in users]
    caps, steps = class_mail_caps(keys), steps_of(keys, now)
    turns = [Turn.of(email) for email in emails]
    following = OutgoingEmail.objects.filter(occurrence_key__in=[turn.next.key for turn in turns])
    replaced = set(following.order_by().values_list("occurrence_key", flat=True))
    return [
        turn.next.key not in replaced and _is_as_written(email, turn, caps, steps, now)
        for email, turn in zip(emails, turns, strict=True)
    ]


def _is_as_written(
    email: OutgoingEmail,
    turn: Turn,
    caps: Mapping[int, int],
    steps: Mapping[int, list[NextStep]],
    now: datetime,
) -> bool:
    user = email.recipient
    assert user is not None
    preference = Preference.of(user, caps)
    items = list_now(email.kind, preference, turn.day, steps.get(user.pk, []), now)
    about = identity(email.kind, items)
    if items and reference(about) == email.subject_ref:
        return True
    rhythm = preference.rhythm
    if items and (draft := list_of_the_day(turn.next, user, items, about, rhythm, now=now)):
        queue_many(drafts=[draft])
    return False
