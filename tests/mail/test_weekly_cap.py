"""Nobody gets more mails in seven days than they want, in whatever order senders take them."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.accounts.models import User
from apps.mail import kinds, weekly_cap
from apps.mail.claims import claim_some, give_back, judged, mark, settle_lapsed_claims
from apps.mail.delivery import send_due, settle, try_to_send
from apps.mail.kinds import Kind
from apps.mail.models import OutgoingEmail, Reason, State
from apps.mail.smtp import Answer, Verdict
from apps.mail.weekly_cap import Room, received, without_room
from tests.accounts.factories import UserFactory
from tests.mail.due import due_mail, let_time_pass
from tests.mail.factories import OutgoingEmailFactory
from tests.mail.sink import Sink
from tests.mail.test_concurrency import at_once

CAP = 2


@pytest.fixture(autouse=True)
def _two_a_week(monkeypatch: pytest.MonkeyPatch, _no_weekly_cap: None) -> None:
    monkeypatch.setattr(weekly_cap, "_most", [lambda users: dict.fromkeys(users, CAP)])
    kinds.register(Kind(name="talk", label="Talk", why="You get this anyway.", always_comes=True))


class Taker:
    """A mail server that takes everything."""

    def hand_over(self, content: bytes, *, begin: Any, **_: Any) -> Answer:
        return Answer(Verdict.ACCEPTED if begin() is not None else Verdict.HELD_BACK)


def got(to: User, **ago: float) -> OutgoingEmail:
    """Write down a mail that the person got so long ago."""
    moment = timezone.now() - timedelta(**ago)
    return OutgoingEmailFactory.create(kind="trial", recipient=to, sent=True, due_at=moment)


@pytest.mark.django_db
def test_drops_what_is_one_too_many_and_says_why(reader: User, sink: Sink) -> None:
    emails = [due_mail(reader) for _ in range(CAP + 1)]
    send_due()
    for email in emails:
        email.refresh_from_db()
    assert [email.state for email in emails] == [State.SENT, State.SENT, State.CANCELLED]
    assert emails[-1].reason == Reason.WEEK_IS_FULL
    assert len(sink.ledger) == CAP


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "state"), [(6.99, State.CANCELLED), (7.01, State.SENT)])
def test_looks_back_over_seven_days(reader: User, sink: Sink, days: float, state: State) -> None:
    for _ in range(CAP):
        got(reader, days=days)
    email = due_mail(reader)
    send_due()
    email.refresh_from_db()
    assert email.state == state


@pytest.mark.django_db
def test_counts_what_always_comes_and_never_holds_it_back(reader: User, sink: Sink) -> None:
    talks = [due_mail(reader, kind="talk") for _ in range(CAP + 1)]
    other = due_mail(reader)
    send_due()
    assert OutgoingEmail.objects.filter(pk__in=[t.pk for t in talks], state=State.SENT).count() == 3
    other.refresh_from_db()
    assert other.reason == Reason.WEEK_IS_FULL


@pytest.mark.django_db
def test_neither_counts_nor_holds_back_what_is_essential(reader: User, sink: Sink) -> None:
    for _ in range(CAP + 1):
        due_mail(reader, kind="needed")
    for _ in range(CAP):
        due_mail(reader)
    send_due()
    assert len(sink.ledger) == 2 * CAP + 1


@pytest.mark.django_db
def test_is_each_persons_own(reader: User, sink: Sink) -> None:
    for _ in range(CAP):
        got(OutgoingEmailFactory().recipient, days=1)
    due_mail(reader)
    send_due()
    assert len(sink.ledger) == 1


@pytest.mark.django_db
def test_counts_what_may_have_arrived(reader: User) -> None:
    OutgoingEmailFactory(kind="trial", recipient=reader, unknown=True, due_at=timezone.now())
    OutgoingEmailFactory(
        kind="trial",
        recipient=reader,
        ambiguous_count=1,
        due_at=timezone.now(),
        next_try_at=timezone.now() + timedelta(minutes=5),
    )
    due_mail(reader)
    (claim,) = claim_some()
    assert claim.room == Room.NONE


@pytest.mark.django_db
def test_waits_where_another_senders_mail_may_take_the_last_room(reader: User) -> None:
    got(reader, days=1)
    due_mail(reader)
    second = due_mail(reader)
    (ahead,), (behind,) = claim_some(1), judged(claim_some(1))
    assert (ahead.room, behind.room) == (Room.FREE, Room.UNCLEAR)
    settle(behind, try_to_send(behind, Taker()))  # type: ignore[arg-type]
    second.refresh_from_db()
    assert second.state == State.PENDING
    settle(ahead, Answer(Verdict.UNWANTED, words=Reason.NO_NEED))  # the room stays free
    let_time_pass(second)
    (again,) = claim_some()
    assert again.room == Room.FREE


@pytest.mark.django_db
def test_leaves_what_depends_on_mails_taken_with_it(reader: User) -> None:
    got(reader, days=1)
    first, second = due_mail(reader), due_mail(reader)
    others = [due_mail(UserFactory()) for _ in range(2)]
    claims = judged(claim_some())
    assert [claim.email.pk for claim in claims] == [first.pk, *(email.pk for email in others)]
    settle(claims[0], Answer(Verdict.UNWANTED, words=Reason.NO_NEED))
    (again,) = judged(claim_some())
    assert (again.email.pk, again.room) == (second.pk, Room.FREE)
    settle(again, try_to_send(again, Taker()))  # type: ignore[arg-type]
    second.refresh_from_db()
    assert second.attempts == 1


@pytest.mark.django_db
def test_counts_a_conversation_taken_before_it(reader: User) -> None:
    talks = [due_mail(reader, kind="talk") for _ in range(CAP)]
    due_mail(reader)
    talk_behind = due_mail(reader, kind="talk")
    taken = [claim.email.pk for claim in claim_some()]
    assert taken == [*(talk.pk for talk in talks), talk_behind.pk]


@pytest.mark.django_db
def test_counts_what_may_have_arrived_wherever_it_stands_among_those_taken(reader: User) -> None:
    got(reader, days=1)
    due_mail(reader)
    again = due_mail(reader)
    OutgoingEmail.objects.filter(pk=again.pk).update(ambiguous_count=1)
    assert [claim.room for claim in claim_some()] == [Room.NONE, Room.FREE]


@pytest.mark.django_db
def test_a_second_copy_takes_no_room_of_its_own(reader: User) -> None:
    again = due_mail(reader)
    OutgoingEmail.objects.filter(pk=again.pk).update(ambiguous_count=1)
    due_mail(reader)
    assert [claim.room for claim in claim_some()] == [Room.FREE, Room.FREE]


@pytest.mark.django_db
def test_a_sender_that_lost_its_mail_does_not_send_it_beside_the_next(reader: User) -> None:
    got(reader, days=1)
    due_mail(reader)
    due_mail(reader)
    (lost,) = claim_some()
    let_time_pass(lost.email)
    settle_lapsed_claims()
    (again,) = claim_some()
    assert again.room == Room.FREE
    assert mark(lost) is None
    assert mark(again) is not None


@pytest.mark.django_db
def test_counts_for_all_people_of_a_batch_at_once(
    reader: User, django_assert_num_queries: Any
) -> None:
    for _ in range(2):
        due_mail(reader)
    with CaptureQueriesContext(connection) as one:
        claims = claim_some()
    give_back(claims)
    for _ in range(20):
        due_mail(UserFactory())
    with django_assert_num_queries(len(one)):
        assert len(claim_some()) == 22


@pytest.mark.django_db(transaction=True)
def test_holds_among_senders_side_by_side(reader: User, sink: Sink) -> None:
    for _ in range(12):
        due_mail(reader)
    for _ in range(4):
        at_once(send_due, times=4)
        for email in OutgoingEmail.objects.pending():
            let_time_pass(email)
    assert len(sink.ledger) == CAP
    left = OutgoingEmail.objects.exclude(state=State.SENT)
    assert {email.reason for email in left} == {Reason.WEEK_IS_FULL}


@pytest.mark.django_db
def test_knows_beforehand_whose_week_is_full(reader: User) -> None:
    got(reader, days=1)
    now = timezone.now()
    assert without_room([reader], now) == set()
    due_mail(reader)
    assert received([reader.pk], now)[reader.pk] == 2
    assert without_room([reader], now) == {reader.pk}


def test_takes_one_function_only() -> None:
    with pytest.raises(ValueError, match="Two functions"):
        weekly_cap.most_a_week(lambda users: {})
