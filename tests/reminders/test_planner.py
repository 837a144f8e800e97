from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from apps.accounts.models import User
from apps.mail.models import OutgoingEmail, Refusal, State
from apps.meetings.models import Meeting
from apps.reminders import planner
from apps.reminders.models import Look
from apps.reminders.planner import look_around
from apps.students.models import Student
from tests.accounts.factories import UserFactory
from tests.clock import NOW, ago
from tests.contacts.factories import make_a_beginning
from tests.mail.factories import OutgoingEmailFactory
from tests.meetings.factories import CommitmentFactory, MeetingFactory
from tests.outreach.factories import AttemptFactory
from tests.reminders.factories import PreferenceFactory
from tests.students.factories import CohortFactory, EnrolmentFactory, StudentFactory, TermFactory

pytestmark = pytest.mark.django_db

# All in New York, where it is summer time. NOW is a Wednesday.
EIGHT = timedelta(hours=12)
MONDAY = datetime(2025, 10, 13, tzinfo=UTC) + EIGHT
WEDNESDAY, FRIDAY, SATURDAY = (MONDAY + timedelta(days=n) for n in (2, 4, 5))
NEXT_MONDAY = MONDAY + timedelta(days=7)


def student_with(preference=None, *, student=None, zone="", **choices) -> Student:
    """Return a student whose day has not been looked at, with a preference if any is given."""
    student = student or StudentFactory(user=UserFactory(student=True, time_zone=zone))
    if choices:
        PreferenceFactory(user=student.user, **choices)
    return student


def kinds() -> list[str]:
    return [email.kind for email in OutgoingEmail.objects.order_by("pk")]


def thank_due_at(student: Student, moment: datetime) -> Meeting:
    """Return a held conversation for which the thank-you is due then."""
    return MeetingFactory(
        student=student, held=True, starts_at=moment - timedelta(hours=24, minutes=20), minutes=20
    )


def test_sends_the_weekly_list_on_monday_with_everything_that_is_open():
    student = student_with()
    note = AttemptFactory(student=student, sent_at=MONDAY - timedelta(days=30))
    thank_due_at(student, MONDAY - timedelta(days=3))
    assert look_around(now=MONDAY) == 1
    email = OutgoingEmail.objects.get()
    assert (email.kind, email.recipient) == ("student_digest", student.user)
    assert email.occurrence_key == f"student_digest:{student.user_id}:2025-10-13:0"
    assert email.subject == "Three next steps on your list"
    for body in (email.text_body, email.html_body):
        assert f"Follow up with {note.contact.name}" in body
        assert f"/contacts/{note.contact_id}/" in body
    assert email.text_body.index("Thank ") < email.text_body.index("Follow up")
    assert email.due_at == MONDAY
    assert email.expires_at == MONDAY + timedelta(hours=13)  # nine in the evening


@pytest.mark.parametrize("now", [WEDNESDAY, MONDAY - timedelta(minutes=1), SATURDAY])
def test_keeps_the_weekly_list_for_its_day_and_hour(now):
    AttemptFactory(student=student_with(), sent_at=MONDAY - timedelta(days=30))
    assert look_around(now=now) == 0


def test_sends_the_daily_list_on_each_of_the_persons_days():
    student = student_with(digest="daily", days=[1, 3])
    AttemptFactory(student=student, sent_at=MONDAY - timedelta(days=30))
    sent = [look_around(now=MONDAY + timedelta(days=n)) for n in range(7)]
    assert sent == [1, 0, 1, 0, 0, 0, 0]


def test_says_nothing_where_nothing_is_open():
    student_with(digest="daily")
    assert look_around(now=MONDAY) == 0
    assert not OutgoingEmail.objects.exists()


def test_looks_once_however_often_and_late_it_is_asked():
    AttemptFactory(student=student_with(), sent_at=MONDAY - timedelta(days=30))
    moments = [MONDAY + timedelta(minutes=n) for n in (-1, 0, 0, 1, 90, 600)]
    assert [look_around(now=now) for now in moments] == [0, 1, 0, 0, 0, 0]


def test_makes_up_for_ticks_that_did_not_come():
    AttemptFactory(student=student_with(), sent_at=MONDAY - timedelta(days=30))
    look_around(now=FRIDAY - timedelta(days=7))
    assert look_around(now=MONDAY + timedelta(hours=10)) == 1


def test_sends_the_weekly_list_a_day_late_rather_than_a_week():
    student = student_with()
    AttemptFactory(student=student, sent_at=MONDAY - timedelta(days=30))
    look_around(now=FRIDAY - timedelta(days=7))
    assert look_around(now=MONDAY + timedelta(hours=14)) == 0  # quiet by now
    tuesday = MONDAY + timedelta(days=1)
    assert [look_around(now=tuesday + timedelta(hours=n)) for n in (-1, 0, 1)] == [0, 1, 0]


@pytest.mark.parametrize("kept", ["key", "bookmark"])
def test_needs_only_one_of_its_two_locks_to_send_nothing_twice(kept):
    AttemptFactory(student=student_with(), sent_at=MONDAY - timedelta(days=30))
    look_around(now=MONDAY)
    if kept == "key":
        Look.objects.update(looked_on=None, next_at=MONDAY)
    else:
        OutgoingEmail.objects.update(occurrence_key="gone")
    assert look_around(now=MONDAY + timedelta(minutes=1)) == 0


def test_does_nothing_in_quiet_hours_however_late_the_look_is():
    AttemptFactory(
        student=student_with(digest="daily", days=[3]), sent_at=MONDAY - timedelta(days=30)
    )
    night = WEDNESDAY + timedelta(hours=13)
    assert look_around(now=night) == 0
    assert Look.objects.get().next_at == datetime(2025, 10, 16, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "due_at", "is_named"),
    [
        (WEDNESDAY, WEDNESDAY + timedelta(hours=1), True),
        (WEDNESDAY, WEDNESDAY + timedelta(hours=23, minutes=59), True),
        (WEDNESDAY, WEDNESDAY + timedelta(hours=24), False),
        (WEDNESDAY, WEDNESDAY - timedelta(minutes=1), False),
        (WEDNESDAY + timedelta(hours=5), WEDNESDAY + timedelta(hours=2), True),  # a late look
    ],
)
def test_names_what_is_due_before_the_next_look(now, due_at, is_named):
    student = student_with()
    thank_due_at(student, due_at)
    Look.objects.update(looked_on=date(2025, 10, 13))
    assert look_around(now=now) == is_named
    assert kinds() == ["urgent_today"] * is_named


@pytest.mark.parametrize(("due_on", "is_named"), [(19, True), (20, False)])
def test_names_on_friday_what_is_due_at_the_weekend(due_on, is_named):
    student = student_with()
    CommitmentFactory(
        meeting=MeetingFactory(student=student, thanked=True), due_on=date(2025, 10, due_on)
    )
    Look.objects.update(looked_on=date(2025, 10, 13))
    assert look_around(now=FRIDAY) == is_named


def test_names_what_is_due_without_names_in_the_subject():
    student = student_with()
    meeting = thank_due_at(student, WEDNESDAY + timedelta(hours=1))
    look_around(now=WEDNESDAY)
    email = OutgoingEmail.objects.get()
    assert email.subject == "Due soon: send a thank-you"
    assert f"Thank {meeting.contact.name}\n  Due today by 9:00 am." in email.text_body
    assert f"/meetings/{meeting.pk}/thank/" in email.html_body


def test_sends_one_list_a_day_at_most():
    student = student_with()
    for hours in (1, 2):
        thank_due_at(student, MONDAY + timedelta(hours=hours))
    look_around(now=MONDAY)
    assert kinds() == ["student_digest"]


def test_still_names_what_is_due_to_whom_wants_no_list():
    student = student_with()
    Refusal.objects.create(user=student.user, kind="student_digest")
    thank_due_at(student, MONDAY + timedelta(hours=1))
    look_around(now=MONDAY)
    assert kinds() == ["urgent_today"]


def test_leaves_out_whom_it_cannot_reach():
    gone = EnrolmentFactory(withdrawn=True, student=student_with()).student
    for student in (gone, student_with(), StudentFactory(user=None)):
        AttemptFactory(student=student, sent_at=MONDAY - timedelta(days=30))
    User.objects.exclude(pk=gone.user_id).update(is_active=False)
    assert look_around(now=MONDAY + timedelta(days=7)) == 0


def test_keeps_writing_to_whom_has_only_changed_the_class():
    moved = EnrolmentFactory(withdrawn=True, student=student_with())
    EnrolmentFactory(student=moved.student, cohort=CohortFactory(term=moved.cohort.term))
    AttemptFactory(student=moved.student, sent_at=ago(days=30))
    assert look_around(now=NEXT_MONDAY) == 1


def test_rests_while_paused():
    student = student_with(digest="daily", paused_until=date(2025, 10, 17))
    AttemptFactory(student=student, sent_at=MONDAY - timedelta(days=30))
    sent = [look_around(now=MONDAY + timedelta(days=n)) for n in range(6)]
    assert sent == [0, 0, 0, 0, 1, 0]


def test_holds_lists_to_the_weekly_cap_and_counts_every_kind():
    student = student_with(digest="daily", days=[*range(1, 8)], weekly_cap=3)
    AttemptFactory(student=student, sent_at=MONDAY - timedelta(days=30))
    OutgoingEmailFactory(recipient=student.user, sent=True, due_at=MONDAY - timedelta(days=1))
    OutgoingEmailFactory(recipient=student.user, kind="sign_in", due_at=MONDAY)
    OutgoingEmailFactory(recipient=student.user, cancelled=True, due_at=MONDAY)
    sent = [look_around(now=MONDAY + timedelta(days=n)) for n in range(8)]
    assert sent == [1, 1, 0, 0, 0, 0, 1, 1]


def test_never_sends_twice_on_one_date_to_whom_flies_west():
    student = student_with(zone="Europe/Berlin", digest="daily", days=[*range(1, 8)])
    AttemptFactory(student=student, sent_at=MONDAY - timedelta(days=30))
    assert look_around(now=datetime(2025, 10, 15, 6, 0, tzinfo=UTC)) == 1
    User.objects.filter(pk=student.user_id).update(time_zone="America/Los_Angeles")
    assert look_around(now=datetime(2025, 10, 15, 6, 1, tzinfo=UTC)) == 0
    assert look_around(now=datetime(2025, 10, 15, 15, 0, tzinfo=UTC)) == 0  # eight again
    assert look_around(now=datetime(2025, 10, 16, 15, 0, tzinfo=UTC)) == 1


def test_follows_at_once_whom_flies_east():
    student = student_with(digest="daily", days=[*range(1, 8)])
    AttemptFactory(student=student, sent_at=MONDAY - timedelta(days=30))
    assert look_around(now=WEDNESDAY) == 1
    User.objects.filter(pk=student.user_id).update(time_zone="Asia/Tokyo")
    assert look_around(now=datetime(2025, 10, 15, 22, 59, tzinfo=UTC)) == 0
    assert look_around(now=datetime(2025, 10, 15, 23, 0, tzinfo=UTC)) == 1


def test_tells_counselors_once_a_week_for_whom_something_waits():
    counselor = UserFactory(counselor=True)
    cohort = CohortFactory(term=TermFactory(name="Fall 2025"), counselors=[counselor])
    late, fine, left = (
        EnrolmentFactory(cohort=cohort, withdrawn=withdrawn).student
        for withdrawn in (False, False, True)
    )
    for student in (late, fine):
        make_a_beginning(student)
    for student in (late, left):
        AttemptFactory(student=student, sent_at=MONDAY - timedelta(days=30))
    AttemptFactory(student=fine, sent_at=MONDAY - timedelta(days=2))
    CohortFactory(counselors=[UserFactory(counselor=True)])
    sent = [look_around(now=MONDAY + timedelta(days=n)) for n in range(7)]
    assert sent == [1, 0, 0, 0, 0, 0, 0]
    email = OutgoingEmail.objects.get()
    assert (email.kind, email.recipient) == ("class_digest", counselor)
    assert email.subject == "Your class this week: who may need a word"
    for body in (email.text_body, email.html_body):
        assert f"{late.name}: one overdue, since September 23" in body
        assert "One other is up to date" in body
        assert f"/classes/{cohort.pk}/" in body
        assert left.name not in body


def test_tells_counselors_nothing_of_a_class_that_is_up_to_date():
    counselor = UserFactory(counselor=True)
    make_a_beginning(EnrolmentFactory(cohort=CohortFactory(counselors=[counselor])).student)
    over = EnrolmentFactory(
        cohort=CohortFactory(term=TermFactory(finished=True), counselors=[counselor])
    )
    AttemptFactory(student=over.student, sent_at=MONDAY - timedelta(days=30))
    assert look_around(now=MONDAY) == 0


def test_asks_as_often_for_many_as_for_one(django_assert_max_num_queries):
    for _ in range(30):
        student_with()
    with django_assert_max_num_queries(12):
        look_around(now=MONDAY)


def test_lets_the_others_go_on_where_one_cannot_be_told(monkeypatch):
    first, second = student_with(), student_with()
    for student in (first, second):
        AttemptFactory(student=student, sent_at=MONDAY - timedelta(days=30))
    write = planner.list_of_the_day

    def broken(turn, *args, **kwargs):
        if turn.user == first.user_id:
            raise ValueError("no words")
        return write(turn, *args, **kwargs)

    monkeypatch.setattr(planner, "list_of_the_day", broken)
    assert look_around(now=MONDAY) == 1
    monkeypatch.setattr(planner, "list_of_the_day", write)
    assert look_around(now=MONDAY + timedelta(minutes=1)) == 0
    assert look_around(now=MONDAY + timedelta(minutes=15)) == 1
    assert {email.recipient for email in OutgoingEmail.objects.all()} == {first.user, second.user}


def test_lets_the_others_go_on_where_one_cannot_be_queued(monkeypatch):
    first, second = student_with(), student_with()
    for student in (first, second):
        AttemptFactory(student=student, sent_at=MONDAY - timedelta(days=30))
    write = planner.list_of_the_day

    def with_what_no_row_can_hold(turn, *args, **kwargs):
        draft = write(turn, *args, **kwargs)
        return replace(draft, words={"text_body": ""}) if turn.user == first.user_id else draft

    monkeypatch.setattr(planner, "list_of_the_day", with_what_no_row_can_hold)
    assert look_around(now=MONDAY) == 1
    assert OutgoingEmail.objects.get().recipient == second.user
    monkeypatch.setattr(planner, "list_of_the_day", write)
    assert look_around(now=MONDAY + timedelta(minutes=15)) == 1


def test_writes_as_often_for_many_as_for_one(django_assert_max_num_queries):
    for _ in range(20):
        AttemptFactory(student=student_with(), sent_at=MONDAY - timedelta(days=30))
    with django_assert_max_num_queries(20):
        assert look_around(now=MONDAY) == 20


def test_looks_no_more_at_whom_it_never_reminds():
    UserFactory(administrator=True)
    UserFactory(student=True, is_active=False)
    look_around(now=MONDAY)
    assert not Look.objects.exclude(next_at=None).exists()
    assert OutgoingEmail.objects.filter(state=State.PENDING).count() == 0


def test_stops_when_it_is_told_to():
    student_with()
    assert look_around(now=MONDAY, should_stop=lambda: True) == 0
    assert Look.objects.due(NOW).exists()
