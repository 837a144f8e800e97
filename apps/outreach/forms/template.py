import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from apps.outreach.models import Audience, NoteTemplate, Slot, TemplateVersion
from apps.outreach.writing import FIELDS, tidied, unknown_fields

Data = Mapping[str, Any] | None

MOST_SLOTS = 20
ACHIEVEMENTS = "achievements"
_KEY = re.compile(r"[a-z0-9_]{1,40}")


def only_known_fields(text: str) -> None:
    """Raise ValidationError for a field that nothing would fill in."""
    if unknown := unknown_fields(text):
        known = ", ".join(f"{{{name}}}" for name in FIELDS)
        raise ValidationError(f"Nothing is known by the name {{{unknown[0]}}}. There are {known}.")


class TemplateForm(forms.ModelForm):
    """What a template is called and for whom it is; its kind once, when it is new."""

    for_whom = forms.ChoiceField(
        label="Suggested first for", choices=[("", "Anybody"), *Audience.choices], required=False
    )

    class Meta:
        model = NoteTemplate
        fields = ("kind", "name", "for_whom")
        labels = {"kind": "What the note is for"}
        help_texts = {"name": "As students see it in the list."}

    def __init__(self, data: Data = None, *, instance: NoteTemplate | None = None) -> None:
        super().__init__(data, instance=instance)
        if instance:
            del self.fields["kind"]


class VersionForm(forms.Form):
    """The subject that a note begins with. Its parts are a SlotFormSet."""

    subject = forms.CharField(max_length=200, required=False, validators=[only_known_fields])


class SlotForm(forms.Form):
    key = forms.CharField(required=False, widget=forms.HiddenInput)
    label = forms.CharField(max_length=60)
    text = forms.CharField(
        label="Begins with",
        max_length=1000,
        required=False,
        validators=[only_known_fields],
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    hint = forms.CharField(max_length=200, required=False)
    is_required = forms.BooleanField(label="Required", required=False, initial=True)
    joins = forms.BooleanField(label="Continues the paragraph", required=False)
    has_achievements = forms.BooleanField(label="Offers achievements", required=False)

    def clean_key(self) -> str:
        """Return the key that the part had; "" if that is none of ours."""
        key = self.cleaned_data["key"]
        return key if _KEY.fullmatch(key) else ""

    def clean_text(self) -> str:
        return tidied(self.cleaned_data["text"])


class SlotRows(forms.BaseFormSet):
    """The parts in their order. A row that is emptied is left out."""

    def clean(self) -> None:
        if any(self.errors):
            return
        if not self.slots:
            raise ValidationError("A note needs at least one part.")
        if sum(form.cleaned_data.get("has_achievements", False) for form in self._kept()) > 1:
            raise ValidationError("Only one part can offer their achievements.")

    @property
    def slots(self) -> list[Slot]:
        taken: set[str] = set()
        return [_slot(form.cleaned_data, taken) for form in self._kept()]

    def _kept(self) -> list[SlotForm]:
        rows = [(form.cleaned_data, form) for form in self.forms if form.cleaned_data]
        kept = [
            (row.get("ORDER") or 10 * MOST_SLOTS, form) for row, form in rows if not row["DELETE"]
        ]
        return [form for _, form in sorted(kept, key=lambda one: one[0])]


SlotFormSet: type[Any] = forms.formset_factory(
    SlotForm,
    formset=SlotRows,
    extra=2,
    can_order=True,
    can_delete=True,
    max_num=MOST_SLOTS,
    validate_max=True,
    absolute_max=MOST_SLOTS + 5,
)


def slot_rows(data: Data = None, *, version: TemplateVersion | None = None) -> SlotRows:
    """Return the rows of a version, or of a first one with a greeting and a name in it."""
    slots = version.slots if version else FIRST_SLOTS
    initial = [{**slot, "has_achievements": slot["key"] == ACHIEVEMENTS} for slot in slots]
    rows: SlotRows = SlotFormSet(data, initial=initial, prefix="slots")
    return rows


def _slot(row: Mapping[str, Any], taken: set[str]) -> Slot:
    key = ACHIEVEMENTS if row["has_achievements"] else row["key"]
    if not key or (key == ACHIEVEMENTS and not row["has_achievements"]) or key in taken:
        key = _new_key(row["label"], taken)
    taken.add(key)
    return {
        "key": key,
        "label": row["label"],
        "hint": row["hint"],
        "text": row["text"],
        "is_required": row["is_required"],
        "joins": row["joins"],
    }


def _new_key(label: str, taken: set[str]) -> str:
    plain = re.sub(r"[^a-z0-9]+", "_", label.lower()).strip("_")[:30] or "part"
    numbered = (f"{plain}_{n}" for n in range(2, MOST_SLOTS + 10))
    return next(key for key in (plain, *numbered) if key not in {*taken, ACHIEVEMENTS})


FIRST_SLOTS: list[Slot] = [
    {
        "key": "greeting",
        "label": "Greeting",
        "hint": "",
        "text": "Hi {first_name},",
        "is_required": True,
        "joins": False,
    },
    {
        "key": "sign_off",
        "label": "Your name",
        "hint": "",
        "text": "{my_name}",
        "is_required": True,
        "joins": False,
    },
]
