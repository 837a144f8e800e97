"""Reading a draft of 200 words takes less than an empty page does."""

import time
from collections.abc import Callable

import pytest
from django.test import Client

from apps.accounts.models import User
from apps.outreach.tone import check
from apps.students.models import Student
from tests.benchmarks.bare_page import as_in_production, cost
from tests.benchmarks.verdicts import Verdict, add
from tests.outreach.tone.samples import RECONNECT

__all__ = ["as_in_production"]

ROUNDS = 30


@pytest.mark.usefixtures("as_in_production")
def test_a_draft_is_read_in_less_than_an_empty_page(
    ana: Student,
    sign_in: Callable[[User], Client],
) -> None:
    """In processor time, the best of many rounds of each."""
    assert ana.user
    client = sign_in(ana.user)
    cost(client, "/bare/")
    check(RECONNECT)
    empty = [cost(client, "/bare/")[0] / 1000 for _ in range(ROUNDS)]
    read = [_reading() for _ in range(ROUNDS)]
    times = min(read) / min(empty)
    verdict = Verdict(
        "reading a draft of 197 words", "a bare page", 1, times, 1, False, read, empty
    )
    assert add(verdict).is_reached


def _reading() -> float:
    """Return seconds."""
    begun = time.process_time()
    check(RECONNECT)
    return time.process_time() - begun
