from apps.mail.models.outgoing import (
    MOST_COPIES,
    SIGN_IN,
    UNFINISHED,
    OutgoingEmail,
    OutgoingEmailQuerySet,
    Reason,
    State,
    after,
)
from apps.mail.models.pace import DomainPace
from apps.mail.models.refusal import Refusal
from apps.mail.models.sending_pause import SendingPause
from apps.mail.models.suppression import (
    SOFT_BOUNCES,
    SOFT_PERIOD,
    Bounce,
    Severity,
    StopReason,
    Suppression,
    lower,
    unreachable,
)
from apps.mail.models.tick import Tick, TickSource

__all__ = [
    "MOST_COPIES",
    "SIGN_IN",
    "SOFT_BOUNCES",
    "SOFT_PERIOD",
    "UNFINISHED",
    "Bounce",
    "DomainPace",
    "OutgoingEmail",
    "OutgoingEmailQuerySet",
    "Reason",
    "Refusal",
    "SendingPause",
    "Severity",
    "State",
    "StopReason",
    "Suppression",
    "Tick",
    "TickSource",
    "after",
    "lower",
    "unreachable",
]
