import os
from typing import Any

from celery import Celery
from celery.signals import before_task_publish, task_postrun, task_prerun, worker_init
from django.urls import get_resolver

from careerhub.requests import forget_the_task, hand_on_the_request, name_the_task

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerhub.settings")

app = Celery("careerhub")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

before_task_publish.connect(hand_on_the_request)
task_prerun.connect(name_the_task)
task_postrun.connect(forget_the_task)


@worker_init.connect
def load_what_links_lead_to(**kwargs: Any) -> None:
    """Import all pages before a worker forks its senders.

    Mails hold links, so each sender would else do that with its first mail, which takes seconds.
    """
    _ = get_resolver().url_patterns
