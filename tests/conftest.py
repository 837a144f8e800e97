"""What every test may ask for: the frozen moment, people of each role, and signed-in clients.

`ana` is a student in `counselor`'s cohort, `ben` in `other_counselor`'s, both of the same term.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.core.cache import caches
from django.db import connection
from django.db.models.expressions import OrderBy
from django.db.models.functions import Random
from django.db.models.sql.compiler import SQLCompiler
from django.test import Client
from pytest_django import DjangoDbBlocker

from apps.accounts.models import User
from apps.students.models import Cohort, Student, Term
from tests.accounts.factories import UserFactory
from tests.clock import NOW
from tests.students.factories import (
    CohortFactory,
    EnrolmentFactory,
    StudentFactory,
    TermFactory,
)


@pytest.fixture(scope="session", autouse=True)
def _shuffle_what_has_no_order() -> Iterator[None]:
    """Answer a query that asks for no order in random order, as PostgreSQL is free to do."""
    original = SQLCompiler._order_by_pairs

    def order_by_pairs(compiler: SQLCompiler) -> Iterator[tuple[Any, bool]]:
        pairs = list(original(compiler))
        query = compiler.query
        if not pairs and not (query.distinct or query.combinator or query.subquery):
            pairs = [(OrderBy(Random()), False)]
        yield from pairs

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SQLCompiler, "_order_by_pairs", order_by_pairs)
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Keep autovacuum away from the test database.

    What tests roll back looks to it like tables without rows. PostgreSQL would then plan for none,
    and a test with a whole semester in its tables could take minutes.
    """
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'ALTER TABLE "{table}" SET (autovacuum_enabled = off)')


@pytest.fixture(autouse=True)
def _forget_how_often_somebody_tried() -> None:
    for cache in caches.all():
        cache.clear()


@pytest.fixture
def now() -> Iterator[datetime]:
    """Freeze the process clock at NOW (the database's own clock runs on)."""
    with time_machine.travel(NOW, tick=False):
        yield NOW


@pytest.fixture
def sign_in(db: None, now: datetime) -> Callable[[User], Client]:
    """Return a function that gives a client in which the user has signed in."""

    def client_of(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return client_of


@pytest.fixture
def counselor(db: None) -> User:
    return UserFactory(counselor=True)


@pytest.fixture
def other_counselor(db: None) -> User:
    return UserFactory(counselor=True)


@pytest.fixture
def administrator(db: None) -> User:
    return UserFactory(administrator=True)


@pytest.fixture
def term(db: None) -> Term:
    return TermFactory()


@pytest.fixture
def cohort(term: Term, counselor: User) -> Cohort:
    return CohortFactory(term=term, counselors=[counselor])


@pytest.fixture
def other_cohort(term: Term, other_counselor: User) -> Cohort:
    return CohortFactory(term=term, counselors=[other_counselor])


@pytest.fixture
def ana(cohort: Cohort) -> Student:
    return EnrolmentFactory(cohort=cohort, student=StudentFactory(with_account=True)).student


@pytest.fixture
def ben(other_cohort: Cohort) -> Student:
    return EnrolmentFactory(cohort=other_cohort, student=StudentFactory(with_account=True)).student


@pytest.fixture
def ana_client(sign_in: Callable[[User], Client], ana: Student) -> Client:
    assert ana.user
    return sign_in(ana.user)


@pytest.fixture
def ben_client(sign_in: Callable[[User], Client], ben: Student) -> Client:
    assert ben.user
    return sign_in(ben.user)


@pytest.fixture
def counselor_client(sign_in: Callable[[User], Client], counselor: User) -> Client:
    return sign_in(counselor)


@pytest.fixture
def other_counselor_client(sign_in: Callable[[User], Client], other_counselor: User) -> Client:
    return sign_in(other_counselor)


@pytest.fixture
def administrator_client(sign_in: Callable[[User], Client], administrator: User) -> Client:
    return sign_in(administrator)
