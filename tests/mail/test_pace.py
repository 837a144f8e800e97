"""MAIL_MOST_PER_MINUTE_AND_DOMAIN: no domain gets more in any minute, others go on."""

from datetime import timedelta
from typing import Any

import pytest
from django.db.models.functions import Now
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from apps.accounts.models import User
from apps.mail import pace
from apps.mail.delivery import send_due
from apps.mail.models import DomainPace, State
from tests.mail.due import due_mail
from tests.mail.sink import Sink

pytestmark = pytest.mark.django_db


def let_a_minute_pass() -> None:
    DomainPace.objects.update(last_at=Now() - pace.PERIOD)


def test_sets_no_limit_unless_told_to(reader: User, sink: Sink) -> None:
    for _ in range(5):
        due_mail(reader)
    assert send_due() == 5
    assert not DomainPace.objects.exists()


def test_hands_a_domain_so_many_and_lets_the_rest_wait(
    reader: User, sink: Sink, settings: Any
) -> None:
    settings.MAIL_MOST_PER_MINUTE_AND_DOMAIN = 3
    crowd = [due_mail(reader, to_address=f"{n}@Campus.example") for n in range(5)]
    elsewhere = [due_mail(reader, to_address=f"{n}@mail.campus.example") for n in range(2)]
    send_due()

    assert sink.recipients == [email.to_address for email in [*crowd[:3], *elsewhere]]
    for email in crowd[3:]:
        email.refresh_from_db()
        assert (email.state, email.attempts) == (State.PENDING, 0)
        wait = email.next_try_at - timezone.now()
        assert timedelta(seconds=55) < wait <= timedelta(seconds=60)


def test_goes_on_after_a_minute(settings: Any) -> None:
    settings.MAIL_MOST_PER_MINUTE_AND_DOMAIN = 2
    turns = [pace.take_turn("a@campus.example") for _ in range(3)]
    assert turns == [True, True, False]
    let_a_minute_pass()
    turns = [pace.take_turn("b@CAMPUS.example") for _ in range(3)]
    assert turns == [True, True, False]


@given(st.lists(st.integers(0, 100), min_size=1, max_size=40), st.integers(1, 5))
def test_the_rule_keeps_every_minute_below_the_limit(pauses: list[int], most: int) -> None:
    """The rule of `take_turn` in plain steps: rest for a minute after so many in a row."""
    now, taken, last, allowed = 0, 0, 0, []
    for pause in pauses:
        now += pause
        if taken < most or now - last >= 60:
            taken = taken + 1 if taken < most else 1
            last = now
            allowed.append(now)
    for start in allowed:
        assert sum(start <= moment < start + 60 for moment in allowed) <= most
