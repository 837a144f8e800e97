"""The promise, kept by real processes: killed in mid-sending, restarted, without a broker."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import redis
from celery import current_app
from django.db import transaction

from apps.accounts.models import User
from apps.mail.claims import TAKEN_TOGETHER
from apps.mail.models import SIGN_IN, OutgoingEmail, State
from apps.mail.poke import poke
from tests.mail.due import due_mail
from tests.mail.processes import Senders, broker_url_for, wait_until
from tests.mail.sink import Sink

pytestmark = [pytest.mark.delivery, pytest.mark.django_db(transaction=True)]

AT_ONCE = 2  # mails that a worker works on at a time
MANY = AT_ONCE * TAKEN_TOGETHER + 20  # so that no sender finds all of them taken


@pytest.fixture
def senders(
    sink: Sink, settings: Any, worker_id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Senders]:
    url = broker_url_for(worker_id, settings.REDIS_URL)
    with redis.Redis.from_url(url) as broker:
        broker.flushdb()
    monkeypatch.setattr(current_app.conf, "broker_url", url)
    senders = Senders(sink, url, tmp_path)
    yield senders
    senders.end_all()


def queue_mails(reader: User, count: int) -> None:
    """Queue many mails to one person, of a kind that no week is too full for."""
    with transaction.atomic():
        for _ in range(count):
            due_mail(reader, kind=SIGN_IN)


def poke_until_all_is_sent() -> None:
    """Stand in for the tick, which pokes the workers every few seconds."""

    def nothing_is_left() -> bool:
        poke()
        return not OutgoingEmail.objects.filter(state__in=[State.PENDING, State.SENDING]).exists()

    wait_until(nothing_is_left)


def let_both_threads_send(sink: Sink, verb: str) -> None:
    """Start two runs and stop both in mid-sending, once ten mails have gone through."""
    sink.holds = lambda heard, recipient: heard == verb and len(sink.ledger) >= 10
    for _ in range(AT_ONCE):
        poke()
    sink.wait_until_waiting(AT_ONCE)


def test_a_worker_killed_before_the_content_costs_no_mail_and_no_second_copy(
    reader: User, sink: Sink, senders: Senders
) -> None:
    queue_mails(reader, MANY)
    worker = senders.worker()
    let_both_threads_send(sink, "RCPT")
    worker.kill()
    taken = OutgoingEmail.objects.sending()
    assert taken.count() == taken.unmarked().count() >= AT_ONCE

    sink.release()
    senders.worker()
    poke_until_all_is_sent()

    assert sorted(sink.copies.values()) == [1] * MANY
    assert OutgoingEmail.objects.filter(state=State.SENT, ambiguous_count=0).count() == MANY


def test_a_worker_killed_before_the_answer_costs_no_mail_and_one_flagged_copy_at_most(
    reader: User, sink: Sink, senders: Senders
) -> None:
    queue_mails(reader, MANY)
    worker = senders.worker()
    let_both_threads_send(sink, "content")
    worker.kill()
    marked = OutgoingEmail.objects.sending().filter(data_started_at__isnull=False)
    in_doubt = set(marked.values_list("message_id", flat=True))
    assert len(in_doubt) == AT_ONCE

    sink.release()
    senders.worker()
    poke_until_all_is_sent()

    # The copies agree in every byte, or they would not count as the same mail here.
    twice = {message_id for (message_id, _), copies in sink.copies.items() if copies > 1}
    assert (len(sink.copies), max(sink.copies.values())) == (MANY, 2)
    assert twice >= in_doubt
    assert OutgoingEmail.objects.filter(state=State.SENT).count() == MANY
    flagged = OutgoingEmail.objects.filter(ambiguous_count=1)
    assert set(flagged.values_list("message_id", flat=True)) == twice


def test_mail_goes_out_without_any_broker(reader: User, sink: Sink, senders: Senders) -> None:
    queue_mails(reader, 10)
    senders.loop()
    wait_until(lambda: OutgoingEmail.objects.filter(state=State.SENT).count() == 10)
    assert sorted(sink.copies.values()) == [1] * 10


@pytest.mark.parametrize(("kind", "sent"), [("loop", 5), ("worker", 10)])
def test_a_sender_asked_to_stop_leaves_nothing_half_done(
    reader: User, sink: Sink, senders: Senders, kind: str, sent: int
) -> None:
    queue_mails(reader, 10)
    sink.holds = lambda heard, recipient: heard == "content" and len(sink.ledger) == 5
    sender = getattr(senders, kind)()
    poke()
    sink.wait_until_waiting(1)
    sender.ask_to_stop()
    sink.release()
    assert sender.wait(30) == 0  # the loop after the mail in hand, the worker after its short run

    assert OutgoingEmail.objects.filter(state=State.SENT, ambiguous_count=0).count() == sent
    assert OutgoingEmail.objects.filter(state=State.PENDING).count() == 10 - sent
    assert sorted(sink.copies.values()) == [1] * sent
