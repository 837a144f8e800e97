"""Every zone, every change of its clock in 2025 and 2026, every kind: the right hour.

What is expected is found on the wall clock, quarter by quarter, and by nothing of ours.
"""

from bisect import bisect_right
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from apps.common.localtime import zone_names
from apps.mail.models import OutgoingEmail
from apps.reminders.actions import queue_meeting_reminders
from apps.reminders.planner import look_around
from apps.reminders.rhythm import Rhythm
from apps.students.models import Student
from tests.accounts.factories import UserFactory
from tests.meetings.factories import CommitmentFactory, DebriefFactory, MeetingFactory
from tests.outreach.factories import AttemptFactory
from tests.reminders.factories import PreferenceFactory
from tests.students.factories import CohortFactory, EnrolmentFactory, StudentFactory, TermFactory

MINUTE, QUARTER = timedelta(minutes=1), timedelta(minutes=15)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FIRST, LAST = datetime(2025, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
ANY_DAY = datetime(2025, 7, 16, 12, tzinfo=UTC)  # for zones that never change


def rhythm_in(zone: ZoneInfo, hour: int = 8, quiet: tuple[int, int] = (21, 7)) -> Rhythm:
    return Rhythm(zone, hour, frozenset(range(1, 8)), *quiet)


@cache
def changes(name: str) -> list[datetime]:
    """Return the first minute after each change of the zone's clock; one day where none is."""
    zone, found = ZoneInfo(name), []
    days = [FIRST + n * DAY for n in range((LAST - FIRST).days + 1)]
    for morning, next_morning in pairwise(days):
        before = morning.astimezone(zone).utcoffset()
        if next_morning.astimezone(zone).utcoffset() != before:
            minutes = [morning + n * MINUTE for n in range(24 * 60 + 1)]
            found.append(
                minutes[
                    bisect_right(
                        minutes,
                        False,
                        key=lambda minute: minute.astimezone(zone).utcoffset() != before,
                    )
                ]
            )
    return found or [ANY_DAY]


def first_minute(zone: ZoneInfo, day: date, hour: int) -> datetime:
    """Return the first minute of the day at which the clock shows the hour or more."""
    return next(moment for moment, shown in shown_around(zone, day) if shown >= (day, hour))


@lru_cache(maxsize=8)
def shown_around(zone: ZoneInfo, day: date) -> list[tuple[datetime, tuple[date, int]]]:
    """Return the date and hour that the clock shows, from before the day until after it.

    No clock of these years stands anything but quarters of an hour from another one.
    """
    begin = datetime(day.year, day.month, day.day, tzinfo=UTC) - 15 * HOUR
    quarters = (begin + n * QUARTER for n in range(4 * 54))
    walls = ((moment, moment.astimezone(zone)) for moment in quarters)
    return [(moment, (wall.date(), wall.hour)) for moment, wall in walls]


CASES = [(name, moment) for name in zone_names() for moment in changes(name)]


def test_knows_the_zones_that_change_and_the_strange_ones() -> None:
    changing = [name for name in zone_names() if changes(name) != [ANY_DAY]]
    assert len(zone_names()) > 400
    assert len(changing) > 150
    assert {"Australia/Lord_Howe", "Antarctica/Troll", "America/Havana"} < set(changing)


def test_lists_come_at_the_hour_on_the_days_around_every_change() -> None:
    """The digest, what is urgent and the class digest all come at the look."""
    for name, moment in CASES:
        zone = ZoneInfo(name)
        for day in (moment.astimezone(zone).date() + n * DAY for n in (-1, 0, 1)):
            for hour in (0, 1, 2, 3, 8, 20):
                look = rhythm_in(zone, hour).look_on(day)
                assert look == first_minute(zone, day, hour), (name, day, hour)


def test_a_look_leads_to_the_next_one_without_a_day_lost_or_doubled() -> None:
    for name, moment in CASES:
        zone = ZoneInfo(name)
        for hour in (0, 2, 8):
            rhythm = rhythm_in(zone, hour)
            day = moment.astimezone(zone).date() - 3 * DAY
            looks = [rhythm.look_on(day := rhythm.next_day(day)) for _ in range(5)]
            dates = [look.astimezone(zone).date() for look in looks]
            assert dates == [dates[0] + n * DAY for n in range(5)], name
            assert all(20 * HOUR < b - a < 28 * HOUR for a, b in pairwise(looks)), name


def test_a_conversation_is_named_two_hours_ahead_or_before_the_quiet() -> None:
    for name, moment in CASES:
        zone = ZoneInfo(name)
        rhythm = rhythm_in(zone)
        for hours in range(-20, 21):
            starts_at = moment + hours * HOUR
            named_at = rhythm.shortly_before(starts_at)
            two_hours_ahead = starts_at - 2 * HOUR
            shown = two_hours_ahead.astimezone(zone).hour
            if 7 <= shown < 21:
                assert named_at == two_hours_ahead, (name, starts_at)
                continue
            evening = two_hours_ahead.astimezone(zone).date() - (shown < 7) * DAY
            assert named_at == first_minute(zone, evening, 21) - 2 * HOUR, (name, starts_at)
            assert 7 <= named_at.astimezone(zone).hour < 21, (name, starts_at)


def changing_around(day: date) -> list[str]:
    """Return some zones whose clock changes on that day or next to it, and some that never do."""
    near = [
        name
        for name in zone_names()
        if any(abs((moment.date() - day).days) <= 1 for moment in changes(name))
    ]
    return [*near[:: len(near) // 8 + 1], "Asia/Kathmandu", "Pacific/Kiritimati", "Etc/GMT+12"]


@pytest.fixture
def people(request: pytest.FixtureRequest) -> list[Student]:
    """One student for each of the zones, with something open in every kind.

    Half of them get the daily list; the others get none, and have a promise due on each day. All
    of them look after one class as well, and meet somebody early on the day and at noon.
    """
    day: date = request.getfixturevalue("day")
    around = [day + n * DAY for n in range(-2, 4)]
    cohort = CohortFactory(
        term=TermFactory(
            starts_on=day - 60 * DAY,
            census_on=day,
            ends_on=day + 30 * DAY,
            closes_on=day + 30 * DAY,
        )
    )
    late = EnrolmentFactory(cohort=cohort, student=StudentFactory(user=None)).student
    long_ago = datetime(day.year, day.month, day.day, tzinfo=UTC) - 20 * DAY
    AttemptFactory(student=late, sent_at=long_ago)
    students = []
    for number, name in enumerate(changing_around(day)):
        user = UserFactory(roles=["student", "counselor"], time_zone=name)
        student = StudentFactory(user=user)
        digest = "daily" if number % 2 else "none"
        PreferenceFactory(user=user, digest=digest, days=[*range(1, 8)], weekly_cap=14)
        met = MeetingFactory(student=student, thanked=True, starts_at=long_ago)
        DebriefFactory(meeting=met)
        for due_on in around:
            CommitmentFactory(meeting=met, due_on=due_on)
        for hour in (6, 12):
            starts_at = first_minute(student.zone, day, hour)
            MeetingFactory(student=student, contact=met.contact, starts_at=starts_at)
        students.append(student)
    cohort.counselors.set([student.user for student in students])
    return students


@pytest.mark.django_db
@pytest.mark.parametrize("day", [date(2026, 3, 8), date(2025, 10, 26), date(2026, 4, 5)])
def test_every_kind_comes_at_its_hour_through_the_sweeps(day: date, people: list[Student]) -> None:
    awaited = {moment for student in people for moment in moments_of(student.zone, day)}
    for moment in sorted({*awaited, *(moment - MINUTE for moment in awaited)}):
        look_around(now=moment)
        queue_meeting_reminders(now=moment)
    for student in people:
        zone, user = student.zone, student.user_id
        came = came_to(user)
        *eights, evening, two_ahead = moments_of(zone, day)
        eight = set(eights)
        lists = came["student_digest"] | came["urgent_today"]
        assert {at for at in lists if min(eight) <= at <= max(eight)} == eight, zone
        assert bool(came["student_digest"]) != bool(came["urgent_today"]), zone
        mondays = {at for at in eight if at.astimezone(zone).isoweekday() == 1}
        assert {at for at in came["class_digest"] if at in eight} == mondays, zone
        assert came["meeting_tomorrow"] == {min(eight)}, zone
        assert came["meeting_in_two_hours"] == {evening, two_ahead}, zone


def moments_of(zone: ZoneInfo, day: date) -> list[datetime]:
    """Return eight o'clock on three days, and when the two conversations are named again."""
    eights = [first_minute(zone, day + n * DAY, 8) for n in (-1, 0, 1)]
    evening = first_minute(zone, day - DAY, 21) - 2 * HOUR
    return [*eights, evening, first_minute(zone, day, 12) - 2 * HOUR]


def came_to(user: int) -> dict[str, set[datetime]]:
    came: dict[str, set[datetime]] = defaultdict(set)
    for kind, due_at in OutgoingEmail.objects.filter(recipient=user).values_list("kind", "due_at"):
        came[kind].add(due_at)
    return came
