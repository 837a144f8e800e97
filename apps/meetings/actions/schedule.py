from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from apps.contacts.models import Contact
from apps.meetings.models import MOST_TIMES, Meeting, Status
from apps.meetings.moves import Move, NotPossible, make
from apps.students.models import Student

NOTICED = ["calendar_sequence", "changed_at"]
SHOWN_IN_CALENDARS = {"minutes", "mode", "place"}


@transaction.atomic
def propose_times(
    *,
    student: Student,
    contact: Contact,
    times: Sequence[datetime],
    details: Mapping[str, Any],
    now: datetime,
) -> Meeting:
    """Write down which times the student offers. `details` are minutes, mode, place and the like.

    The times are kept in order, each once. Said twice, it is said once. Raises NotPossible without
    any, with more than MOST_TIMES, or with one gone by.
    """
    offered = _offered(times, now)
    said = {**details, "changed_at": now}
    return _said_once(student, contact, Status.PROPOSED, offered, said)


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
    _put(meeting, starts_at, now)
    meeting.changed_at = now
    meeting.save(update_fields=["status", "starts_at", "is_ready", "changed_at"])
    return meeting


@transaction.atomic
def schedule_meeting(
    *,
    student: Student,
    contact: Contact,
    starts_at: datetime,
    details: Mapping[str, Any],
    now: datetime,
) -> Meeting:
    """Write down a conversation with an agreed time, or one that has just taken place.

    What lies behind by then is open until the student says how it went. Said twice, it is said
    once.
    """
    agreed = {"starts_at": starts_at}
    return _said_once(student, contact, Status.SCHEDULED, agreed, {**details, "changed_at": now})


@transaction.atomic
def reschedule_meeting(*, meeting: Meeting, starts_at: datetime, now: datetime) -> Meeting:
    """Move the conversation; nobody counts how often. Raises NotPossible."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if meeting.status == Status.SCHEDULED and meeting.starts_at == starts_at:
        return meeting
    make(Move.RESCHEDULE, meeting, now=now)
    _put(meeting, starts_at, now)
    let_calendars_notice(meeting=meeting, now=now)
    meeting.save(update_fields=["status", "starts_at", "is_ready", *NOTICED])
    return meeting


@transaction.atomic
def edit_details(*, meeting: Meeting, details: Mapping[str, Any], now: datetime) -> Meeting:
    """Change how long, how and where; calendars notice what they show. Raises NotPossible."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    make(Move.EDIT, meeting, now=now)
    changed = {name for name, value in details.items() if getattr(meeting, name) != value}
    for name in changed:
        setattr(meeting, name, details[name])
    if changed & SHOWN_IN_CALENDARS and meeting.status != Status.PROPOSED:
        let_calendars_notice(meeting=meeting, now=now)
    if changed:
        meeting.save(update_fields=[*changed, *NOTICED])
    return meeting


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, now: datetime) -> Meeting:
    """Call the conversation off. Said twice, it changes nothing. Raises NotPossible."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if meeting.status == Status.CANCELLED:
        return meeting
    if meeting.status == Status.SCHEDULED:  # a proposal never stood in a calendar
        let_calendars_notice(meeting=meeting, now=now)
    make(Move.CANCEL, meeting, now=now)
    meeting.save(update_fields=["status", *NOTICED])
    return meeting


def _said_once(
    student: Student,
    contact: Contact,
    status: Status,
    when: Mapping[str, Any],
    details: Mapping[str, Any],
) -> Meeting:
    """Create the meeting, unless the same one stands there: a button is soon pressed twice."""
    Contact.objects.select_for_update().get(pk=contact.pk)  # two presses come one after the other
    said = {"student": student, "contact": contact, "status": status, **when}
    return Meeting.objects.filter(**said).first() or Meeting.objects.create(**said, **details)


def _put(meeting: Meeting, starts_at: datetime, now: datetime) -> None:
    """Set the time. Put back behind now, nobody can say any more whether it was prepared."""
    if meeting.starts_at > now >= starts_at:
        meeting.is_ready = False
    meeting.starts_at = starts_at


def let_calendars_notice(*, meeting: Meeting, now: datetime) -> None:
    """Mark the row, unsaved, as one that calendars have to read again; NOTICED are its fields."""
    meeting.calendar_sequence += 1
    meeting.changed_at = now


def _offered(times: Sequence[datetime], now: datetime) -> dict[str, Any]:
    offered = sorted(set(times))
    if not offered:
        raise NotPossible("Propose at least one time.")
    if len(offered) > MOST_TIMES:
        raise NotPossible(f"Propose {MOST_TIMES} times at most; a few are easier to choose from.")
    if offered[0] <= now:
        raise NotPossible("One of these times has passed already.")
    return {"proposed_times": offered, "starts_at": offered[0]}
