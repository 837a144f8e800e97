from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms

from apps.students.models import Cohort, FollowUpPolicy

POLICY_WORDS = [
    (
        FollowUpPolicy.THREE_AND_SEVEN,
        "Three and seven: after three business days without a word try somebody else there as "
        "well, after seven write again",
    ),
    (FollowUpPolicy.ONE_WEEK, "One week: at least a week between two notes"),
    (
        FollowUpPolicy.WEEKLY_FOR_A_MONTH,
        "Weekly for a month: one note a week, five in all at most",
    ),
]


def number(
    label: str, help_text: str, *, least: int, most: int, required: bool = True
) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, help_text=help_text, min_value=least, max_value=most, required=required
    )


class CohortSettingsForm(forms.ModelForm):
    """How a class goes about it, each setting with what it means for its students."""

    goal = number(
        "Conversations each student aims for",
        "Held by the end of the term. The pace on Today and on the board is measured against it.",
        least=1,
        most=200,
    )
    follow_up_policy = forms.TypedChoiceField(
        label="When nothing comes back",
        help_text="Days off are left out. Students are reminded once the day has come.",
        choices=POLICY_WORDS,
        coerce=FollowUpPolicy,
        widget=forms.RadioSelect,
    )
    most_attempts = number(
        "Notes to one person without an answer",
        "The first one included. After the last one the silence counts as an answer.",
        least=1,
        most=10,
    )
    most_asks_a_week = number(
        "New people asked in a week",
        "Who has asked as many in seven days is told to wait, and may give a reason not to.",
        least=1,
        most=100,
    )
    keep_in_touch_days = number(
        "Days until people hear from a student again",
        "Counted from the last time that something passed between the two. Ninety days is usual; "
        "a student may choose otherwise for a person or a tag.",
        least=7,
        most=730,
    )

    usual_minutes = number(
        "Minutes a conversation usually takes",
        "What stands in the form at first; each one may be longer or shorter. Empty: as in the "
        "whole programme.",
        least=5,
        most=480,
        required=False,
    )
    weekly_mail_cap = number(
        "Reminders a week at most",
        "For students who have chosen no number of their own. Nudges count too. Empty: as in the "
        "whole programme.",
        least=1,
        most=14,
        required=False,
    )

    class Meta:
        model = Cohort
        fields = [
            "goal",
            "follow_up_policy",
            "most_attempts",
            "most_asks_a_week",
            "calls_people_known_well",
            "keep_in_touch_days",
            "usual_minutes",
            "weekly_mail_cap",
            "wants_debriefs",
        ]
        labels = {
            "calls_people_known_well": "Suggest a call to people they know well",
            "wants_debriefs": "Read every finished debrief",
        }
        help_texts = {
            "calls_people_known_well": "Otherwise a note is suggested: it has no wrong hour, and "
            "it is easier to follow up.",
            "wants_debriefs": "Each is handed in by itself, which students are told before they "
            "write. What they keep private stays out.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.add_input(Submit("save", "Save"))


class HolidayForm(forms.Form):
    """One day off, or several in a row."""

    MOST_DAYS = 62
    PAST, FUTURE = timedelta(days=365), timedelta(days=3 * 366)

    name = forms.CharField(label="What it is", max_length=100)
    first = forms.DateField(
        label="On, or from", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last = forms.DateField(
        label="Up to and with",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, today: date) -> None:
        super().__init__(data)
        self.today = today
        self.helper = FormHelper()
        self.helper.add_input(Submit("save", "Add"))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first = cleaned.get("first")
        if first is None or "last" in self.errors:
            return cleaned
        last = cleaned["last"] = cleaned.get("last") or first
        if not self.today - self.PAST <= first <= self.today + self.FUTURE:
            self.add_error("first", "Please look at the year again.")
        elif last < first:
            self.add_error("last", "This is before the first day.")
        elif (last - first).days >= self.MOST_DAYS:
            self.add_error("last", f"At most {self.MOST_DAYS} days in a row.")
        return cleaned


class DaysForm(forms.Form):
    """Which days off to take away."""

    first = forms.DateField()
    last = forms.DateField()
