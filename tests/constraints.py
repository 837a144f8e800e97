from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection, transaction


@contextmanager
def refused_by(constraint: str) -> Iterator[None]:
    """Expect PostgreSQL to refuse what happens inside, in the name of this constraint."""
    with pytest.raises(IntegrityError, match=f'"{constraint}"'), _checked_at_the_end():
        yield


@contextmanager
def _checked_at_the_end() -> Iterator[None]:
    """Have the constraints checked that wait for a commit, which a test never reaches."""
    with transaction.atomic():
        yield
        connection.check_constraints()
