from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.mail.actions import queue_rendered
from apps.mail.claims import claim_some
from apps.mail.delivery import rest, send_due
from apps.mail.models import OutgoingEmail, State
from apps.mail.smtp import SHORT_PAUSE
from tests.mail.due import due_mail
from tests.mail.sink import Sink

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(action: Callable[[], Any], times: int) -> list[Any]:
    """Run the action in several threads that begin together, each with its own connection."""
    barrier = Barrier(times)

    def run() -> Any:
        try:
            connection.ensure_connection()
            barrier.wait()
            return action()
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        futures = [pool.submit(run) for _ in range(times)]
        return [future.result() for future in futures]


def test_senders_side_by_side_send_each_mail_once(reader: User, sink: Sink) -> None:
    for _ in range(40):
        due_mail(reader)
    tries = at_once(send_due, times=4)

    assert sum(tries) == 40
    assert sorted(sink.copies.values()) == [1] * 40
    assert OutgoingEmail.objects.filter(state=State.SENT, ambiguous_count=0).count() == 40


def test_a_sender_passes_by_what_another_is_claiming(reader: User) -> None:
    first, second = due_mail(reader), due_mail(reader)
    with transaction.atomic():
        OutgoingEmail.objects.select_for_update().get(pk=first.pk)
        (claims,) = at_once(claim_some, times=1)
    assert [claim.email.pk for claim in claims] == [second.pk]


def test_two_senders_may_let_the_server_rest_at_once(reader: User) -> None:
    for _ in range(10):
        due_mail(reader)
    at_once(lambda: rest(SHORT_PAUSE), times=4)
    assert not OutgoingEmail.objects.to_try().exists()


def test_queues_one_mail_for_a_key_that_two_transactions_use_at_once(reader: User) -> None:
    def queue() -> OutgoingEmail | None:
        return queue_rendered(
            kind="trial",
            to_address=reader.email,
            recipient=reader,
            subject="Hello",
            text_body="Hello",
            html_body="",
            occurrence_key="trial:same",
            due_at=timezone.now(),
        )

    answers = at_once(queue, times=4)
    assert sum(answer is not None for answer in answers) == 1
    assert OutgoingEmail.objects.count() == 1
