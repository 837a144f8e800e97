"""What a contact may say on their own page, in a form each."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField

from apps.common.forms import LongSelect
from apps.common.localtime import local_date, zone_names
from apps.contacts.wishes import Wishes
from apps.meetings.clocks import Clocks
from apps.meetings.forms.times import Times
from apps.meetings.models import Mode
from apps.outreach.actions.answers import Said
from apps.outreach.models import Answer
from apps.outreach.own_page import OwnPage

Data = Mapping[str, Any] | None

SUGGESTED = 3
"""How many times a contact is asked to suggest at most: enough to choose from."""
FAR = timedelta(days=2 * 365)
ROWS = range(1, SUGGESTED + 1)
_TYPED = {f"{name}_{row}" for name in ("day", "hour") for row in ROWS}
_REACH = {"mode", "place"}
_BELONGS = {
    Answer.ACCEPTED: _REACH,
    Answer.OTHER_TIMES: _REACH | _TYPED,
    Answer.NOT_NOW: {"ask_again_on"},
    Answer.NO: set(),
}


def day_field(label: str, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class ZoneForm(forms.Form):
    """On whose clock the times are shown and typed. Sent by GET: it is part of the address."""

    # It stands inside the form of the answer, and belongs to the one that the page calls `zone`.
    zone = forms.ChoiceField(label="Your time zone", widget=LongSelect(attrs={"form": "zone"}))

    def __init__(self, *, page: OwnPage) -> None:
        zone = page.clock.zone.key
        super().__init__(initial={"zone": zone})
        names = sorted({*zone_names(), zone})
        choices = [(name, name.replace("_", " ")) for name in names]
        self.fields["zone"].choices = choices  # type: ignore[attr-defined]


class Choice(NamedTuple):
    """One of the answers, as it stands on the page."""

    value: str
    words: str
    hour: str
    is_chosen: bool


class AnswerForm(forms.Form):
    """One answer out of four. Each proposed time is one by itself, so that none can contradict.

    What belongs to an answer that was not chosen is passed over, whatever stands there.
    """

    answer = forms.ChoiceField(
        label="Your answer",
        error_messages={
            "required": "Choose one of the answers.",
            "invalid_choice": "This time is not proposed any more. Please look again.",
        },
        widget=forms.RadioSelect,
    )
    mode = forms.ChoiceField(
        choices=[("", "No preference"), *((mode, mode.label.capitalize()) for mode in Mode)],
        required=False,
    )
    place = forms.CharField(label="Number, link or place", max_length=300, required=False)
    ask_again_on = day_field("")
    message = forms.CharField(
        max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, data: Data = None, *, page: OwnPage) -> None:
        super().__init__(data)
        self.page = page
        self.moments = {moment.isoformat(): moment for moment in page.times}
        self.typed = Times(self, Clocks(page.clock, None), rows=SUGGESTED, now=page.now)
        self.suggested: list[Any] = []
        answers = [*self.proposed, *self.others]
        choices = [(answer.value, answer.words) for answer in answers]
        self.fields["answer"].choices = choices  # type: ignore[attr-defined]
        self.fields["mode"].label = f"How shall {page.first_name} reach you?"
        self.fields["message"].label = f"A line to {page.first_name}"
        self.fields["ask_again_on"].label = f"When may {page.first_name} ask again?"

    @property
    def proposed(self) -> list[Choice]:
        clock = self.page.clock
        return [
            self._choice(value, clock.day(moment), clock.hour(moment))
            for value, moment in self.moments.items()
        ]

    @property
    def others(self) -> list[Choice]:
        answers = (answer for answer in Answer if answer != Answer.ACCEPTED)
        return [self._choice(answer.value, answer.label) for answer in answers]

    def _choice(self, value: str, words: str, hour: str = "") -> Choice:
        return Choice(value, words, hour, is_chosen=self.data.get("answer") == value)

    @property
    def rows(self) -> list[tuple[BoundField, BoundField]]:
        return [(self[f"day_{row}"], self[f"hour_{row}"]) for row in ROWS]

    @property
    def kind(self) -> Answer:
        answer = self.cleaned_data["answer"]
        return Answer.ACCEPTED if answer in self.moments else Answer(answer)

    def clean_ask_again_on(self) -> date | None:
        return ahead(self.cleaned_data["ask_again_on"], self.page)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        belongs = {"answer", "message"}
        if "answer" in cleaned:
            belongs |= _BELONGS[self.kind]
        for name in set(self.errors) - belongs:
            del self.errors[name]
        if "answer" in cleaned and self.kind == Answer.OTHER_TIMES:
            self.suggested = self.typed.read(ROWS, are_ahead=True)
        return cleaned

    @property
    def said(self) -> Said:
        """What was said, once it is valid."""
        cleaned, kind = self.cleaned_data, self.kind
        times = {
            Answer.ACCEPTED: [self.moments.get(cleaned["answer"])],
            Answer.OTHER_TIMES: sorted(set(self.suggested)),
        }.get(kind, [])
        reach = {name: cleaned[name] for name in _REACH & _BELONGS[kind] if cleaned[name]}
        message = cleaned["message"]
        if kind == Answer.OTHER_TIMES and reach and self.page.proposal is None:
            # There is no meeting yet to write it on.
            message = "\n".join(filter(None, [_in_words(reach), message]))
        return Said(
            answer=kind,
            times=tuple(moment for moment in times if moment),
            reach=reach,
            ask_again_on=cleaned["ask_again_on"] if kind == Answer.NOT_NOW else None,
            message=message,
        )


def _in_words(reach: Mapping[str, str]) -> str:
    mode = Mode(reach["mode"]).label.capitalize() if "mode" in reach else ""
    return ": ".join(filter(None, [mode, reach.get("place", "")]))


class OwnWishesForm(forms.Form):
    """From when on, and by how many students a term, somebody wants to be asked. Both may go."""

    paused_until = day_field("Pause requests through this day")
    most_per_term = forms.IntegerField(
        label="At most this many students a term", required=False, min_value=1, max_value=1000
    )

    def __init__(self, data: Data = None, *, page: OwnPage) -> None:
        told: Wishes = page.wishes
        super().__init__(
            data,
            initial={"paused_until": told.paused_until, "most_per_term": told.most_per_term},
            auto_id="wish_%s",
        )
        self.page = page

    def clean_paused_until(self) -> date | None:
        day: date | None = self.cleaned_data["paused_until"]
        return day if day == self.initial["paused_until"] else ahead(day, self.page)


class CorrectForm(forms.Form):
    """What a person can put right on the student's list."""

    name = forms.CharField(
        max_length=200, error_messages={"required": "Some name is needed on a list."}
    )
    job_title = forms.CharField(label="Role", max_length=200, required=False)
    organization = forms.CharField(max_length=200, required=False)
    email = forms.EmailField(label="E-mail", max_length=254, required=False)

    def __init__(self, data: Data = None, *, page: OwnPage) -> None:
        initial = {name: getattr(page.contact, name) for name in self.base_fields}
        super().__init__(data, initial=initial, auto_id="correct_%s")
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"


class OwnEraseForm(forms.Form):
    """The second yes to an erasure, and which of the addresses are the person's own."""

    def __init__(self, data: Data = None, *, page: OwnPage) -> None:
        super().__init__(data, initial={"keys": sorted(page.keys)})
        if page.keys:
            self.fields["keys"] = forms.MultipleChoiceField(
                label="On every list under these. Untick what is not yours.",
                choices=[(key, key) for key in sorted(page.keys)],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    @property
    def keys(self) -> list[str]:
        return list(self.cleaned_data.get("keys", []))


def ahead(day: date | None, page: OwnPage) -> date | None:
    """Return the day if it is still to come on the reader's calendar, and not a slip of the year.

    Raises ValidationError.
    """
    today = local_date(page.now, page.clock.zone)
    if day and not today < day <= today + FAR:
        raise ValidationError("Choose a day that is still to come, within two years.")
    return day
