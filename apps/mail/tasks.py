"""The Celery side of sending: a hint to look, and nothing that could be lost with the broker."""

import time

from celery import shared_task

from apps.mail.delivery import send_due
from apps.mail.limits import slowest_try_seconds
from apps.mail.models import TickSource
from apps.mail.ticks import note_tick

# Short, so that a worker asked to stop soon can. What is left over waits for the next tick.
RUN_SECONDS = 20
LONGEST_RUN = RUN_SECONDS + int(slowest_try_seconds())


@shared_task(
    name="apps.mail.tasks.send_due_mail",
    acks_late=True,
    ignore_result=True,
    soft_time_limit=LONGEST_RUN,
    time_limit=LONGEST_RUN + 30,
)
def send_due_mail() -> None:
    """Send what is due. Any number of these may run at once, and each may be lost."""
    until = time.monotonic() + RUN_SECONDS
    send_due(should_stop=lambda: time.monotonic() > until)


@shared_task(name="apps.mail.tasks.note_beat", ignore_result=True)
def note_beat() -> None:
    """Show that a tick comes all the way: from beat through the broker to a worker."""
    note_tick(TickSource.BEAT)
