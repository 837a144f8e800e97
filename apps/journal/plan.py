"""The planner on a student's progress page: how many more by when, and what that means a week."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms

from apps.journal.pace import Pace
from apps.students.pace import Week, weekly_targets


class PlanForm(forms.Form):
    """So many more conversations by a day: what each week asks for. It saves nothing.

    It begins with what the pace of the term leaves to hold, or with one a week for half a year.
    """

    FURTHEST = timedelta(days=3 * 366)
    HALF_A_YEAR = timedelta(days=26 * 7 - 1)

    goal = forms.IntegerField(label="Conversations still to hold", min_value=1, max_value=400)
    by = forms.DateField(
        label="By", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, pace: Pace | None, today: date
    ) -> None:
        has_rest = pace is not None and pace.held < pace.goal and today <= pace.ends_on
        rest = (pace.goal - pace.held, pace.ends_on) if pace and has_rest else None
        goal, by = rest or (26, today + self.HALF_A_YEAR)
        super().__init__(data, initial={"goal": goal, "by": by}, auto_id="plan-%s")
        self.today = today
        self.days_off = pace.days_off if pace else ()

    def clean_by(self) -> date:
        by: date = self.cleaned_data["by"]
        if not self.today <= by <= self.today + self.FURTHEST:
            raise forms.ValidationError("Choose a day to come, within three years.")
        return by

    @property
    def weeks(self) -> list[Week]:
        """The weeks of the plan; of the one it begins with as long as nothing was asked."""
        if self.is_bound and not self.is_valid():
            return []
        said = self.cleaned_data if self.is_bound else self.initial
        return weekly_targets(
            left=said["goal"], since=self.today, by=said["by"], days_off=self.days_off
        )
