"""Several people at one class list at the same moment, each with a connection of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from apps.accounts.models import Invitation
from apps.students.actions.invitations import invite_students
from apps.students.actions.roster import PlanHasChanged, confirm_roster, undo_roster
from apps.students.models import Student
from apps.students.roster.saving import Decisions
from tests.accounts.factories import UserFactory
from tests.clock import NOW
from tests.students.factories import CohortFactory
from tests.students.roster_files import csv, hundred
from tests.students.roster_imports import bring_in, read_in

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Start all of them together, and return what each answered or raised."""
    barrier = Barrier(len(works))

    def run(work: Callable[[], Any]) -> Any:
        barrier.wait()
        try:
            return work()
        except PlanHasChanged as changed:
            return changed
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


@pytest.fixture
def administrator():
    return UserFactory(administrator=True)


def confirming(roster, plan, by):
    return lambda: confirm_roster(
        roster=roster, shown=plan.digest(), decisions=Decisions(), by=by, now=NOW
    )


def test_one_yes_is_carried_out_once(administrator):
    roster, plan = read_in(CohortFactory(), hundred(), administrator)
    answers = at_once(*[confirming(roster, plan, administrator)] * 3)
    assert [answer["new"] for answer in answers if answer] == [100]
    assert Student.objects.count() == 100


def test_the_second_list_of_the_same_people_is_looked_at_again(administrator):
    lists = [read_in(CohortFactory(), hundred(), administrator) for _ in range(2)]
    answers = at_once(*[confirming(roster, plan, administrator) for roster, plan in lists])
    assert sorted(type(answer).__name__ for answer in answers) == ["PlanHasChanged", "dict"]
    assert Student.objects.count() == 100


def test_a_list_is_undone_once(administrator):
    roster = bring_in(CohortFactory(), hundred(), administrator)
    answers = at_once(*[lambda: undo_roster(roster=roster, now=NOW)] * 3)
    assert [answer.removed for answer in answers if answer] == [100]


def test_two_presses_invite_once(administrator):
    cohort = CohortFactory()
    bring_in(cohort, csv("ID,Name,Email", "1,Ada Ray,ada@x.example"), administrator)

    def press() -> Any:
        return invite_students(cohort=cohort, only=None, by=administrator, now=NOW)

    answers = at_once(press, press, press)
    assert sorted(answer.sent for answer in answers) == [0, 0, 1]
    assert Invitation.objects.count() == 1
