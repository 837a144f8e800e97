import time

from celery import shared_task
from django.utils import timezone

from apps.reminders import actions, planner

RUN_SECONDS = 45
"""Less than the minute until the next tick, which goes on with whoever is left."""


@shared_task
def queue_meeting_reminders() -> None:
    """Ask which conversations are near by now; a missed tick only delays the answer."""
    actions.queue_meeting_reminders(now=timezone.now())


@shared_task
def queue_lists() -> None:
    """Ask whose hour has come; any number of these may run at once."""
    until = time.monotonic() + RUN_SECONDS
    planner.look_around(now=timezone.now(), should_stop=lambda: time.monotonic() > until)
