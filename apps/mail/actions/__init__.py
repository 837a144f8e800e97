from apps.mail.actions.addresses import lift, suppress
from apps.mail.actions.bounces import TakenIn, take_in
from apps.mail.actions.queueing import (
    Draft,
    cancel_by_subject,
    draft,
    queue,
    queue_many,
    queue_rendered,
)
from apps.mail.actions.wishes import accept, refuse

__all__ = [
    "Draft",
    "TakenIn",
    "accept",
    "cancel_by_subject",
    "draft",
    "lift",
    "queue",
    "queue_many",
    "queue_rendered",
    "refuse",
    "suppress",
    "take_in",
]
