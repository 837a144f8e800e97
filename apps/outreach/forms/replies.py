from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms

from apps.outreach.models import Reply

Data = Mapping[str, Any] | None

NO_ROLE = "no_role"
NOTHING = "nothing"
BUTTONS = [
    (Reply.YES.value, "Yes"),
    (NO_ROLE, "No role, but happy to talk"),
    (Reply.LATER.value, "Later"),
    (Reply.NO.value, "No"),
    (NOTHING, "Nothing yet"),
]
FURTHEST = timedelta(days=730)


class ReplyForm(forms.Form):
    """What the contact answered: the value of the button that was pressed.

    `ask_again_on` is for "later" and may stay empty; with any other button it is void.
    """

    reply = forms.ChoiceField(
        choices=BUTTONS,
        error_messages={
            "required": "Say what they answered: yes, later or no.",
            "invalid_choice": "Say what they answered: yes, later or no.",
        },
    )
    ask_again_on = forms.DateField(
        label="Ask again on",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data: Data = None, *, today: date, **options: Any) -> None:
        super().__init__(data, **options)
        self.today = today

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        day, is_later = cleaned.get("ask_again_on"), cleaned.get("reply") == Reply.LATER
        if not is_later:
            self.errors.pop("ask_again_on", None)
        elif day and not self.today < day <= self.today + FURTHEST:
            self.add_error("ask_again_on", "Choose a day to come, in the next two years.")
        return cleaned

    @property
    def took_back(self) -> bool:
        return bool(self.cleaned_data["reply"] == NOTHING)

    def answer(self) -> dict[str, Any]:
        """Return the answer in the words of `record_reply`."""
        pressed = self.cleaned_data["reply"]
        return {
            "reply": Reply.YES if pressed == NO_ROLE else Reply(pressed),
            "has_no_role": pressed == NO_ROLE,
            "ask_again_on": self.cleaned_data.get("ask_again_on"),
        }
