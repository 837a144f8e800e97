"""Rows of day and hour in a form, typed on the student's clock or on the contact's."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import cast

from crispy_forms.layout import Div
from django import forms

from apps.meetings.clocks import Clock, Clocks, NoSuchHour

FAR = timedelta(days=2 * 365)
"""How far from today a day may lie. What is farther is a slip of the finger in the year."""


class Times:
    """The fields of so many rows, put into a form, and what was typed into them.

    Which clock was meant is asked only where the contact is known to have another one.
    """

    def __init__(
        self, form: forms.BaseForm, clocks: Clocks, *, rows: int, now: datetime, first: str = ""
    ) -> None:
        self.form = form
        self.clocks = clocks
        self.now = now
        self.rows = range(1, rows + 1)
        if clocks.theirs:
            form.fields["clock"] = forms.ChoiceField(
                label="Whose clock do you read these on?",
                choices=[
                    ("own", f"Mine ({clocks.own.place})"),
                    ("theirs", f"Theirs ({clocks.theirs.place})"),
                ],
                initial="own",
                required=False,
                widget=forms.RadioSelect,
            )
        for row in self.rows:
            number = f" {row}" if row > 1 else ""
            form.fields[f"day_{row}"] = forms.DateField(
                label=f"Day{number}",
                required=False,
                widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            )
            form.fields[f"hour_{row}"] = forms.TimeField(
                label=f"Time{number}",
                required=False,
                widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            )

    def begin_with(self, moment: datetime) -> None:
        """Fill the first row in beforehand, on the student's clock."""
        wall = moment.astimezone(self.clocks.own.zone)
        self.form.initial.update(day_1=wall.date(), hour_1=wall.time())

    def drawn(self, rows: Sequence[int]) -> list[Div]:
        return [Div(f"day_{row}", f"hour_{row}", css_class="ch-day-hour") for row in rows]

    @property
    def asks_for_clock(self) -> list[str]:
        return ["clock"] if "clock" in self.form.fields else []

    @property
    def typed_on(self) -> Clock:
        is_theirs = self.form.cleaned_data.get("clock") == "theirs"
        return cast(Clock, self.clocks.theirs) if is_theirs else self.clocks.own

    def read(self, rows: Sequence[int], *, are_ahead: bool = False) -> list[datetime]:
        """Return the moments in UTC; what cannot be is said of its field.

        One row has to be filled in. With `are_ahead`, no moment may have passed.
        """
        said = self.form.cleaned_data
        moments = []
        for row in rows:
            day, hour = said.get(f"day_{row}"), said.get(f"hour_{row}")
            if day and hour:
                moments.append(self._moment(row, day, hour, are_ahead))
            elif (day or hour) and not self._has_errors(row):
                self._say(f"hour_{row}" if day else f"day_{row}", "Say both, the day and the time.")
        if not moments and not any(map(self._has_errors, rows)):
            self._say("day_1", "Say on which day, and at what time.")
        return [moment for moment in moments if moment]

    def _moment(self, row: int, day: date, hour: time, is_ahead: bool) -> datetime | None:
        today = self.now.date()
        if not today - FAR <= day <= today + FAR:
            self._say(f"day_{row}", "Please look at the year again.")
            return None
        try:
            moment = self.typed_on.moment(day, hour)
        except NoSuchHour as reason:
            self._say(f"hour_{row}", str(reason))
            return None
        if is_ahead and moment <= self.now:
            self._say(f"hour_{row}", "This time has passed already. Propose one that is to come.")
            return None
        return moment

    def _say(self, field: str, words: str) -> None:
        self.form.add_error(field, words)

    def _has_errors(self, row: int) -> bool:
        return any(f"{name}_{row}" in self.form.errors for name in ("day", "hour"))
