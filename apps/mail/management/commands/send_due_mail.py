import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import structlog
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections

from apps.mail.delivery import send_due
from apps.mail.models import TickSource
from apps.mail.ticks import note_tick

log = structlog.get_logger(__name__)

SECONDS_BETWEEN_RUNS = 5


class Command(BaseCommand):
    help = "Send the mail that is due. Needs no broker, and may run beside the workers."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--loop", action="store_true", help="go on until told to stop")

    def handle(self, *, loop: bool, **options: Any) -> None:
        with told_to_stop() as stop:
            if not loop:
                send_due(should_stop=stop.is_set)
            while loop and not stop.is_set():
                try:
                    note_tick(TickSource.LOOP)
                    send_due(should_stop=stop.is_set)
                except DatabaseError as error:
                    log.error("mail.database_unavailable", error=type(error).__name__)
                close_old_connections()
                stop.wait(SECONDS_BETWEEN_RUNS)


@contextmanager
def told_to_stop() -> Iterator[threading.Event]:
    """Yield what SIGTERM and SIGINT set, so that a mail in mid-sending is finished first."""
    stop = threading.Event()
    signals = (signal.SIGTERM, signal.SIGINT)
    before = {number: signal.signal(number, lambda *_: stop.set()) for number in signals}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
