"""What the debrief page asks: one form, and three tables of rows that grow as needed."""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Field

from apps.contacts.fingerprints import keys_of
from apps.contacts.models import Introduction
from apps.meetings.models import (
    RATINGS,
    Conclusion,
    Debrief,
    FindingKind,
    Promiser,
    ReferralAnswer,
    Skill,
    Story,
    Use,
)

MOST_ROWS = 30
AT_ONCE = (Introduction.NAME_ONLY, Introduction.MENTION)
"""Introductions that are made by saying so, on the day of the conversation."""

_SCALE = [(str(number), str(number)) for number in range(1, 6)]


class PlainForm(forms.Form):
    """A form whose fields look like ours where a template draws them by itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.update(autocomplete="off", **_look(field.widget))


def _look(widget: forms.Widget) -> dict[str, str]:
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple | forms.CheckboxInput):
        return {}
    return {"class": "form-select" if isinstance(widget, forms.Select) else "form-control"}


class UntoldField(forms.ModelChoiceField):
    """One of the stories that this person has not heard."""

    default_error_messages = {"invalid_choice": "They have heard this story. Choose another one."}

    def label_from_instance(self, story: Story) -> str:
        return story.title


class DebriefForm(forms.Form):
    """All that is asked once. Nothing is required for a draft."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    referral_answer = forms.ChoiceField(
        label="Did you ask who else to talk with?",
        choices=ReferralAnswer.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    heard = forms.CharField(
        label="One I heard",
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    told = UntoldField(
        Story.objects.none(), label="One I told", required=False, empty_label="None this time"
    )
    conclusion = forms.ChoiceField(
        label="Where it leaves you both",
        choices=Conclusion.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    skills = forms.MultipleChoiceField(
        label="Skills you practiced",
        choices=Skill.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    change_next_time = forms.CharField(
        label="One thing to change next time", max_length=300, required=False
    )

    def __init__(self, data: Any, *, initial: Mapping[str, Any], stories: Any) -> None:
        super().__init__(data, initial=dict(initial))
        cast(forms.ModelChoiceField, self.fields["told"]).queryset = stories
        for name in RATINGS:
            column = cast("Field[Any, Any]", Debrief._meta.get_field(name))
            self.fields[name] = forms.TypedChoiceField(
                label=str(column.verbose_name),
                choices=_SCALE,
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
            )
        for field in self.fields.values():
            field.widget.attrs.update(autocomplete="off")

    def details(self) -> dict[str, Any]:
        """Return what was said as fields of a debrief."""
        names = ("referral_answer", "conclusion", "skills", "change_next_time", *RATINGS)
        return {name: self.cleaned_data[name] for name in names}

    def clean_heard(self) -> str:
        return self.cleaned_data["heard"].strip()


class FindingRow(PlainForm):
    """One thing learned. Without a text there is none, whatever else the row says."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label="Kind of finding", choices=FindingKind.choices, required=False)
    text = forms.CharField(
        label="Finding",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    uses = forms.MultipleChoiceField(
        label="Use this in",
        choices=Use.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    is_private = forms.BooleanField(label="Only for me", required=False)
    has_chosen = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def fields_of_row(self) -> dict[str, Any] | None:
        said = self.cleaned_data
        if not said.get("text"):
            return None
        kind = said["kind"] or FindingKind.SKILL_NEEDED
        # A page without scripts cannot tick the box as an opening is chosen, so a new one is
        # private whatever the box says; once it is there, the box is the student's word.
        is_private = said["is_private"] or (
            kind == FindingKind.POSSIBLE_OPENING and not said["pk"] and not said["has_chosen"]
        )
        return {
            "pk": said["pk"],
            "kind": kind,
            "text": said["text"],
            "uses": said["uses"],
            "is_private": is_private,
        }


class CommitmentRow(PlainForm):
    """A promise: by whom, what, and by when if that was said."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    promised_by = forms.ChoiceField(label="Who", choices=Promiser.choices, required=False)
    what = forms.CharField(label="What", max_length=300, required=False)
    due_on = forms.DateField(
        label="By",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def fields_of_row(self) -> dict[str, Any] | None:
        said = self.cleaned_data
        if not said.get("what"):
            return None
        return {
            "pk": said["pk"],
            "promised_by": said["promised_by"] or Promiser.STUDENT,
            "what": said["what"],
            "due_on": said["due_on"],
        }


class NameRow(PlainForm):
    """Somebody who was named, how they are introduced, and when if that has happened."""

    name = forms.CharField(label="Name", max_length=200, required=False)
    organization = forms.CharField(label="Where", max_length=200, required=False)
    job_title = forms.CharField(label="Role", max_length=200, required=False)
    reach = forms.CharField(label="E-mail or profile", max_length=500, required=False)
    introduction = forms.ChoiceField(
        label="How",
        choices=[("", "Not said"), *Introduction.choices],
        required=False,
    )
    introduced_on = forms.DateField(
        label="Introduced on",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, today: date, met_on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.met_on = met_on

    def clean_reach(self) -> tuple[str, str]:
        """Return an e-mail address and a profile link, one of which is empty."""
        text = self.cleaned_data["reach"]
        if not text:
            return "", ""
        try:
            if "@" in text and "/" not in text:
                return forms.EmailField(max_length=254).clean(text), ""
            link = forms.URLField(max_length=500, assume_scheme="https").clean(text)
        except ValidationError:
            link = ""
        if not link.lower().startswith(("https://", "http://")) or not keys_of([], [link]):
            raise ValidationError(
                "Give a whole e-mail address, or a profile link like linkedin.com/in/name."
            )
        return "", link

    def clean_introduced_on(self) -> date | None:
        day: date | None = self.cleaned_data["introduced_on"]
        if day and day > self.today:
            raise ValidationError(
                "This day is still to come. Leave it empty until it has happened."
            )
        return day

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.as_typed() and not cleaned.get("name") and "name" not in self.errors:
            self.add_error("name", "Give the name, too. A first name will do for now.")
        return cleaned

    def fields_of_row(self) -> dict[str, Any] | None:
        said = self.cleaned_data
        if not said.get("name"):
            return None
        email, link = said["reach"]
        day = said["introduced_on"]
        if day is None and said["introduction"] in AT_ONCE:
            day = self.met_on
        return {
            "name": said["name"],
            "organization": said["organization"],
            "job_title": said["job_title"],
            "email": email,
            "link": link,
            "introduction": said["introduction"],
            "introduced_on": day,
        }

    def as_typed(self) -> dict[str, str]:
        """Return what stands in the row's fields, whether it makes sense yet or not."""
        texts = {name: str(self[name].value() or "") for name in self.fields}
        # What no column takes is not kept: the sign NUL, and more than any of the fields allows.
        typed = {name: text.replace("\0", "").strip()[:500] for name, text in texts.items()}
        return typed if any(typed.values()) else {}


class Rows(forms.BaseFormSet):
    """Rows of one kind, with empty ones to go on; more come at a press."""

    def rows(self) -> list[dict[str, Any]]:
        """Return what the rows say, those without content left out."""
        return [row for form in self.forms if (row := form.fields_of_row()) is not None]


def _rows_of(row: type[forms.Form], extra: int) -> Any:
    return forms.formset_factory(
        row,
        formset=Rows,
        extra=extra,
        max_num=MOST_ROWS,
        absolute_max=MOST_ROWS + 10,
        validate_max=True,
    )


FindingRows = _rows_of(FindingRow, 1)
CommitmentRows = _rows_of(CommitmentRow, 1)
NameRows = _rows_of(NameRow, 1)
