from celery import shared_task
from django.utils import timezone

from apps.outcomes.actions import queue_close_outs


@shared_task
def ask_what_terms_brought() -> None:
    """Ask who has not said it yet; a missed tick only delays the question."""
    queue_close_outs(now=timezone.now())
