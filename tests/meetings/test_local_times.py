"""Times typed and read on two clocks, also while clocks change: forty zones, both changes.

What is expected comes from the zone database (`zones`) by plain sums, not from our code.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from apps.meetings.clocks import Clock, Clocks, NoSuchHour
from apps.meetings.models import Meeting
from tests.clock import NOW
from tests.contacts.factories import ContactFactory
from tests.meetings.factories import MeetingFactory
from tests.meetings.zones import ZONES

MINUTE = timedelta(minutes=1)
HOURS = timedelta(hours=3)  # so far from a change no hour comes twice
FORWARD = [forward for forward, _ in ZONES.values()]
BACK = [back for _, back in ZONES.values()]


def by_zone(change):
    return change.zone.key


def hour(wall):
    return f"{wall.hour % 12 or 12}:{wall.minute:02} {'am' if wall.hour < 12 else 'pm'}"


def day(wall):
    return f"{wall:%A, %B} {wall.day}"


def offset(distance):
    minutes = abs(distance) // MINUTE
    sign = "\N{MINUS SIGN}" if distance < timedelta() else "+"
    return f"UTC{sign}{minutes // 60}" + (f":{minutes % 60:02}" if minutes % 60 else "")


def read(change, wall):
    return Clock(change.zone).moment(wall.date(), wall.time())


def test_has_forty_zones_that_go_forward_and_back():
    assert len(ZONES) == 40
    assert all(change.is_forward for change in FORWARD)
    assert not any(change.is_forward for change in BACK)


@pytest.mark.parametrize("change", FORWARD, ids=by_zone)
def test_refuses_an_hour_that_is_skipped_and_names_the_next_one(change):
    with pytest.raises(NoSuchHour) as refused:
        read(change, change.in_the_middle)
    next_wall = change.wall(change.after)
    assert hour(change.in_the_middle) in str(refused.value)
    is_same_day = next_wall.date() == change.in_the_middle.date()
    words = hour(next_wall) if is_same_day else f"{day(next_wall)}, {hour(next_wall)}"
    assert f"The next time that exists is {words}." in str(refused.value)
    assert read(change, next_wall) == change.at
    assert read(change, change.wall(change.before) - MINUTE) == change.at - MINUTE


@pytest.mark.parametrize("change", BACK, ids=by_zone)
def test_takes_an_hour_that_comes_twice_for_the_first_and_says_so(change):
    clock, wall = Clock(change.zone), change.in_the_middle
    moment = read(change, wall)
    assert moment == wall.replace(tzinfo=UTC) - change.before
    assert moment < change.at < moment + change.size
    for each, distance in ((moment, change.before), (moment + change.size, change.after)):
        assert clock.hour(each) == f"{hour(wall)} ({offset(distance)})"
        assert clock.offset(each) in clock.word_on_twice(moment)
    end = change.wall(change.before)  # shown once, after the change
    assert read(change, end) == change.at + change.size
    assert clock.word_on_twice(change.at + change.size) == ""


@pytest.mark.parametrize("change", FORWARD + BACK, ids=by_zone)
def test_keeps_what_a_student_types_around_the_change(ana, ana_client, change):
    ana.user.time_zone = change.zone.key
    ana.user.save()
    contact = ContactFactory(student=ana)
    for moment, distance in ((change.at - HOURS, change.before), (change.at + HOURS, change.after)):
        wall = moment.replace(tzinfo=None) + distance
        data = {
            "stands": "agreed",
            "day_1": wall.date(),
            "hour_1": f"{wall:%H:%M}",
            "minutes": "20",
            "mode": "phone",
        }
        response = ana_client.post(f"/contacts/{contact.pk}/meet/", data, follow=True)
        meeting = Meeting.objects.latest("pk")
        assert meeting.starts_at == moment
        assert f"Noted: {day(wall)}, {hour(wall)}." in response.text
        assert f"{day(wall)}, {wall.year}, {hour(wall)}</time>" in response.text


def test_shows_the_contacts_wall_time_beside_the_students(ana, ana_client):
    new_york = ZoneInfo("America/New_York")
    expected = []
    for change in FORWARD + BACK:
        contact = ContactFactory(student=ana, time_zone=change.zone.key)
        for moment, distance in (
            (change.at - HOURS, change.before),
            (change.at + HOURS, change.after),
            (change.at - MINUTE, change.before),
            (change.at, change.after),
        ):
            MeetingFactory(contact=contact, starts_at=moment)
            if change.zone != new_york:
                own = moment.astimezone(new_york)
                there = moment.replace(tzinfo=None) + distance
                is_twice = not change.is_forward and change.at - change.size <= moment < (
                    change.at + change.size
                )
                words = hour(there) + (f" ({offset(distance)})" if is_twice else "")
                if there.date() != own.date():
                    words = f"{day(there)}, {words}"
                place = change.zone.key.rpartition("/")[2].replace("_", " ")
                expected.append(f'<span class="ch-role">{words} in {place}</span>')
    page = ana_client.get("/meetings/").text
    assert [words for words in expected if words not in page] == []
    assert page.count("in Lord Howe</span>") == 8
    assert "in New York</span>" not in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("zone", "known"),
    [("Europe/Madrid", True), ("America/New_York", False), ("", False), ("Mars/Base", False)],
)
def test_shows_another_clock_only_where_one_is_known(zone, known):
    clocks = Clocks.of(
        (meeting := MeetingFactory(contact__time_zone=zone)).student, meeting.contact
    )
    assert bool(clocks.theirs) == known
    assert clocks.there(NOW) == ("5:00 pm in Madrid" if known else "")
    words = "Wednesday, October 15, 11:00 am"
    assert clocks.words(NOW) == (f"{words}, 5:00 pm in Madrid" if known else words)


def test_names_the_day_where_it_is_another_one_there():
    meeting = MeetingFactory.build(contact__time_zone="Asia/Kathmandu")
    clocks = Clocks.of(meeting.student, meeting.contact)
    evening = datetime(2025, 10, 15, 23, 0, tzinfo=UTC)
    assert clocks.there(evening) == "Thursday, October 16, 4:45 am in Kathmandu"
    assert clocks.theirs.offset(evening) == "UTC+5:45"


def test_names_the_day_that_follows_where_a_whole_one_was_skipped():
    """Samoa went over the date line and had no December 30, 2011."""
    with pytest.raises(NoSuchHour, match=r"is Saturday, December 31, 12:00 am\."):
        Clock(ZoneInfo("Pacific/Apia")).moment(date(2011, 12, 30), time(9))
