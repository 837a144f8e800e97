from celery import shared_task
from django.utils import timezone

from apps.reminders import actions


@shared_task
def queue_meeting_reminders() -> None:
    """Ask which conversations are tomorrow by now; a missed tick only delays the answer."""
    actions.queue_meeting_reminders(now=timezone.now())
