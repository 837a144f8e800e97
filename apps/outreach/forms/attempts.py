from collections.abc import Mapping
from datetime import datetime
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Submit
from django import forms

from apps.outreach.forms.moments import day_field, hour_field, past_moment
from apps.outreach.models import Channel, Reply
from apps.outreach.protection import Advice
from apps.students.models import Student

Data = Mapping[str, Any] | None

LONGEST_REASON = 300


class AttemptForm(forms.Form):
    """A note or a call of the student's, on their own clock, and what came back.

    Where it is better to wait, it asks for a reason as well.
    """

    channel = forms.TypedChoiceField(
        label="How", choices=Channel.choices, coerce=Channel, widget=forms.RadioSelect
    )
    sent_on = day_field()
    sent_time = hour_field()
    reply = forms.TypedChoiceField(
        label="What came back",
        choices=[("", "Nothing yet"), *Reply.choices],
        coerce=Reply,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="Your reason to write all the same",
        help_text="Your counselor will see it, with this person's name.",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self, data: Data = None, *, student: Student, advice: Advice, now: datetime
    ) -> None:
        local = now.astimezone(student.zone)
        initial = {
            "channel": Channel.EMAIL,
            "sent_on": local.date(),
            "sent_time": local.time(),
            "reply": "",
        }
        super().__init__(data, initial=initial)
        self.student = student
        self.now = now
        words = "Keep it"
        if advice.is_allowed:
            del self.fields["reason"]
        else:
            words = "Keep it, and tell my counselor"
        self.helper = FormHelper()
        self.helper.layout = self.helper.build_default_layout(self)
        self.helper.layout.fields[1:3] = [Div("sent_on", "sent_time", css_class="ch-pair")]
        self.helper.add_input(Submit("save", words))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        cleaned["sent_at"] = past_moment(
            self, "sent_on", "sent_time", student=self.student, now=self.now
        )
        return cleaned
