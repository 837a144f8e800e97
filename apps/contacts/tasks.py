from celery import shared_task
from django.utils import timezone

from apps.contacts.actions import imports


@shared_task
def work_on_waiting_contact_imports() -> None:
    """Check or save one file of contacts. The schedule comes back for the next."""
    now = timezone.now()
    imports.forget_undecided(now=now)
    batch = imports.claim_import()
    if batch is not None:
        imports.work_on_import(batch=batch, now=now)
