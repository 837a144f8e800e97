"""A sender may die anywhere. Each test stops one at one point and lets the next one go on."""

from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from django.db import connection

from apps.accounts.models import User
from apps.mail import claims, delivery
from apps.mail.actions import cancel_by_subject
from apps.mail.claims import Claim, claim_some, mark, settle_lapsed_claims
from apps.mail.delivery import send_due, settle
from apps.mail.models import OutgoingEmail, State
from apps.mail.smtp import Answer, MailServer, Verdict
from tests.mail.due import due_mail, let_time_pass
from tests.mail.sink import HANG_UP, Sink

pytestmark = pytest.mark.django_db


class Death(BaseException):
    """Like the end of the process: nothing in the code handles it."""


@pytest.fixture
def dies(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Run what is due with a sender that dies when it comes to a function."""

    def dies(at: str, *, module: Any = delivery, once_done: bool = False) -> None:
        original = getattr(module, at)

        def deadly(*args: Any, **kwargs: Any) -> None:
            if once_done:
                original(*args, **kwargs)
            raise Death

        with monkeypatch.context() as patch:
            patch.setattr(module, at, deadly)
            with pytest.raises(Death):
                send_due()

    return dies


def test_dying_while_claiming_leaves_the_mail_to_the_next_sender(
    reader: User, sink: Sink, dies: Callable[..., None]
) -> None:
    email = due_mail(reader)
    dies(at="hold", module=claims)  # asked for between taking the row and committing the claim
    email.refresh_from_db()
    assert (email.state, email.attempts) == (State.PENDING, 0)
    send_due()
    assert sink.recipients == [reader.email]


@pytest.mark.parametrize("point", ["judged", "compose", "mark"])
def test_dying_before_the_marker_delays_the_mail_and_never_doubles_it(
    reader: User, sink: Sink, dies: Callable[..., None], point: str
) -> None:
    email = due_mail(reader)
    dies(at=point)
    email.refresh_from_db()
    assert (email.state, email.data_started_at) == (State.SENDING, None)

    send_due()  # the lease still holds
    assert sink.ledger == []

    let_time_pass(email)
    send_due()
    email.refresh_from_db()
    assert (email.state, email.ambiguous_count, len(sink.ledger)) == (State.SENT, 0, 1)


def test_dying_between_marker_and_content_counts_as_unanswered(
    reader: User, sink: Sink, dies: Callable[..., None]
) -> None:
    email = due_mail(reader)
    dies(at="mark", once_done=True)
    email.refresh_from_db()
    assert (email.state, email.data_started_at is None) == (State.SENDING, False)

    let_time_pass(email)
    send_due()
    email.refresh_from_db()
    assert (email.state, email.ambiguous_count, len(sink.ledger)) == (State.SENT, 1, 1)


def test_dying_before_the_answer_is_on_record_gives_one_more_copy_and_says_so(
    reader: User, sink: Sink, dies: Callable[..., None]
) -> None:
    email = due_mail(reader)
    dies(at="settle")
    let_time_pass(email)
    send_due()

    email.refresh_from_db()
    assert (email.state, email.ambiguous_count) == (State.SENT, 1)
    first, second = sink.ledger
    assert first.content == second.content
    assert first.message["Message-ID"] == email.message_id


def test_nobody_ever_gets_a_third_copy(reader: User, sink: Sink, dies: Callable[..., None]) -> None:
    email = due_mail(reader)
    for _ in range(2):
        dies(at="settle")
        let_time_pass(email)
    send_due()
    let_time_pass(email)
    send_due()

    email.refresh_from_db()
    assert (email.state, email.ambiguous_count, len(sink.ledger)) == (State.UNKNOWN, 2, 2)
    assert email.text_body == ""


def test_dying_after_the_answer_is_on_record_changes_nothing(
    reader: User, sink: Sink, dies: Callable[..., None]
) -> None:
    email = due_mail(reader)
    dies(at="settle", once_done=True)
    let_time_pass(email)
    send_due()
    email.refresh_from_db()
    assert (email.state, email.ambiguous_count, len(sink.ledger)) == (State.SENT, 0, 1)


def test_losing_the_connection_after_the_final_dot_counts_like_dying_there(
    reader: User, sink: Sink
) -> None:
    email = due_mail(reader)
    sink.answers["content"] = HANG_UP
    send_due()
    email.refresh_from_db()
    assert (email.state, email.ambiguous_count) == (State.PENDING, 1)
    assert email.last_reply == "content SMTPServerDisconnected"

    let_time_pass(email)
    send_due()
    email.refresh_from_db()
    assert (email.state, email.ambiguous_count) == (State.UNKNOWN, 2)
    assert list(sink.copies.values()) == [2]


def test_a_server_too_slow_with_its_answer_counts_as_unanswered(
    reader: User, sink: Sink, settings: Any
) -> None:
    settings.MAIL_ANSWER_SECONDS = 0.2
    email = due_mail(reader)
    sink.holds = lambda verb, recipient: verb == "content"
    send_due()
    email.refresh_from_db()
    assert (email.state, email.ambiguous_count) == (State.PENDING, 1)


# Senders that live on after their lease


def claim_one() -> Claim:
    (claim,) = claim_some()
    return claim


def test_a_sender_taken_for_dead_can_neither_mark_nor_settle(reader: User) -> None:
    email = due_mail(reader)
    late = claim_one()
    let_time_pass(email)
    settle_lapsed_claims()
    current = claim_one()

    assert mark(late) is None
    settle(late, Answer(Verdict.REFUSED, 550))
    email.refresh_from_db()
    assert (email.state, email.claim_token) == (State.SENDING, current.token)

    assert mark(current) is not None
    settle(current, Answer(Verdict.ACCEPTED, 250))
    email.refresh_from_db()
    assert (email.state, email.last_code) == (State.SENT, 250)


def test_a_sender_that_woke_up_too_late_hangs_up_before_the_final_dot(
    reader: User, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    email = due_mail(reader)

    def mark_and_freeze(claim: Claim) -> float:
        latest = mark(claim)
        assert latest is not None
        return latest - claims.lease().total_seconds()

    with monkeypatch.context() as patch:
        patch.setattr(delivery, "mark", mark_and_freeze)
        patch.setattr(delivery, "claim_some", lambda: claim_some() if not sink.verbs else [])
        send_due()
    email.refresh_from_db()
    assert (email.state, email.attempts, email.ambiguous_count) == (State.PENDING, 0, 0)
    assert sink.ledger == []


def test_dying_with_several_mails_taken_leaves_all_but_one_untouched(
    reader: User, sink: Sink, dies: Callable[..., None]
) -> None:
    emails = [due_mail(reader) for _ in range(4)]
    dies(at="mark", once_done=True)
    for email in emails:
        let_time_pass(email)
    send_due()
    rows = OutgoingEmail.objects.order_by("due_at").values_list("ambiguous_count", "attempts")
    assert list(rows) == [(1, 2), (0, 1), (0, 1), (0, 1)]
    assert len(sink.ledger) == 4


def test_a_sender_without_time_for_the_rest_leaves_it_to_others(
    reader: User, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        due_mail(reader)
    monkeypatch.setattr(Claim, "may_begin", property(lambda claim: len(sink.ledger) != 1))
    monkeypatch.setattr(delivery, "claim_some", lambda: [] if sink.ledger else claim_some())
    send_due()
    left = OutgoingEmail.objects.pending()
    assert list(left.values_list("attempts", flat=True)) == [0, 0]


def test_a_mail_cancelled_after_its_claim_is_still_held_back(reader: User, sink: Sink) -> None:
    email = due_mail(reader, subject_ref="meeting:12")
    claim = claim_one()
    assert cancel_by_subject(subject_ref="meeting:12") == 1
    with MailServer() as server:
        server.make_ready()
        settle(claim, delivery.try_to_send(claim, server))
    email.refresh_from_db()
    assert (email.state, sink.ledger) == (State.CANCELLED, [])


def test_a_mail_being_handed_over_cannot_be_cancelled_any_more(reader: User) -> None:
    due_mail(reader, subject_ref="meeting:12")
    claim = claim_one()
    assert mark(claim) is not None
    assert cancel_by_subject(subject_ref="meeting:12") == 0


@pytest.mark.django_db(transaction=True)
def test_a_database_restart_after_the_answer_costs_nothing(reader: User, sink: Sink) -> None:
    email = due_mail(reader)
    pid = connection.connection.info.backend_pid

    def cut_the_senders_connection() -> None:
        with psycopg.connect(**connection.get_connection_params(), autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])

    sink.on_accepted = cut_the_senders_connection
    assert send_due() == 1

    assert connection.connection.info.backend_pid != pid
    email = OutgoingEmail.objects.get()
    assert (email.state, email.ambiguous_count, len(sink.ledger)) == (State.SENT, 0, 1)
