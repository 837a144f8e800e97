"""What a person does not want, and addresses that take nothing: judged twice, told in the row."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from apps.accounts.models import User
from apps.mail.actions import accept, lift, queue, refuse, suppress
from apps.mail.delivery import send_due
from apps.mail.models import (
    SIGN_IN,
    OutgoingEmail,
    Reason,
    Refusal,
    State,
    StopReason,
    Suppression,
    unreachable,
)
from tests.accounts.factories import UserFactory
from tests.mail.due import due_mail
from tests.mail.factories import SuppressionFactory
from tests.mail.sink import Sink

pytestmark = pytest.mark.django_db

Queue = Callable[..., OutgoingEmail | None]


@pytest.fixture
def queue_hello(reader: User, hello: str) -> Queue:
    def queue_hello(**changes: Any) -> OutgoingEmail | None:
        mail = {
            "kind": "hello",
            "to": reader,
            "template": hello,
            "context": {"words": "Fish"},
            "occurrence_key": "hello:1",
            "due_at": timezone.now(),
        }
        return queue(**{**mail, **changes})

    return queue_hello


def stands(email: OutgoingEmail) -> tuple[str, str]:
    email.refresh_from_db()
    return email.state, email.reason


def test_queues_no_mail_of_a_refused_kind_and_says_why(reader: User, queue_hello: Queue) -> None:
    refuse(user=reader, kind="hello")
    assert queue_hello() is None
    row = OutgoingEmail.objects.get()
    assert stands(row) == (State.CANCELLED, Reason.REFUSED)
    assert (row.subject, row.text_body, row.html_body) == ("", "", "")
    assert queue_hello() is None
    assert OutgoingEmail.objects.count() == 1
    assert queue_hello(kind="trial", occurrence_key="trial:1") is not None


def test_queues_no_mail_to_an_address_that_takes_none(reader: User, queue_hello: Queue) -> None:
    suppress(address="READER@campus.example", reason=StopReason.BOUNCED)
    assert queue_hello() is None
    assert stands(OutgoingEmail.objects.get()) == (State.SUPPRESSED, "")


def test_queues_an_essential_mail_all_the_same(reader: User, queue_hello: Queue) -> None:
    suppress(address=reader.email, reason=StopReason.BOUNCED)
    assert queue_hello(kind="needed") is not None


def test_cancels_what_waits_when_its_kind_is_refused(reader: User) -> None:
    waiting, other = due_mail(reader), due_mail(reader, kind="hello")
    other_person = due_mail(UserFactory())
    refuse(user=reader, kind="trial")
    assert stands(waiting) == (State.CANCELLED, Reason.REFUSED)
    assert {stands(other)[0], stands(other_person)[0]} == {State.PENDING}


def test_judges_a_refusal_again_just_before_the_mail_leaves(reader: User, sink: Sink) -> None:
    email = due_mail(reader)
    Refusal.objects.create(user=reader, kind="trial")
    send_due()
    assert stands(email) == (State.CANCELLED, Reason.REFUSED)
    assert sink.ledger == []


def test_judges_the_address_again_just_before_the_mail_leaves(reader: User, sink: Sink) -> None:
    email, fine = due_mail(reader, to_address="Reader@Campus.example"), due_mail(UserFactory())
    suppress(address=reader.email, reason=StopReason.BOUNCED)
    send_due()
    assert stands(email) == (State.SUPPRESSED, "")
    assert stands(fine) == (State.SENT, "")
    assert sink.recipients == [fine.to_address]


@pytest.mark.parametrize("kind", [SIGN_IN, "needed"])
def test_sends_essential_mail_whatever_is_refused_or_suppressed(
    reader: User, sink: Sink, kind: str
) -> None:
    email = due_mail(reader, kind=kind)
    Refusal.objects.create(user=reader, kind=kind)
    suppress(address=reader.email, reason=StopReason.BOUNCED)
    send_due()
    assert stands(email) == (State.SENT, "")


def test_nobody_can_refuse_an_essential_kind(reader: User) -> None:
    with pytest.raises(ValueError, match="essential"):
        refuse(user=reader, kind=SIGN_IN)


def test_a_refusal_can_be_taken_back(reader: User, queue_hello: Queue) -> None:
    refuse(user=reader, kind="hello")
    refuse(user=reader, kind="hello")
    accept(user=reader, kind="hello")
    accept(user=reader, kind="hello")
    assert queue_hello() is not None


def test_a_mail_says_why_it_was_cancelled(reader: User, sink: Sink, no_conditions: None) -> None:
    gone = UserFactory(is_active=False)
    email = due_mail(gone)
    send_due()
    assert stands(email) == (State.CANCELLED, Reason.NO_READER)


# Addresses


def test_a_server_that_knows_no_such_mailbox_stops_the_address(reader: User, sink: Sink) -> None:
    first, second = due_mail(reader), due_mail(reader)
    sink.answers["RCPT"] = "550 5.1.1 reader@campus.example unknown"
    send_due()
    assert stands(first) == (State.FAILED, "")
    assert stands(second) == (State.SUPPRESSED, "")
    stop = Suppression.objects.get()
    assert (stop.address, stop.reason, stop.until) == (reader.email, StopReason.REFUSED, None)
    assert list(unreachable(User.objects.all())) == [reader]


@pytest.mark.parametrize(
    ("verb", "answer"),
    [
        ("RCPT", "554 5.7.1 Relay access denied"),  # about us, and it would stop everybody
        ("RCPT", "554 No"),
        ("RCPT", "552 5.2.2 Mailbox full"),
        ("RCPT", "451 4.7.1 Greylisted"),
        ("content", "554 5.6.0 Content refused"),
        ("content", "550 5.1.1 Too late to be about the address"),
    ],
)
def test_other_refusals_say_nothing_about_the_address(
    reader: User, sink: Sink, verb: str, answer: str
) -> None:
    due_mail(reader)
    sink.answers[verb] = answer
    send_due()
    assert not Suppression.objects.exists()


def test_an_address_that_is_nobodys_is_not_kept(reader: User, sink: Sink) -> None:
    due_mail(None, kind=SIGN_IN, to_address="typo@campus.example")
    sink.answers["RCPT"] = "550 5.1.1 unknown"
    send_due()
    assert not Suppression.objects.exists()


def test_a_stop_for_good_is_not_shortened_and_one_for_a_while_is_renewed(reader: User) -> None:
    suppress(address=reader.email, reason=StopReason.SOFT, period=timedelta(days=1))
    suppress(address=reader.email, reason=StopReason.BOUNCED)
    assert Suppression.objects.get().until is None
    suppress(address=reader.email, reason=StopReason.SOFT, period=timedelta(days=1))
    stop = Suppression.objects.get()
    assert (stop.until, stop.reason) == (None, StopReason.BOUNCED)


def test_a_stop_for_a_while_ends_by_itself(reader: User, queue_hello: Queue) -> None:
    now = timezone.now()
    SuppressionFactory(
        address=reader.email, since=now - timedelta(days=2), until=now - timedelta(days=1)
    )
    assert queue_hello() is not None
    assert not unreachable(User.objects.all()).exists()


def test_writes_again_to_an_address_once_the_stop_is_lifted(
    reader: User, queue_hello: Queue
) -> None:
    lift(suppression=suppress(address=reader.email, reason=StopReason.BOUNCED))
    assert queue_hello() is not None
