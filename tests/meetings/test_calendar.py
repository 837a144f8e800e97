from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Calendar

from apps.common.content_lines import LINE_OCTETS
from apps.meetings.actions.outcome import record_outcome
from apps.meetings.actions.schedule import (
    accept_time,
    cancel_meeting,
    propose_times,
    reschedule_meeting,
    schedule_meeting,
)
from apps.meetings.calendar import feed, invitation
from apps.meetings.models import Meeting, Status
from tests.clock import NOW, ahead
from tests.contacts.factories import ContactFactory
from tests.meetings.calendars import events_in, lines_of
from tests.meetings.factories import MeetingFactory
from tests.meetings.zones import ZONES
from tests.students.factories import StudentFactory

SITE = "https://hub.example"
NAMES = [
    "Björk Guðmundsdóttir",
    "李小龍 (Bruce)",
    "محمد عبد الله",
    "Ελένη Παπαδοπούλου",
    "Владимир Набоков",
    "नरेंद्र शर्मा",
    "김연아",
    "Zoë “Zed” O’Neill; née Søn, Jr.",
    "Back\\slash, comma; semi:colon",
    "👩‍🚀 Sally 🇺🇸",
    "ÄÖÜ äöü € ß " * 12,
]


def built(**fields):
    """Return a meeting that never saw a database."""
    contact = ContactFactory.build(**{k: v for k, v in fields.items() if k in {"name", "email"}})
    own = {k: v for k, v in fields.items() if k not in {"name", "email"}}
    values = {"pk": 7, "calendar_uid": "0b9f", "changed_at": NOW, **own}
    return MeetingFactory.build(contact=contact, **values)


def feed_of(*meetings):
    return feed(meetings, site_url=SITE)


@pytest.fixture
def student(db):
    return StudentFactory(with_account=True, given_name="Noor", family_name="Öztürk")


@pytest.mark.parametrize("name", NAMES)
def test_gives_names_of_every_script_back_as_they_were(name):
    (event,) = events_in(feed_of(built(name=name, place=name)))
    assert event["SUMMARY"] == f"Conversation with {name}"
    assert event["LOCATION"] == name


@pytest.mark.parametrize("shift", range(8))
@pytest.mark.parametrize("letter", ["é", "字", "🚀", ",", "\\"])
def test_folds_at_75_octets_and_never_inside_a_character(letter, shift):
    name = "x" * shift + letter * 60
    content = feed_of(built(name=name))
    physical = content.split(b"\r\n")
    assert physical[-1] == b""
    assert max(map(len, physical)) <= LINE_OCTETS
    assert all(line.decode() for line in physical[:-1])
    assert not any(
        line.endswith(b"\\") and (len(line) - len(line.rstrip(b"\\"))) % 2 for line in physical
    )
    assert events_in(content)[0]["SUMMARY"].endswith(name)


def test_escapes_backslash_first_then_signs_and_line_ends():
    content = feed_of(built(place="a\\N b; c, d\r\ne\u2028f\x07g"))
    assert r"LOCATION:a\\N b\; c\, d\ne\nfg" in lines_of(content)


@given(st.text(st.characters(exclude_categories=["Cs"])))
@example("\x0b\x0c\x1c\x1d\x85\u2028\u2029")
@example("\r\nEND:VEVENT\r\nBEGIN:VEVENT")
def test_lets_no_text_break_out_of_its_line(text):
    content = feed_of(built(name=text or "x", place=text))
    (event,) = events_in(content)
    assert {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "STATUS"} <= set(event)
    assert content.decode().count("\n") == content.decode().count("\r\n")
    assert len(content.decode().splitlines()) == content.count(b"\r\n")  # for lenient readers


def test_carries_what_a_calendar_needs_and_no_attendee():
    meeting = built(name="Dana", place="41 Quay Street", minutes=20, starts_at=NOW)
    content = feed_of(meeting)
    calendar = Calendar.from_ical(content)
    (event,) = calendar.walk("VEVENT")
    assert calendar["METHOD"] == "PUBLISH"
    assert calendar["X-WR-CALNAME"] == "CareerHub conversations"
    assert calendar["X-PUBLISHED-TTL"] == "PT1H"
    assert calendar["REFRESH-INTERVAL"].dt == timedelta(hours=1)
    assert event["UID"] == "0b9f"
    assert event["DTSTAMP"].dt == NOW
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (NOW, NOW + timedelta(minutes=20))
    assert event["STATUS"] == "CONFIRMED"
    assert event["DESCRIPTION"] == (f"20 minutes, in person.\nPrepare: {SITE}/meetings/7/prepare/")
    assert not {"ATTENDEE", "ORGANIZER"} & set(event)
    assert content == feed_of(meeting)


def test_says_that_it_is_practice():
    (event,) = events_in(feed_of(built(name="Dana", is_practice=True)))
    assert event["SUMMARY"] == "Conversation with Dana (practice)"
    assert "A practice conversation." in event["DESCRIPTION"]


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.NO_SHOW])
def test_keeps_what_is_off_as_cancelled(status):
    (event,) = events_in(feed_of(built(status=status)))
    assert event["STATUS"] == "CANCELLED"


def test_has_one_uid_and_a_sequence_of_0_1_2_from_create_to_move_to_cancel(student):
    meeting = schedule_meeting(
        student=student,
        contact=ContactFactory(student=student, email="dana@tern.example"),
        starts_at=ahead(days=2),
        details={},
        now=NOW,
    )
    told = [(Meeting.objects.get(), NOW)]
    later, last = NOW + timedelta(hours=1), NOW + timedelta(hours=2)
    told.append((reschedule_meeting(meeting=meeting, starts_at=ahead(days=3), now=later), later))
    told.append((cancel_meeting(meeting=meeting, now=last), last))
    for content_of in (lambda row: feed_of(row), invitation):
        events = [events_in(content_of(row))[0] for row, _ in told]
        assert {event["UID"] for event in events} == {str(told[0][0].calendar_uid)}
        assert [event["SEQUENCE"] for event in events] == [0, 1, 2]
        assert [event["STATUS"] for event in events] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
        assert [event["DTSTAMP"].dt for event in events] == [now for _, now in told]
    methods = [Calendar.from_ical(invitation(row))["METHOD"] for row, _ in told]
    assert methods == ["REQUEST", "REQUEST", "CANCEL"]


def test_tells_of_a_proposal_once_it_is_agreed_and_never_if_it_is_not(student):
    contact = ContactFactory(student=student)
    own = Meeting.objects.in_calendar().filter(student=student)
    agreed, dropped = (
        propose_times(student=student, contact=contact, times=[ahead(days=n)], details={}, now=NOW)
        for n in (1, 2)
    )
    assert not events_in(feed_of(*own.all()))
    accept_time(meeting=agreed, starts_at=ahead(days=1), now=NOW)
    cancel_meeting(meeting=dropped, now=NOW)
    (event,) = events_in(feed_of(*own.all()))
    assert (event["DTSTART"].dt, event["SEQUENCE"]) == (ahead(days=1), 0)
    cancel_meeting(meeting=agreed, now=NOW)
    assert [event["STATUS"] for event in events_in(feed_of(*own.all()))] == ["CANCELLED"]


def test_raises_the_sequence_when_it_did_not_take_place_and_when_it_did_after_all(db):
    meeting = MeetingFactory(begun=True)
    sequences = [
        record_outcome(meeting=meeting, was_held=was_held, now=NOW).calendar_sequence
        for was_held in (True, False, True)
    ]
    assert sequences == [0, 1, 2]


def test_invites_the_contact_in_the_students_name_and_tells_nothing_else(student):
    contact = ContactFactory(
        student=student, name='Dana "Dee" O’Neill, CEO', email="d.o'neill+x@tern.example"
    )
    meeting = MeetingFactory(contact=contact, place="Tern; 2nd floor", is_practice=True)
    content = invitation(Meeting.objects.get(pk=meeting.pk))
    (event,) = events_in(content)
    assert event["ORGANIZER"] == f"mailto:{student.user.email}"
    assert event["ORGANIZER"].params["CN"] == "Noor Öztürk"
    assert event["ATTENDEE"] == "mailto:d.o'neill+x@tern.example"
    assert event["ATTENDEE"].params["CN"] == 'Dana "Dee" O’Neill, CEO'
    assert event["ATTENDEE"].params["RSVP"] == "TRUE"
    assert event["LOCATION"] == "Tern; 2nd floor"
    for private in ("ractice", "repare", "http"):
        assert private not in content.decode()


def test_asks_nobody_for_an_answer_without_an_address(student):
    contact = ContactFactory(student=student, email="", more_emails=[])
    content = invitation(MeetingFactory(contact=contact))
    calendar = Calendar.from_ical(content)
    assert calendar["METHOD"] == "PUBLISH"
    assert "ATTENDEE" not in calendar.walk("VEVENT")[0]


def test_carries_one_end_and_utc_over_a_change_of_the_clocks():
    """The quarter before the clocks go back in New York: 1:45 am comes twice."""
    content = feed_of(built(starts_at=datetime(2025, 11, 2, 5, 45, tzinfo=UTC), minutes=30))
    lines = lines_of(content)
    assert "DTSTART:20251102T054500Z" in lines
    assert "DTEND:20251102T061500Z" in lines
    assert not any(line.startswith("DURATION") for line in lines)


@pytest.mark.parametrize("zone", ZONES)
def test_gives_the_right_utc_and_wall_time_around_both_changes_of_the_clocks(zone):
    for change in ZONES[zone]:
        for minutes in (-90, -60, -30, 0, 30, 60):
            moment = change.at + timedelta(minutes=minutes)
            content = feed_of(built(starts_at=moment.astimezone(change.zone), minutes=60))
            (event,) = events_in(content)
            assert event["DTSTART"].dt == moment
            assert event["DTEND"].dt == moment + timedelta(hours=1)
            assert f"DTSTART:{moment:%Y%m%dT%H%M%SZ}" in lines_of(content)
            wall = event["DTSTART"].dt.astimezone(change.zone).replace(tzinfo=None)
            assert wall == change.wall(change.before if moment < change.at else change.after) + (
                moment - change.at
            )
