"""The product as the chaos run has it: short patience, quick ticks, and nothing else to do."""

import os

from careerhub.settings import *  # noqa: F403

EMAIL_TIMEOUT = 3
MAIL_ANSWER_SECONDS = 3
MAIL_LEASE_SECONDS = 25

_OURS = {
    "send due mail": 1.0,
    "note that the ticks arrive": 5.0,
    "queue meeting reminders": 10.0,
    # The longer a run, the longer planners plan; more of them at once would leave no worker free.
    "queue lists of next steps": float(os.environ["CHAOS_SECONDS_BETWEEN_LOOKS"]),
}
CELERY_BEAT_SCHEDULE = {
    name: {**CELERY_BEAT_SCHEDULE[name], "schedule": seconds}  # noqa: F405
    for name, seconds in _OURS.items()
}
CELERY_WORKER_CONCURRENCY = 2
CELERY_BEAT_MAX_LOOP_INTERVAL = 1
