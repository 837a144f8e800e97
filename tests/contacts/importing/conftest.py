from collections.abc import Callable
from datetime import datetime

import pytest

from apps.contacts.actions.imports import import_at_once
from apps.contacts.importing.plan import Plan
from apps.contacts.models import ImportBatch
from apps.students.models import Student
from tests.clock import NOW

BringIn = Callable[..., tuple[ImportBatch | None, Plan]]


@pytest.fixture
def bring_in(ana: Student) -> BringIn:
    """Return a function that imports a file onto ana's list without asking."""

    def import_it(
        data: bytes, name: str = "Connections.csv", now: datetime = NOW
    ) -> tuple[ImportBatch | None, Plan]:
        return import_at_once(student=ana, name=name, data=data, now=now)

    return import_it
