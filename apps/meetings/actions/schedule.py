from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from apps.contacts.models import Contact
from apps.meetings.models import Meeting, Status
from apps.meetings.moves import Move, NotPossible, make
from apps.students.models import Student

NOTICED = ["calendar_sequence", "changed_at"]


def propose_times(
    *,
    student: Student,
    contact: Contact,
    times: Sequence[datetime],
    details: Mapping[str, Any],
    now: datetime,
) -> Meeting:
    """Write down which times the student offers. `details` are minutes, mode, place and the like.

    The times are kept in order, each once. Raises NotPossible without any, or with one gone by.
    """
    return Meeting.objects.create(
        student=student,
        contact=contact,
        status=Status.PROPOSED,
        changed_at=now,
        **_offered(times, now),
        **details,
    )


@transaction.atomic
def propose_other_times(*, meeting: Meeting, times: Sequence[datetime], now: datetime) -> Meeting:
    """Offer other times in place of the ones before. Raises NotPossible."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    make(Move.PROPOSE, meeting, now=now)
    for name, value in _offered(times, now).items():
        setattr(meeting, name, value)
    meeting.changed_at = now
    meeting.save(update_fields=["proposed_times", "starts_at", "changed_at"])
    return meeting


@transaction.atomic
def accept_time(*, meeting: Meeting, starts_at: datetime, now: datetime) -> Meeting:
    """Agree on a time: one of those proposed, or another that suited both. Raises NotPossible."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if meeting.status == Status.SCHEDULED and meeting.starts_at == starts_at:
        return meeting  # said twice
    make(Move.ACCEPT, meeting, now=now)
    meeting.starts_at = starts_at
    meeting.changed_at = now
    meeting.save(update_fields=["status", "starts_at", "changed_at"])
    return meeting


def schedule_meeting(
    *,
    student: Student,
    contact: Contact,
    starts_at: datetime,
    details: Mapping[str, Any],
    now: datetime,
) -> Meeting:
    """Write down a conversation with an agreed time, or one that has just taken place.

    What lies behind by then is open until the student says how it went.
    """
    return Meeting.objects.create(
        student=student, contact=contact, starts_at=starts_at, changed_at=now, **details
    )


@transaction.atomic
def reschedule_meeting(*, meeting: Meeting, starts_at: datetime, now: datetime) -> Meeting:
    """Move the conversation; nobody counts how often. Raises NotPossible."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if meeting.status == Status.SCHEDULED and meeting.starts_at == starts_at:
        return meeting
    make(Move.RESCHEDULE, meeting, now=now)
    meeting.starts_at = starts_at
    meeting.is_ready = False if starts_at <= now else meeting.is_ready
    let_calendars_notice(meeting, now)
    meeting.save(update_fields=["status", "starts_at", "is_ready", *NOTICED])
    return meeting


@transaction.atomic
def edit_details(*, meeting: Meeting, details: Mapping[str, Any], now: datetime) -> Meeting:
    """Change how long, how and where; calendars notice whatever differs."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    changed = [name for name, value in details.items() if getattr(meeting, name) != value]
    if changed:
        for name in changed:
            setattr(meeting, name, details[name])
        let_calendars_notice(meeting, now)
        meeting.save(update_fields=[*changed, *NOTICED])
    return meeting


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, now: datetime) -> Meeting:
    """Call the conversation off. Said twice, it changes nothing. Raises NotPossible."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if meeting.status == Status.CANCELLED:
        return meeting
    if meeting.status == Status.SCHEDULED:  # a proposal never stood in a calendar
        let_calendars_notice(meeting, now)
    make(Move.CANCEL, meeting, now=now)
    meeting.save(update_fields=["status", *NOTICED])
    return meeting


def let_calendars_notice(meeting: Meeting, now: datetime) -> None:
    """Mark the row, unsaved, as one that calendars have to read again; NOTICED are its fields."""
    meeting.calendar_sequence += 1
    meeting.changed_at = now


def _offered(times: Sequence[datetime], now: datetime) -> dict[str, Any]:
    offered = sorted(set(times))
    if not offered:
        raise NotPossible("Propose at least one time.")
    if offered[0] <= now:
        raise NotPossible("One of these times has passed already.")
    return {"proposed_times": offered, "starts_at": offered[0]}
