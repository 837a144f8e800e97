"""Digests, reminders, feedback and the nudges of three counselors, sent by three senders.

Whatever the order in which all of that is queued, taken and handed over, and however much time
lies between: nobody gets more in any seven days than they want. Conversations are always named,
and count. The planner, the actions, the queue and the senders are the real ones; the clocks of the
process and of the database are moved.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.accounts.models import User
from apps.coaching.actions.nudges import queue_nudges
from apps.coaching.messages import tell_of_feedback
from apps.coaching.models import Nudge
from apps.mail import delivery
from apps.mail.claims import Claim, claim_some, judged
from apps.mail.delivery import settle, try_to_send
from apps.mail.models import OutgoingEmail, Reason, State
from apps.mail.smtp import Answer, Verdict
from apps.reminders.actions import queue_meeting_reminders
from apps.reminders.planner import look_around
from apps.students.models import Cohort, Student
from tests.accounts.factories import UserFactory
from tests.coaching.factories import SubmissionFactory
from tests.contacts.factories import ContactFactory
from tests.mail.clock import database_clock, set_database_clock
from tests.meetings.factories import MeetingFactory
from tests.outreach.factories import AttemptFactory
from tests.reminders.factories import PreferenceFactory
from tests.students.factories import CohortFactory, EnrolmentFactory, StudentFactory

pytestmark = pytest.mark.django_db

BEGIN = datetime(2025, 10, 13, 11, tzinfo=UTC)  # a Monday, seven in the morning in New York
WEEK = timedelta(days=7)
TALKS = {"meeting_tomorrow", "meeting_in_two_hours"}
COUNSELORS = SENDERS = 3

DEEDS = ["lists", "talks", "feedback", "send all"]
DEEDS += [f"nudge {n}" for n in range(COUNSELORS)]
DEEDS += [f"{verb} {n}" for n in range(SENDERS) for verb in ("take", "finish")]

hours = st.sampled_from([0, 0, 0, 1, 2, 5, 9, 14, 24])
plans = st.lists(st.tuples(hours, st.sampled_from(DEEDS)), min_size=25, max_size=50)


class Taker:
    """A mail server that takes everything."""

    def hand_over(self, content: bytes, *, begin: Any, **_: Any) -> Answer:
        return Answer(Verdict.ACCEPTED if begin() is not None else Verdict.HELD_BACK)


@dataclass
class Office:
    """A class with two students, three counselors and three senders, on a clock that is moved."""

    cohort: Cohort
    students: list[Student]
    counselors: list[User]
    now: datetime = BEGIN
    claims: dict[int, list[Claim]] = field(default_factory=dict)
    order: list[tuple[str, int, datetime]] = field(default_factory=list)

    def do(self, deed: str) -> None:
        verb, _, number = deed.partition(" ")
        match verb:
            case "lists":
                look_around(now=self.now)
            case "talks":
                queue_meeting_reminders(now=self.now)
            case "feedback":
                for student in self.students:
                    returned = {"handed_in_at": self.now, "returned_at": self.now}
                    came = {"read_at": self.now, **returned}
                    submission = SubmissionFactory(student=student, returned=True, **came)
                    tell_of_feedback(submission, now=self.now)
            case "nudge":
                queue_nudges(
                    cohort=self.cohort,
                    students=self.students,
                    subject="A word",
                    body="Hello {first_name}",
                    steps={},
                    by=self.counselors[int(number)],
                    now=self.now,
                )
            case "take":
                self.take(int(number))
            case "finish":
                self.finish(int(number))
            case "send":
                delivery.settle_lapsed_claims()
                delivery.expire_late_mail()
                while self.take(SENDERS):
                    self.finish(SENDERS)

    def take(self, sender: int) -> bool:
        """Let a sender with empty hands take mails: the first at most one, the second two, …"""
        if not self.claims.get(sender):
            self.claims[sender] = claim_some(sender + 1)
            taken = [("taken", claim.email.pk, self.now) for claim in self.claims[sender]]
            self.order.extend(taken)
        return bool(self.claims[sender])

    def finish(self, sender: int) -> None:
        """Let a sender hand over the next mail that is still in its hands."""
        waiting = judged(self.claims.get(sender, []))
        if waiting:
            claim = waiting.pop(0)
            settle(claim, try_to_send(claim, Taker()))  # type: ignore[arg-type]
            self.order.append(("settled", claim.email.pk, self.now))
        self.claims[sender] = waiting


def open_office(cap: int, talks: list[int]) -> Office:
    Nudge.objects.all().delete()
    OutgoingEmail.objects.all().delete()
    User.objects.update(is_active=False)  # those of the examples before
    counselors = [UserFactory(counselor=True) for _ in range(COUNSELORS)]
    cohort = CohortFactory(counselors=counselors)
    students = []
    for _ in range(2):
        user = UserFactory(student=True)
        PreferenceFactory(user=user, daily=True, hour=9, weekly_cap=cap)
        student = EnrolmentFactory(cohort=cohort, student=StudentFactory(user=user)).student
        contact = ContactFactory(student=student)
        AttemptFactory(contact=contact, sent_at=BEGIN - timedelta(days=20))
        for talk in talks:
            MeetingFactory(contact=contact, starts_at=BEGIN + timedelta(hours=talk))
        students.append(student)
    return Office(cohort, students, counselors)


def sent_to(student: Student) -> list[OutgoingEmail]:
    emails = OutgoingEmail.objects.filter(recipient=student.user, state=State.SENT)
    return list(emails.order_by("sent_at", "pk"))


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    cap=st.integers(1, 3), talks=st.lists(st.integers(10, 300), max_size=2, unique=True), plan=plans
)
def test_holds_whatever_the_order(cap: int, talks: list[int], plan: list[tuple[int, str]]) -> None:
    office = open_office(cap, talks)
    with database_clock(BEGIN):
        for step, deed in [*plan, (1, "send all")]:
            office.now += timedelta(hours=step)
            set_database_clock(office.now)
            with time_machine.travel(office.now, tick=False):
                office.do(deed)
    for student in office.students:
        emails = sent_to(student)
        assert_never_too_many([e for e in emails if e.kind not in TALKS], cap)
        assert_room_for_each(emails, office.order, cap)


def assert_never_too_many(held_to_cap: list[OutgoingEmail], cap: int) -> None:
    for last in held_to_cap:
        window = [e for e in held_to_cap if last.sent_at - WEEK < e.sent_at <= last.sent_at]
        assert len(window) <= cap


def assert_room_for_each(
    emails: list[OutgoingEmail], order: list[tuple[str, int, datetime]], cap: int
) -> None:
    """Conversations count: what was sent before a mail was taken had left room for it."""
    sent = {email.pk: email for email in emails}
    taken = {pk: (place, at) for place, (what, pk, at) in enumerate(order) if what == "taken"}
    settled = {pk: place for place, (what, pk, _) in enumerate(order) if what == "settled"}
    for email in emails:
        if email.kind not in TALKS:
            place, at = taken[email.pk]
            before = [pk for pk in sent if settled[pk] < place and sent[pk].sent_at > at - WEEK]
            assert len(before) < cap


def test_is_filled_by_all_sources_together() -> None:
    office = open_office(3, [78])
    day = ["feedback", "lists", "talks", "nudge 0", "nudge 1", "nudge 2", "send all"]
    with database_clock(BEGIN):
        for number in range(9):
            office.now = BEGIN + timedelta(days=number, hours=3)
            set_database_clock(office.now)
            with time_machine.travel(office.now, tick=False):
                for deed in day:
                    office.do(deed)
    first_week = [e for e in sent_to(office.students[0]) if e.sent_at < BEGIN + WEEK]
    kinds = Counter(email.kind for email in first_week)
    assert kinds["meeting_tomorrow"] == 1
    assert kinds.total() == 3 + 1  # the conversation was named though the week was full
    assert {"student_digest", "nudge", "feedback_returned"} == set(kinds) - TALKS
    dropped = OutgoingEmail.objects.filter(reason=Reason.WEEK_IS_FULL)
    assert dropped.filter(kind="feedback_returned").exists()
    assert len(sent_to(office.students[0])) > len(first_week)  # and then there is room again
