from apps.outcomes.models.destination import ARRIVED, SEEKING, FirstDestination, Outcome, Source
from apps.outcomes.models.offer import (
    Kind,
    NoOfferConfirmation,
    Offer,
    Status,
    StatusChange,
)

__all__ = [
    "ARRIVED",
    "SEEKING",
    "FirstDestination",
    "Kind",
    "NoOfferConfirmation",
    "Offer",
    "Outcome",
    "Source",
    "Status",
    "StatusChange",
]
