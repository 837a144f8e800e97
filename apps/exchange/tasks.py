from celery import shared_task
from django.utils import timezone

from apps.exchange import actions


@shared_task
def work_on_waiting_imports() -> None:
    """Check or save one workbook. The schedule comes back for the next."""
    now = timezone.now()
    actions.discard_forgotten_imports(now=now)
    run = actions.claim_import()
    if run is not None:
        actions.work_on_import(run=run, now=now)
