"""A student's Today takes little more than an empty page."""

from collections.abc import Callable

import pytest
from django.test import Client

from apps.accounts.models import User
from apps.students.models import Student
from tests.benchmarks.bare_page import Compare, as_in_production, compare
from tests.benchmarks.histories import History, all_unanswered, busy_year, fill

__all__ = ["as_in_production", "compare"]


@pytest.mark.parametrize(
    ("contacts", "history", "allowed"),
    [
        (500, busy_year, (3.5, 4.5)),
        (5_000, busy_year, (3.5, 4.5)),
        (5_000, all_unanswered, (3.5, 5)),
    ],
    ids=["500", "5000", "5000, nobody answers"],
)
@pytest.mark.usefixtures("as_in_production")
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_today_takes_at_most_so_many_empty_pages(
    ana: Student,
    sign_in: Callable[[User], Client],
    compare: Compare,
    contacts: int,
    history: History,
    allowed: tuple[float, float],
) -> None:
    fill(ana, contacts=contacts, history=history)
    assert ana.user
    compare(sign_in(ana.user), "/today/", allowed)
