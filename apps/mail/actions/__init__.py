from apps.mail.actions.addresses import lift, suppress
from apps.mail.actions.bounces import TakenIn, take_in
from apps.mail.actions.pausing import pause_sending, resume_sending
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
    "pause_sending",
    "queue",
    "queue_many",
    "queue_rendered",
    "refuse",
    "resume_sending",
    "suppress",
    "take_in",
]
