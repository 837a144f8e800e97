from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import dateformat

from apps.accounts.roles import Role
from apps.common.forms import LongSelect
from apps.common.localtime import zone_names
from apps.mail.models import Refusal
from apps.reminders.actions import choose
from apps.reminders.kinds import STUDENT_DIGEST, kinds_for
from apps.reminders.models import MOST_A_WEEK, Digest, Preference

DAYS = [(1, "Mon"), (2, "Tue"), (3, "Wed"), (4, "Thu"), (5, "Fri"), (6, "Sat"), (7, "Sun")]
HOURS = [(hour, dateformat.time_format(time(hour), "g:i A").lower()) for hour in range(24)]


def _hour(label: str, **attributes: str) -> forms.TypedChoiceField:
    attrs = {"class": "form-select", **attributes}
    return forms.TypedChoiceField(
        label=label, choices=HOURS, coerce=int, widget=forms.Select(attrs=attrs)
    )


class PreferenceForm(forms.ModelForm):
    """When reminders come, and of which kinds. The list's kind is left to "how often"."""

    hour = _hour("Hour", **{"aria-describedby": "hour_help"})
    time_zone = forms.ChoiceField(
        label="Time zone",
        required=False,
        widget=LongSelect(attrs={"class": "form-select", "aria-label": "Time zone"}),
        choices=lambda: [
            ("", "The career center's own"),
            *((name, name.replace("_", " ")) for name in zone_names()),
        ],
    )
    digest = forms.ChoiceField(label="How often", choices=Digest, widget=forms.RadioSelect)
    quiet_from = _hour("Quiet from", **{"aria-label": "Quiet from"})
    quiet_until = _hour("Quiet until", **{"aria-label": "Quiet until"})
    days = forms.TypedMultipleChoiceField(
        label="Days",
        choices=DAYS,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one day."},
    )
    weekly_cap = forms.TypedChoiceField(
        label="Weekly cap",
        choices=[(n, n) for n in range(1, MOST_A_WEEK + 1)],
        coerce=int,
        widget=forms.Select(attrs={"class": "form-select", "aria-describedby": "cap_help"}),
    )
    kinds = forms.MultipleChoiceField(
        label="What", required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Preference
        fields = ["hour", "digest", "quiet_from", "quiet_until", "days", "weekly_cap"]

    def __init__(self, data: Any = None, *, instance: Preference) -> None:
        super().__init__(data, instance=instance)
        user = instance.user
        refused = set(Refusal.objects.filter(user=user).values_list("kind", flat=True))
        self.offered = [kind for kind in kinds_for(user) if kind.name != STUDENT_DIGEST]
        self.fields["kinds"].choices = [(kind.name, kind.label) for kind in self.offered]  # type: ignore[attr-defined]
        self.initial["kinds"] = [kind.name for kind in self.offered if kind.name not in refused]
        self.initial["time_zone"] = user.time_zone
        if STUDENT_DIGEST in refused:
            self.initial["digest"] = Digest.NONE
        if not user.has_role(Role.STUDENT):
            del self.fields["digest"]

    def kind_rows(self) -> list[tuple[forms.boundfield.BoundWidget, str]]:
        """Return the box of each kind with the sentence that says why its mails come."""
        return list(zip(self["kinds"], (kind.why for kind in self.offered), strict=True))

    def choose(self, now: datetime) -> None:
        """Save all of it."""
        wanted = self.cleaned_data["kinds"]
        refused = {kind.name for kind in self.offered if kind.name not in wanted}
        if self.cleaned_data.get("digest") == Digest.NONE:
            refused.add(STUDENT_DIGEST)
        choose(
            preference=self.save(commit=False),
            time_zone=self.cleaned_data["time_zone"],
            refused=refused,
            now=now,
        )
