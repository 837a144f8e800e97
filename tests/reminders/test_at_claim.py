"""What happens between queueing and sending: the mail that leaves says what is so by then."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from apps.accounts.models import User
from apps.mail.conditions import is_still_wanted
from apps.mail.delivery import send_due
from apps.mail.models import OutgoingEmail, Reason, State
from apps.meetings.models import Meeting, Status
from apps.outreach.models import Attempt
from apps.reminders.models import Preference
from apps.reminders.planner import look_around
from apps.students.models import Enrolment, Student
from tests.accounts.factories import UserFactory
from tests.clock import NOW, ago
from tests.mail.sink import Sink
from tests.meetings.factories import MeetingFactory
from tests.outreach.factories import AttemptFactory
from tests.reminders.factories import PreferenceFactory
from tests.students.factories import CohortFactory, EnrolmentFactory, StudentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sink(settings) -> Iterator[Sink]:
    server = Sink()
    server.start()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = None
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    yield server
    server.stop()


@pytest.fixture
def student(now: datetime) -> Student:
    """Somebody who gets the list every day."""
    user = UserFactory(student=True)
    PreferenceFactory(user=user, daily=True)
    return StudentFactory(user=user)


def where_it_is_noon() -> str:
    """Return a zone in the middle of its day, as the clock of the database runs on by itself."""
    hours = 12 - datetime.now(UTC).hour
    return f"Etc/GMT{-hours:+d}" if hours else "Etc/GMT"


@pytest.fixture
def at_noon() -> Student:
    """Somebody like that for whom it is noon by the clock of this machine."""
    user = UserFactory(student=True, time_zone=where_it_is_noon())
    PreferenceFactory(user=user, daily=True, hour=9)
    return StudentFactory(user=user)


def note_without_reply(student: Student, moment: datetime) -> Attempt:
    return AttemptFactory(student=student, sent_at=moment - timedelta(days=20))


def queue_at(moment: datetime) -> OutgoingEmail:
    assert look_around(now=moment) == 1
    return OutgoingEmail.objects.get()


def test_sends_nothing_once_a_reply_is_logged(at_noon: Student, sink: Sink) -> None:
    moment = timezone.now()
    note = note_without_reply(at_noon, moment)
    email = queue_at(moment)
    note.replied_at, note.reply = moment, "yes"
    note.save()
    assert send_due() == 1
    email.refresh_from_db()
    assert (email.state, email.reason) == (State.CANCELLED, Reason.NO_NEED)
    assert send_due() == 0
    assert sink.ledger == []


def test_sends_what_is_left_once_one_reply_is_logged(at_noon: Student, sink: Sink) -> None:
    moment = timezone.now()
    answered, waiting = (note_without_reply(at_noon, moment) for _ in range(2))
    queue_at(moment)
    answered.replied_at, answered.reply = moment, "yes"
    answered.save()
    send_due()
    send_due()
    (mail,) = sink.ledger
    words = mail.message.get_body(("plain",)).get_content()
    assert waiting.contact.name in words
    assert answered.contact.name not in words
    assert sorted(email.state for email in OutgoingEmail.objects.all()) == ["cancelled", "sent"]


def test_sends_the_list_as_it_is_while_nothing_changes(at_noon: Student, sink: Sink) -> None:
    note_without_reply(at_noon, timezone.now())
    queue_at(timezone.now())
    send_due()
    assert len(sink.ledger) == 1
    assert OutgoingEmail.objects.get().state == State.SENT


def test_writes_a_replaced_list_once_and_never_goes_back(student: Student) -> None:
    note, _ = (note_without_reply(student, NOW) for _ in range(2))
    email = queue_at(NOW)
    Attempt.objects.filter(pk=note.pk).update(replied_at=NOW, reply="yes")
    assert not is_still_wanted(email)
    assert not is_still_wanted(email)
    assert OutgoingEmail.objects.count() == 2
    Attempt.objects.filter(pk=note.pk).update(replied_at=None, reply="")
    assert not is_still_wanted(email)
    later = OutgoingEmail.objects.exclude(pk=email.pk).get()
    assert not is_still_wanted(later)  # a third one has taken its place
    third = OutgoingEmail.objects.order_by("pk").last()
    assert third
    assert third.occurrence_key.endswith(":2025-10-15:2")
    assert is_still_wanted(third)


def test_takes_the_reminder_of_a_thank_you_back_once_it_is_sent(student: Student) -> None:
    Preference.objects.update(digest="none")
    meeting = MeetingFactory(student=student, held=True, starts_at=ago(hours=20))
    email = queue_at(NOW)
    assert email.kind == "urgent_today"
    assert is_still_wanted(email)
    Meeting.objects.filter(pk=meeting.pk).update(thank_you_sent_at=NOW)
    assert not is_still_wanted(email)
    assert OutgoingEmail.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda student: Preference.objects.update(digest="none"),
        lambda student: Preference.objects.update(paused_until=date(2025, 10, 20)),
        lambda student: User.objects.filter(pk=student.user_id).update(is_active=False),
        lambda student: Enrolment.objects.update(withdrawn_on=date(2025, 10, 15)),
        lambda student: Student.objects.update(user=None),
    ],
)
def test_is_silent_at_once(student: Student, change) -> None:
    EnrolmentFactory(student=student)
    note_without_reply(student, NOW)
    email = queue_at(NOW)
    assert is_still_wanted(email)
    change(student)
    email = OutgoingEmail.objects.get()
    assert not is_still_wanted(email)
    assert OutgoingEmail.objects.count() == 1


def test_tells_a_counselor_how_the_class_stands_by_then(now: datetime) -> None:
    cohort = CohortFactory(counselors=[UserFactory(counselor=True)])
    PreferenceFactory(user=cohort.counselors.get(), days=[3])
    first, second = (EnrolmentFactory(cohort=cohort).student for _ in range(2))
    notes = [note_without_reply(student, NOW) for student in (first, second)]
    email = queue_at(NOW)
    assert is_still_wanted(email)
    Attempt.objects.filter(pk=notes[0].pk).update(replied_at=NOW, reply="no")
    assert not is_still_wanted(email)
    fresh = OutgoingEmail.objects.exclude(pk=email.pk).get()
    assert first.name not in fresh.text_body
    assert second.name in fresh.text_body
    cohort.counselors.clear()
    assert not is_still_wanted(fresh)
    assert OutgoingEmail.objects.count() == 2


@pytest.mark.parametrize("kind", ["meeting_tomorrow", "meeting_in_two_hours"])
def test_names_no_conversation_of_whom_has_left(kind: str, now: datetime) -> None:
    user = UserFactory(student=True)
    enrolment = EnrolmentFactory(student=StudentFactory(user=user))
    meeting = MeetingFactory(student=enrolment.student, status=Status.SCHEDULED)
    email = OutgoingEmail(
        kind=kind,
        recipient=user,
        subject_ref=f"meeting:{meeting.pk}",
        occurrence_key=f"{kind}:{user.pk}:{meeting.pk}:{meeting.starts_at.timestamp():.0f}",
    )
    assert is_still_wanted(email)
    Enrolment.objects.update(withdrawn_on=date(2025, 10, 15))
    assert not is_still_wanted(email)
