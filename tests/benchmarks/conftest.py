"""Prints what every benchmark found at the end, and keeps it as JSON."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

from tests.benchmarks import verdicts
from tests.benchmarks.programme import programme

OfSize = Callable[[int], AbstractContextManager[None]]


@pytest.fixture
def of_size(transactional_db: None) -> OfSize:
    """Return what turns the connection to a programme of so many students, for a while."""

    @contextmanager
    def of_size(students: int) -> Iterator[None]:
        with programme(students):
            yield

    return of_size


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not verdicts.VERDICTS and not verdicts.NOT_MEASURED:
        return
    terminalreporter.section("how many times its reference each takes")
    for line in verdicts.table():
        terminalreporter.write_line(line)
    verdicts.write()
    terminalreporter.write_line(f"All of it, with the machine and the versions: {verdicts.FILE}")
