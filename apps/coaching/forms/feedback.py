from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from apps.coaching.models import Piece, Question, Rubric, RubricVersion, Submission
from apps.coaching.queue import QUESTION

Data = Mapping[str, Any] | None
NO_RUBRIC = "none"


class QueueFilter(forms.Form):
    kind = forms.ChoiceField(choices=[*Piece.choices, (QUESTION, "Question")], required=False)

    def chosen(self) -> str:
        """Return the kind that is asked for; "" for all, and for what is none."""
        self.full_clean()
        return str(self.cleaned_data.get("kind", ""))


def versions_to_choose() -> list[RubricVersion]:
    """Return the latest version of each rubric in use, by name."""
    rows = RubricVersion.objects.filter(rubric__is_retired=False).select_related("rubric")
    latest = rows.order_by("rubric__name", "rubric_id", "-number").distinct(
        "rubric__name", "rubric_id"
    )
    return list(latest)


class ChooseRubricForm(forms.Form):
    """Which rubric to look at a piece with. `before` is what the round before came back by."""

    rubric = forms.ChoiceField(label="Rubric", required=False)

    def __init__(self, data: Data = None, *, before: RubricVersion | None) -> None:
        super().__init__(data)
        versions = versions_to_choose()
        if before and before.pk not in {row.pk for row in versions}:
            versions.insert(0, before)
        self.versions = {str(row.pk): row for row in versions}
        labels = [(key, _label(row)) for key, row in self.versions.items()]
        field = self.fields["rubric"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*labels, (NO_RUBRIC, "Without a rubric")]

    def version(self, *, usual: RubricVersion | None) -> RubricVersion | None:
        """Return the chosen version, the usual one if nothing was chosen, None for none."""
        self.full_clean()
        chosen = self.cleaned_data.get("rubric", "")
        if chosen == NO_RUBRIC:
            return None
        return self.versions.get(chosen) or usual


def usual_version(rubrics: list[RubricVersion], last: Rubric | None) -> RubricVersion | None:
    """Return the rubric that a counselor used last, or else the oldest one."""
    by_last = next((row for row in rubrics if last and row.rubric_id == last.pk), None)
    return by_last or min(rubrics, key=lambda row: row.rubric_id, default=None)


class ReturnForm(forms.Form):
    """What goes back to the student: a comment, and a level for each criterion of the rubric."""

    comment = forms.CharField(
        label="Your comment",
        max_length=Submission._meta.get_field("comment").max_length,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="What is good, and one thing to try next time.",
    )

    def __init__(self, data: Data = None, *, version: RubricVersion | None) -> None:
        super().__init__(data)
        self.rubric_version = version
        for criterion in version.criteria if version else []:
            self.fields[self._name(criterion["key"])] = forms.TypedChoiceField(
                label=criterion["name"],
                choices=[(place, level["label"]) for place, level in enumerate(version.levels)]
                if version
                else [],
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("comment") and not self.scores and not self.errors:
            raise ValidationError("Write a comment, or choose the levels of the rubric.")
        criteria = self.rubric_version.criteria if self.rubric_version else []
        if 0 < len(self.scores) < len(criteria):
            for criterion in criteria:
                if criterion["key"] not in self.scores:
                    self.add_error(
                        self._name(criterion["key"]), "Choose a level here too, or none at all."
                    )
        return cleaned

    @property
    def scores(self) -> dict[str, int]:
        """The chosen levels by criterion key."""
        criteria = self.rubric_version.criteria if self.rubric_version else []
        found = ((row["key"], self.cleaned_data.get(self._name(row["key"]))) for row in criteria)
        return {key: place for key, place in found if place is not None}

    @property
    def version_used(self) -> RubricVersion | None:
        """The rubric, if any level of it was chosen."""
        return self.rubric_version if self.scores else None

    def rows(self) -> Iterator[tuple[forms.BoundField, list[tuple[Any, str]]]]:
        """Yield the field of each criterion, with each level's radio button and sentence."""
        for criterion in self.rubric_version.criteria if self.rubric_version else []:
            field = self[self._name(criterion["key"])]
            yield field, list(zip(field, criterion["says"], strict=True))

    @staticmethod
    def _name(key: str) -> str:
        return f"level-{key}"


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label="Your answer",
        max_length=Question._meta.get_field("answer").max_length,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


def _label(version: RubricVersion) -> str:
    return f"{version.rubric.name}, version {version.number}"
