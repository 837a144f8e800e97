from apps.mail.actions.addresses import lift, suppress
from apps.mail.actions.bounces import TakenIn, take_in
from apps.mail.actions.queueing import cancel_by_subject, queue, queue_rendered
from apps.mail.actions.wishes import accept, refuse

__all__ = [
    "TakenIn",
    "accept",
    "cancel_by_subject",
    "lift",
    "queue",
    "queue_rendered",
    "refuse",
    "suppress",
    "take_in",
]
