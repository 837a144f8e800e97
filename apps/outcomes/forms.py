from datetime import date
from typing import Any

from django import forms

from apps.outcomes.models import Offer, Status

ENDINGS = [
    (Status.DECLINED, "I declined it"),
    (Status.RESCINDED, "They took it back"),
    (Status.OPEN, "It is still open"),
]
"""The buttons beside the one that accepts, which has a day of its own."""


class OfferEndingForm(forms.Form):
    """How an offer ended: `status` is the button pressed, the day is read for an accepted one."""

    status = forms.ChoiceField(
        choices=Status, error_messages={"required": "Press one of the buttons."}
    )
    accepted_on = forms.DateField(
        label="You accepted on",
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d"),
    )

    def __init__(self, data: Any = None, *, offer: Offer, today: date) -> None:
        super().__init__(data, initial={"accepted_on": offer.accepted_on or today})
        self.offer, self.today = offer, today

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("status") != Status.ACCEPTED:
            told["accepted_on"] = None
        elif "accepted_on" in told:
            self._check(told["accepted_on"])
        return told

    def _check(self, day: date | None) -> None:
        if day is None:
            self.add_error("accepted_on", "Say on which day you accepted.")
        elif day > self.today:
            self.add_error("accepted_on", "This day is still to come.")
        elif day < self.offer.received_on:
            self.add_error("accepted_on", "The offer had not come yet on this day.")
