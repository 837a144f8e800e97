import pytest

from apps.accounts.models import User
from apps.students.models import Cohort, Student
from tests.guards.pages import World, make_pages, make_people


@pytest.fixture
def world(
    now: object, ana: Student, ben: Student, cohort: Cohort, counselor: User, other_counselor: User
) -> World:
    people = make_people(
        ana=ana, ben=ben, cohort=cohort, counselor=counselor, other_counselor=other_counselor
    )
    return World(make_pages(ana=ana, cohort=cohort), people)
