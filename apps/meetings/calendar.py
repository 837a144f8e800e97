"""Conversations as iCalendar text (RFC 5545, 5546, 7986): the student's own feed, and invitations.

Written by the rows alone: the same rows give the same bytes. Times are in UTC, which needs no
VTIMEZONE and is right over every change of the clocks.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from urllib.parse import quote

from django.urls import reverse

from apps.common.content_lines import escape, write_lines
from apps.meetings.models import Meeting, Status

CONTENT_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//CareerHub//Conversations//EN"
READ_AGAIN_AFTER = "PT1H"
OFF = {Status.CANCELLED, Status.NO_SHOW}

Property = tuple[str, str]

# Control characters, and the two line ends of Unicode, at which some programs cut a line.
_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def feed(meetings: Iterable[Meeting], *, site_url: str) -> bytes:
    """Return the student's own calendar. It names no attendee: nobody is ever told of it.

    `meetings` come with their contacts. What was called off stays, as cancelled: a program that
    has read it before would otherwise keep it.
    """
    return _calendar(
        "PUBLISH",
        [
            ("X-WR-CALNAME", "CareerHub conversations"),
            ("NAME", "CareerHub conversations"),
            ("REFRESH-INTERVAL;VALUE=DURATION", READ_AGAIN_AFTER),
            ("X-PUBLISHED-TTL", READ_AGAIN_AFTER),
        ],
        (line for meeting in meetings for line in _event(meeting, _own_words(meeting, site_url))),
    )


def invitation(meeting: Meeting) -> bytes:
    """Return what the student sends to the contact: an invitation, or word that it is off.

    Nothing of the student's own preparation is in it. Without an address of the contact there is
    nobody to ask for an answer, so the event is only published. The meeting comes with its
    contact, student and account.
    """
    student, contact = meeting.student, meeting.contact
    user = student.user
    assert user is not None
    people = [(f"ORGANIZER;CN={_parameter(student.name)}", _mailto(user.email))]
    for address in contact.emails[:1]:
        details = f"CN={_parameter(contact.name)};PARTSTAT=NEEDS-ACTION;RSVP=TRUE"
        people.append((f"ATTENDEE;{details}", _mailto(address)))
    words = [
        ("SUMMARY", _text(f"Conversation: {student.name} and {contact.name}")),
        ("DESCRIPTION", _text(f"{meeting.minutes} minutes, {meeting.get_mode_display()}.")),
        *people,
    ]
    return _calendar(invitation_method(meeting), [], _event(meeting, words))


def invitation_method(meeting: Meeting) -> str:
    if meeting.status in OFF:
        return "CANCEL"
    return "REQUEST" if meeting.contact.emails else "PUBLISH"


def last_change(meetings: Iterable[Meeting], *, since: datetime) -> datetime:
    """Return when the feed of these meetings last changed; `since` is when it was opened."""
    moments = ((_changed_at(meeting), meeting.contact.updated_at) for meeting in meetings)
    return max([since, *(moment for pair in moments for moment in pair)])


def _calendar(method: str, about: Iterable[Property], events: Iterable[Property]) -> bytes:
    properties = [
        ("BEGIN", "VCALENDAR"),
        ("VERSION", "2.0"),
        ("PRODID", PRODUCT),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", method),
        *about,
        *events,
        ("END", "VCALENDAR"),
    ]
    return write_lines(properties).encode()


def _event(meeting: Meeting, words: Iterable[Property]) -> Iterator[Property]:
    yield "BEGIN", "VEVENT"
    yield "UID", str(meeting.calendar_uid)
    yield "SEQUENCE", str(meeting.calendar_sequence)
    yield "DTSTAMP", _moment(_changed_at(meeting))
    yield "DTSTART", _moment(meeting.starts_at)
    yield "DTEND", _moment(meeting.ends)
    yield "STATUS", "CANCELLED" if meeting.status in OFF else "CONFIRMED"
    yield from words
    if meeting.place:
        yield "LOCATION", _text(meeting.place)
    yield "END", "VEVENT"


def _changed_at(meeting: Meeting) -> datetime:
    return meeting.changed_at or meeting.created_at


def _own_words(meeting: Meeting, site_url: str) -> list[Property]:
    practice = " (practice)" if meeting.is_practice else ""
    page = f"{site_url}{reverse('meeting_prepare', args=[meeting.pk])}"
    how = f"{meeting.minutes} minutes, {meeting.get_mode_display()}."
    if meeting.is_practice:
        how += " A practice conversation."
    return [
        ("SUMMARY", _text(f"Conversation with {meeting.contact.name}{practice}")),
        ("DESCRIPTION", _text(f"{how}\nPrepare: {page}")),
        ("URL", page),
    ]


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    return escape(_CONTROLS.sub("", _LINE_ENDS.sub("\n", text)))


def _parameter(text: str) -> str:
    """Write a name as a quoted parameter; RFC 6868 has signs for what may not stand in one."""
    clean = " ".join(_CONTROLS.sub("", _LINE_ENDS.sub(" ", text)).split())
    return '"{}"'.format(clean.replace("^", "^^").replace('"', "^'"))


def _mailto(address: str) -> str:
    return "mailto:" + quote(address, safe="@!$'*+")
