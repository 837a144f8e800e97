"""The network of ten thousand introductions takes little more than its share of the time."""

import time
from collections.abc import Callable

import pytest
from django.test import Client

from apps.accounts.models import User
from tests.benchmarks.verdicts import Verdict, add
from tests.journal.trees import plant
from tests.students.factories import EnrolmentFactory, StudentFactory

FEW, MANY = 1_000, 10_000
ROUNDS = 3
MOST_TIMES = 15


@pytest.fixture
def client_of(sign_in: Callable[[User], Client], term: object) -> Callable[[int], Client]:
    """Return a function that gives a signed-in student with so many people on the tree."""

    def client(people: int) -> Client:
        student = EnrolmentFactory(student=StudentFactory(with_account=True)).student
        plant(student, people, each=3)
        return sign_in(student.user)

    return client


def quickest(client: Client) -> float:
    """Return the seconds of processor time of the best of some rounds."""
    rounds = []
    for _ in range(ROUNDS):
        before = time.process_time()
        assert client.get("/network/").status_code == 200
        rounds.append(time.process_time() - before)
    return min(rounds)


def test_ten_times_the_people_take_no_more_than_fifteen_times_as_long(
    client_of: Callable[[int], Client],
) -> None:
    few, many = client_of(FEW), client_of(MANY)
    few_seconds, many_seconds = quickest(few), quickest(many)
    verdict = Verdict(
        f"network of {MANY:,} people, processor",
        f"one of {FEW:,}",
        MOST_TIMES,
        many_seconds / few_seconds,
        1,
        seconds=[many_seconds],
        reference_seconds=[few_seconds],
    )
    assert add(verdict).is_reached
