import socket
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from celery import current_app
from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.mail import poke as poke_module
from apps.mail.actions import Draft, cancel_by_subject, draft, queue, queue_many, queue_rendered
from apps.mail.models import OutgoingEmail, State
from apps.mail.poke import poke
from tests.accounts.factories import UserFactory
from tests.mail.due import due_mail
from tests.mail.factories import OutgoingEmailFactory, RefusalFactory, SuppressionFactory

pytestmark = pytest.mark.django_db

Queue = Callable[..., OutgoingEmail | None]


@pytest.fixture
def queue_hello(reader: User, hello: str) -> Queue:
    def queue_hello(**changes: Any) -> OutgoingEmail | None:
        return queue(
            **{
                "kind": "hello",
                "to": reader,
                "template": hello,
                "context": {"words": "Fish & <chips>"},
                "occurrence_key": "hello:1",
                "due_at": timezone.now(),
                **changes,
            }
        )

    return queue_hello


@pytest.fixture
def pokes(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """What was poked, instead of workers."""
    pokes: list[bool] = []
    monkeypatch.setattr(poke_module, "poke", lambda: pokes.append(True))
    return pokes


def test_queues_the_rendered_words_for_one_person(queue_hello: Queue, reader: User) -> None:
    due_at = timezone.now() + timedelta(hours=3)
    email = queue_hello(due_at=due_at, subject_ref="meeting:12")
    assert email is not None
    email.refresh_from_db()
    assert (email.kind, email.recipient, email.to_address) == ("hello", reader, reader.email)
    assert (email.state, email.due_at, email.next_try_at) == (State.PENDING, due_at, due_at)
    assert email.expires_at == due_at + timedelta(days=3)
    assert email.subject_ref == "meeting:12"
    assert email.subject == "News & more for Ana"  # one line, whatever the template holds
    assert email.text_body.startswith("Hello Ana,\n\nFish & <chips>\n")
    assert "<p>Fish &amp; &lt;chips&gt;</p>" in email.html_body
    assert email.message_id == f"<{email.reference}@localhost>"


def test_does_nothing_for_a_key_queued_before(queue_hello: Queue) -> None:
    first = queue_hello()
    again = queue_hello(context={"words": "Other words"}, due_at=timezone.now())
    assert again is None
    email = OutgoingEmail.objects.get()
    assert first is not None
    assert email.text_body == first.text_body


def test_does_not_queue_again_what_was_sent_or_cancelled(queue_hello: Queue) -> None:
    OutgoingEmailFactory.create(sent=True, occurrence_key="hello:1")
    OutgoingEmailFactory.create(cancelled=True, occurrence_key="hello:2")
    assert queue_hello() is None
    assert queue_hello(occurrence_key="hello:2") is None


def test_queues_many_at_one_stroke_but_what_nobody_wants_and_what_there_is(
    hello: str, django_assert_num_queries: Any
) -> None:
    users = UserFactory.create_batch(6)
    refuses, unreachable, has_it, *others = users
    RefusalFactory.create(user=refuses, kind="hello")
    SuppressionFactory.create(address=unreachable.email)
    OutgoingEmailFactory.create(sent=True, occurrence_key=f"hello:{has_it.pk}")
    now = timezone.now()

    def drafts() -> list[Draft]:
        about = {"kind": "hello", "template": hello, "context": {"words": "Hi"}, "due_at": now}
        return [draft(to=user, occurrence_key=f"hello:{user.pk}", **about) for user in users]

    written = drafts()
    with django_assert_num_queries(4):  # two of them about wishes and addresses
        emails = queue_many(drafts=written)
    assert {email.recipient for email in emails} == set(others)
    assert all(email.text_body.startswith("Hello") for email in emails)
    ends = dict(OutgoingEmail.objects.values_list("recipient", "state"))
    assert (ends[refuses.pk], ends[unreachable.pk]) == (State.CANCELLED, State.SUPPRESSED)
    assert not OutgoingEmail.objects.exclude(state=State.PENDING).exclude(text_body="").exists()
    assert queue_many(drafts=drafts()) == []
    assert OutgoingEmail.objects.count() == 6


def test_comes_and_goes_with_the_callers_transaction(queue_hello: Queue, pokes: list[bool]) -> None:
    def change_of_mind() -> None:
        with transaction.atomic():
            queue_hello()
            raise LookupError

    with pytest.raises(LookupError):
        change_of_mind()
    assert not OutgoingEmail.objects.exists()
    assert queue_hello() is not None


def test_pokes_the_workers_once_and_only_after_commit(
    queue_hello: Queue, pokes: list[bool], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        for number in range(5):
            queue_hello(occurrence_key=f"hello:{number}")
        assert pokes == []
    assert (len(callbacks), pokes) == (1, [True])


def test_refuses_a_mail_that_expires_before_it_is_due(queue_hello: Queue) -> None:
    now = timezone.now()
    with pytest.raises(IntegrityError, match="expires_last"):
        queue_hello(due_at=now, expires_at=now - timedelta(seconds=1))


def test_refuses_a_mail_without_words(reader: User) -> None:
    with pytest.raises(IntegrityError, match="words_until_the_end"):
        queue_rendered(
            kind="hello",
            to_address=reader.email,
            recipient=reader,
            subject="Hello",
            text_body="",
            html_body="",
            occurrence_key="hello:1",
            due_at=timezone.now(),
        )


def test_takes_back_the_mails_about_a_row(reader: User) -> None:
    about = due_mail(reader, subject_ref="meeting:1")
    other_kind = due_mail(reader, subject_ref="meeting:1", kind="thanks")
    other_row = due_mail(reader, subject_ref="meeting:11")
    sent = OutgoingEmailFactory.create(sent=True, subject_ref="meeting:1", kind="trial")

    assert cancel_by_subject(subject_ref="meeting:1", kind="trial") == 1
    assert cancel_by_subject(subject_ref="meeting:1") == 1
    states = dict(OutgoingEmail.objects.values_list("pk", "state"))
    assert states == {
        about.pk: State.CANCELLED,
        other_kind.pk: State.CANCELLED,
        other_row.pk: State.PENDING,
        sent.pk: State.SENT,
    }


# Brokers in trouble


@pytest.fixture
def broker_at(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    def broker_at(port: int) -> None:
        monkeypatch.setattr(current_app.conf, "broker_url", f"redis://127.0.0.1:{port}/0")

    return broker_at


@pytest.fixture
def mute_port() -> Iterator[int]:
    """A port that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_broker_that_is_away_neither_breaks_nor_slows_the_request(
    broker_at: Callable[[int], None], caplog: pytest.LogCaptureFixture
) -> None:
    broker_at(1)
    began = time.monotonic()
    poke()
    assert time.monotonic() - began < 1
    assert "mail.poke_lost" in caplog.text


def test_a_broker_that_says_nothing_costs_at_most_a_moment(
    broker_at: Callable[[int], None], mute_port: int, caplog: pytest.LogCaptureFixture
) -> None:
    broker_at(mute_port)
    began = time.monotonic()
    poke()
    assert time.monotonic() - began < 3
    assert "mail.poke_lost" in caplog.text
