"""A sender may die anywhere. Each test stops one at one point and lets the next one go on."""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import psycopg
import pytest
from django.db import connection

from apps.accounts.models import User
from apps.mail import delivery
from apps.mail.actions import cancel_by_subject
from apps.mail.delivery import claim_next, mark, send_due, settle, settle_lapsed_claims
from apps.mail.models import OutgoingEmail, State
from apps.mail.smtp import Answer, MailServer, Verdict
from tests.mail.due import due_mail, let_time_pass
from tests.mail.sink import HANG_UP, Sink

pytestmark = pytest.mark.django_db


class Death(BaseException):
    """Like the end of the process: nothing in the code handles it."""


@pytest.fixture
def dies(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Run what is due with a sender that dies when it comes to a function of `delivery`."""

    def dies(at: str, *, once_done: bool = False) -> None:
        original = getattr(delivery, at)

        def deadly(*args: Any, **kwargs: Any) -> None:
            if once_done:
                original(*args, **kwargs)
            raise Death

        with monkeypatch.context() as patch:
            patch.setattr(delivery, at, deadly)
            with pytest.raises(Death):
                send_due()

    return dies


def test_dying_while_claiming_leaves_the_mail_to_the_next_sender(
    reader: User, sink: Sink, dies: Callable[..., None]
) -> None:
    email = due_mail(reader)
    dies(at="lease")  # asked for between taking the row and committing the claim
    email.refresh_from_db()
    assert (email.state, email.attempts) == (State.PENDING, 0)
    send_due()
    assert sink.recipients == [reader.email]


@pytest.mark.parametrize("point", ["is_still_wanted", "compose", "mark"])
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


def test_a_sender_taken_for_dead_can_neither_mark_nor_settle(reader: User) -> None:
    email = due_mail(reader)
    late = claim_next()
    assert late is not None
    let_time_pass(email)
    settle_lapsed_claims()
    current = claim_next()
    assert current is not None

    assert mark(late) is False
    settle(late, Answer(Verdict.REFUSED, 550))
    email.refresh_from_db()
    assert (email.state, email.claim_token) == (State.SENDING, current.token)

    assert mark(current) is True
    settle(current, Answer(Verdict.ACCEPTED, 250))
    email.refresh_from_db()
    assert (email.state, email.last_code) == (State.SENT, 250)


def test_a_sender_that_woke_up_too_late_hangs_up_before_the_content(
    reader: User, sink: Sink
) -> None:
    due_mail(reader)
    claim = claim_next()
    assert claim is not None
    frozen = replace(claim, begun_at=time.monotonic() - delivery.lease().total_seconds())
    with MailServer() as server:
        server.make_ready()
        answer = delivery.try_to_send(frozen, server)
    assert (answer.verdict, sink.ledger) == (Verdict.HELD_BACK, [])


def test_a_mail_cancelled_after_its_claim_is_still_held_back(reader: User, sink: Sink) -> None:
    email = due_mail(reader, subject_ref="meeting:12")
    claim = claim_next()
    assert claim is not None
    assert cancel_by_subject(subject_ref="meeting:12") == 1
    with MailServer() as server:
        server.make_ready()
        settle(claim, delivery.try_to_send(claim, server))
    email.refresh_from_db()
    assert (email.state, sink.ledger) == (State.CANCELLED, [])


def test_a_mail_being_handed_over_cannot_be_cancelled_any_more(reader: User) -> None:
    due_mail(reader, subject_ref="meeting:12")
    claim = claim_next()
    assert claim is not None
    assert mark(claim)
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
