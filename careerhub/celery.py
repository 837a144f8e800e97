import os
from typing import Any

from celery import Celery
from celery.signals import worker_init
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerhub.settings")

app = Celery("careerhub")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def load_what_links_lead_to(**kwargs: Any) -> None:
    """Import all pages before a worker forks its senders.

    Mails hold links, so each sender would else do that with its first mail, which takes seconds.
    """
    _ = get_resolver().url_patterns
