"""Guard: tests meet neither the network, nor an order nobody asked for, nor an unheard warning."""

import socket
import warnings

import pytest

from apps.students.models import Student
from tests.students.factories import StudentFactory


def test_no_other_machine_is_in_reach() -> None:
    with pytest.raises((RuntimeError, UserWarning), match=r"192\.0\.2\.1"):
        socket.create_connection(("192.0.2.1", 443), timeout=1)


def test_a_warning_is_an_error() -> None:
    with pytest.raises(DeprecationWarning):
        warnings.warn("old", DeprecationWarning, stacklevel=1)


@pytest.mark.django_db
def test_rows_without_an_order_come_in_any() -> None:
    StudentFactory.create_batch(5)
    orders = {tuple(Student.objects.values_list("pk", flat=True)) for _ in range(20)}
    assert len(orders) > 1
    assert len({tuple(Student.objects.by_name().values_list("pk")) for _ in range(20)}) == 1
