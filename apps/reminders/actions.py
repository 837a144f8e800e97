from collections.abc import Collection
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import BigIntegerField, CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat, Extract, Mod
from django.db.models.lookups import LessThanOrEqual

from apps.common.localtime import local_date
from apps.mail import actions as mail
from apps.mail.models import OutgoingEmail
from apps.meetings.models import Meeting
from apps.reminders import messages
from apps.reminders.audience import gone
from apps.reminders.kinds import MEETING_IN_TWO_HOURS, MEETING_TOMORROW, kinds_for
from apps.reminders.local_clock import chosen, days_until, hour_there, zone_of
from apps.reminders.models import Look, Preference
from apps.reminders.rhythm import BEFORE_QUIET, DAY, LEAD, Rhythm

USER = "student__user"
ZONE = zone_of(USER)
HORIZON = timedelta(days=3)
"""Farther ahead no meeting can be tomorrow in any zone, with a day to spare."""
TURNED_BACK = 2
"""By so many hours at most a clock goes back: it may show less than the hour that has come."""
SOON_QUIET = BEFORE_QUIET // timedelta(hours=1) + TURNED_BACK
QUIET_HORIZON = BEFORE_QUIET + DAY + LEAD


def queue_meeting_reminders(*, now: datetime) -> int:
    """Queue a reminder for each conversation that is tomorrow or soon; return how many were new.

    "Tomorrow" and the hour (on the day before) are the student's own, and so are the quiet hours,
    in which nothing is queued. Asked again a minute later, twice at once, or after an hour's
    silence, it queues each reminder once. Conversations are named on every day of the week and
    whatever the weekly cap: somebody waits for the student. They count towards the cap.
    """
    queued = 0
    for meeting in coming_tomorrow(now=now):
        if is_tomorrow(meeting, now):
            queued += _announce(MEETING_TOMORROW, meeting, now)
    for meeting in coming_soon(now=now):
        if is_soon(meeting, now):
            queued += _announce(MEETING_IN_TWO_HOURS, meeting, now)
    return queued


def is_tomorrow(meeting: Meeting, now: datetime) -> bool:
    """Return whether it is the day before the meeting, past the hour for reminders."""
    rhythm = _rhythm_of(meeting)
    day_before = local_date(meeting.starts_at, rhythm.zone) - DAY
    if local_date(now, rhythm.zone) != day_before or rhythm.is_quiet(now):
        return False
    return now >= rhythm.look_on(day_before)


def is_soon(meeting: Meeting, now: datetime) -> bool:
    """Return whether the meeting begins within two hours, or will before the quiet hours end."""
    rhythm = _rhythm_of(meeting)
    return rhythm.shortly_before(meeting.starts_at) <= now and not rhythm.is_quiet(now)


def _announce(kind: str, meeting: Meeting, now: datetime) -> bool:
    return messages.about_meeting(kind, meeting, _rhythm_of(meeting), now=now) is not None


def _rhythm_of(meeting: Meeting) -> Rhythm:
    assert meeting.student.user is not None
    return Preference.of(meeting.student.user).rhythm


@transaction.atomic
def choose(
    *, preference: Preference, time_zone: str, refused: Collection[str], now: datetime
) -> None:
    """Save all that a person chose about reminders; `refused` are the kinds they do not want."""
    user = preference.user
    user.time_zone = time_zone
    user.save(update_fields=["time_zone"])
    for kind in kinds_for(user):
        change = mail.refuse if kind.name in refused else mail.accept
        change(user=user, kind=kind.name)
    save_preference(preference=preference, now=now)


@transaction.atomic
def save_preference(*, preference: Preference, now: datetime) -> None:
    """Save when a person wants reminders, and have the planner look at them again."""
    preference.save()
    Look.objects.filter(user=preference.user).update(next_at=now)


def coming_tomorrow(*, now: datetime) -> QuerySet[Meeting]:
    hour = chosen("hour", user=USER, default=settings.REMINDER_HOUR)
    may_be = Q(days_ahead=1, hour_there__gte=hour - Value(TURNED_BACK))
    return _to_announce(MEETING_TOMORROW, may_be, now)


def coming_soon(*, now: datetime) -> QuerySet[Meeting]:
    """Return what begins within two hours, and whose quiet hours begin before long."""
    quiet_from = chosen("quiet_from", user=USER, default=settings.REMINDER_QUIET_FROM)
    hours_until_quiet = Mod(quiet_from - F("hour_there") + Value(24), Value(24))
    may_be = Q(starts_at__lte=now + LEAD) | Q(
        LessThanOrEqual(hours_until_quiet, Value(SOON_QUIET)), starts_at__lte=now + QUIET_HORIZON
    )
    return _to_announce(MEETING_IN_TWO_HOURS, may_be, now)


def _to_announce(kind: str, may_be: Q, now: datetime) -> QuerySet[Meeting]:
    """Return the meetings ahead of people who are here, without those this kind has announced."""
    announced = OutgoingEmail.objects.filter(occurrence_key=OuterRef("reminder_key"))
    return (
        Meeting.objects.scheduled()
        .filter(
            ~gone(now, student="student"),
            starts_at__gt=now,
            starts_at__lt=now + HORIZON,
            student__user__is_active=True,
        )
        .annotate(
            reminder_key=_key_in_sql(kind),
            days_ahead=days_until("starts_at", ZONE, now),
            hour_there=hour_there(ZONE, now),
        )
        .filter(may_be, ~Exists(announced))
        .select_related("contact", "student__user__reminder_preference")
        .order_by("starts_at", "pk")
    )


def _key_in_sql(kind: str) -> Concat:
    """Return what `messages.meeting_key` says, for a query."""
    seconds = Cast(Extract("starts_at", "epoch"), BigIntegerField())
    parts = [
        Cast("student__user", CharField()),
        Cast("pk", CharField()),
        Cast(seconds, CharField()),
    ]
    return Concat(
        Value(kind), *(x for part in parts for x in (Value(":"), part)), output_field=CharField()
    )
