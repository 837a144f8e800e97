"""Pages about one student or one class cost the same however many others there are."""

import pytest
import time_machine
from django.test import Client

from apps.accounts.models import User
from apps.students.models import Student, Term
from tests.benchmarks.bare_page import as_in_production, cost
from tests.benchmarks.conftest import OfSize
from tests.benchmarks.programme import NOW, STUDENTS
from tests.benchmarks.verdicts import Verdict, add

__all__ = ["as_in_production"]

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

SMALL = 10_000 if STUDENTS > 10_000 else 100
GOAL = 1.3
ROUNDS = 30
OF_STUDENT = "/today/", "/contacts/", "/network/", "/campaign/"


def student_client() -> Client:
    """Return the client of somebody in the running term with a usual number of meetings."""
    term = Term.objects.order_by("-starts_on")[0]
    student = Student.objects.filter(enrolments__cohort__term=term).order_by("pk")[2]
    client = Client()
    assert student.user
    client.force_login(student.user)
    return client


def class_page() -> tuple[Client, str]:
    term = Term.objects.order_by("-starts_on")[0]
    user, _ = User.objects.get_or_create(
        email="admin@college.example", defaults={"roles": ["administrator"], "full_name": "Ada"}
    )
    client = Client()
    client.force_login(user)
    return client, f"/classes/{term.cohorts.order_by('pk')[0].pk}/"


def best(client: Client, url: str) -> float:
    for _ in range(3):
        cost(client, url)
    return min(cost(client, url)[1] for _ in range(ROUNDS))


def costs() -> dict[str, float]:
    """Return the milliseconds of processor of each page, Python and PostgreSQL together."""
    client = student_client()
    found = {url: best(client, url) for url in OF_STUDENT}
    if SMALL >= 10_000:  # in a programme of 100 students a class has six
        client, url = class_page()
        found["class board"] = best(client, url)
    return found


@pytest.mark.usefixtures("as_in_production")
def test_pages_cost_no_more_among_many(of_size: OfSize) -> None:
    with time_machine.travel(NOW, tick=True):
        with of_size(SMALL):
            small = costs()
        with of_size(STUDENTS):
            large = costs()
    for page, most in large.items():
        times = most / small[page]
        add(Verdict(f"{page}, processor", f"itself at {SMALL}", GOAL, times, STUDENTS))
