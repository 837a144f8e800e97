import pytest

from apps.accounts.models import User
from apps.students.models import Cohort, Student
from tests.guards.pages import World, make_world


@pytest.fixture
def world(
    now: object, ana: Student, ben: Student, cohort: Cohort, counselor: User, other_counselor: User
) -> World:
    return make_world(
        ana=ana, ben=ben, cohort=cohort, counselor=counselor, other_counselor=other_counselor
    )
