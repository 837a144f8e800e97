from datetime import datetime
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from apps.meetings.clocks import Clock, NoSuchHour
from apps.meetings.models import Meeting


class ThankedForm(forms.Form):
    """When the thank-you went out, on the student's clock: now, unless they say otherwise."""

    sent_on = forms.DateField(
        label="On which day", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    sent_time = forms.TimeField(
        label="At what time", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )

    def __init__(self, data: Any = None, *, meeting: Meeting, now: datetime) -> None:
        self.clock = Clock(meeting.student.zone)
        local = now.astimezone(self.clock.zone)
        super().__init__(data, initial={"sent_on": local.date(), "sent_time": local.time()})
        self.meeting = meeting
        self.now = now
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("sent_on") and cleaned.get("sent_time"):
            cleaned["sent_at"] = self._moment(cleaned)
        return cleaned

    def _moment(self, cleaned: dict[str, Any]) -> datetime | None:
        local = self.now.astimezone(self.clock.zone)
        hour = cleaned["sent_time"]
        if (cleaned["sent_on"], hour.hour, hour.minute) == (local.date(), local.hour, local.minute):
            return self.now  # the clock shows minutes only, and an hour twice in autumn
        try:
            moment = self.clock.moment(cleaned["sent_on"], hour)
        except NoSuchHour as reason:
            self.add_error("sent_time", str(reason))
            return None
        if moment > self.now:
            self.add_error("sent_time", "This is still to come. Say it once the note is out.")
        elif moment < self.meeting.starts_at:
            self.add_error("sent_on", "This was before you talked. Please look at it again.")
        return moment
