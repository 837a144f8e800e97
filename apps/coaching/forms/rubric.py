"""A rubric as a table: a column for each level, a row for each criterion."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from apps.coaching.models import Criterion, Level, Rubric, RubricVersion

Data = Mapping[str, Any] | None

FEWEST_LEVELS, MOST_LEVELS = 2, 6
MOST_CRITERIA = 12
HEAVIEST = 100
LEVELS, CRITERIA = "levels", "criteria"
TOO_MANY = {"too_many_forms": "There is room for %(num)d rows."}
_KEY = re.compile(r"[a-z0-9_]{1,40}")

FIRST_LEVELS: list[Level] = [
    {"label": "Not there yet", "points": 0},
    {"label": "Good", "points": 1},
    {"label": "Very good", "points": 2},
]
FIRST_CRITERIA: list[Criterion] = [{"key": "", "name": "", "weight": 1, "says": ["", "", ""]}]


class RubricForm(forms.ModelForm):
    class Meta:
        model = Rubric
        fields = ("name",)
        help_texts = {"name": "As colleagues and students see it."}


class LevelForm(forms.Form):
    label = forms.CharField(label="Level", max_length=40)
    points = forms.IntegerField(min_value=0, max_value=HEAVIEST)


class CriterionForm(forms.Form):
    """One thing to look for, with a field for what each of the levels looks like."""

    key = forms.CharField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label="What you look for", max_length=80)
    weight = forms.IntegerField(min_value=1, max_value=HEAVIEST, initial=1)

    def __init__(self, *args: Any, labels: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        for place, label in enumerate(labels):
            self.fields[f"says_{place}"] = forms.CharField(
                label=label or f"Level {place + 1}",
                max_length=300,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @property
    def sentences(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("says_")]

    def clean_key(self) -> str:
        """Return the key that the criterion had; "" if that is none of ours."""
        key = self.cleaned_data["key"]
        return key if _KEY.fullmatch(key) else ""


class RubricTable:
    """Both sets of rows of one page. `grown` is the set that gets one more row, unchecked."""

    def __init__(
        self, data: Data = None, *, version: RubricVersion | None = None, grown: str = ""
    ) -> None:
        rows = _rows_of(version)
        if data is not None and grown:
            rows = {LEVELS: _typed(data, LEVELS), CRITERIA: _typed(data, CRITERIA)}
        bound = None if grown else data
        count = len(_typed(bound, LEVELS)) if bound else len(rows[LEVELS]) + (grown == LEVELS)
        labels = [row.get("label", "") for row in (_typed(bound, LEVELS) or rows[LEVELS])]
        labels += [""] * (count - len(labels))
        # Rows that were sent are not compared with what stood there: all of them are meant.
        self.levels = _formset(LevelForm, MOST_LEVELS, grown == LEVELS)(
            bound,
            initial=None if bound else rows[LEVELS],
            prefix=LEVELS,
            error_messages=TOO_MANY,
        )
        self.criteria = _formset(CriterionForm, MOST_CRITERIA, grown == CRITERIA)(
            bound,
            initial=None if bound else rows[CRITERIA],
            prefix=CRITERIA,
            form_kwargs={"labels": labels},
            error_messages=TOO_MANY,
        )
        self.problems: list[str] = []
        if grown:
            first = {LEVELS: "label", CRITERIA: "name"}[grown]
            new = getattr(self, grown).forms[-1]
            new.fields[first].widget.attrs["autofocus"] = True

    def is_valid(self) -> bool:
        if not (self.levels.is_valid() and self.criteria.is_valid()):
            self.problems = [*self.levels.non_form_errors(), *self.criteria.non_form_errors()]
            return False
        points = [level["points"] for level in self.kept_levels]
        if len(points) < FEWEST_LEVELS:
            self.problems.append("A rubric needs two levels at least.")
        elif sorted(set(points)) != points:
            self.problems.append(
                "Put the levels in order: each has more points than the one above."
            )
        if not self.kept_criteria:
            self.problems.append("Name one thing at least that you look for.")
        return not self.problems

    @property
    def kept_levels(self) -> list[Level]:
        return [
            Level(label=form.cleaned_data["label"], points=form.cleaned_data["points"])
            for _, form in self._kept(self.levels)
        ]

    @property
    def kept_criteria(self) -> list[Criterion]:
        taken: set[str] = set()
        places = [place for place, _ in self._kept(self.levels)]
        return [
            Criterion(
                key=_key(form.cleaned_data, taken),
                name=form.cleaned_data["name"],
                weight=form.cleaned_data["weight"],
                says=[form.cleaned_data.get(f"says_{place}", "") for place in places],
            )
            for _, form in self._kept(self.criteria)
        ]

    @staticmethod
    def _kept(rows: Any) -> list[tuple[int, forms.Form]]:
        return [
            (place, form)
            for place, form in enumerate(rows.forms)
            if form.cleaned_data and not form.cleaned_data["DELETE"]
        ]


def _formset(form: type[forms.Form], most: int, is_growing: bool) -> Any:
    return forms.formset_factory(
        form,
        extra=int(is_growing),
        can_delete=True,
        max_num=most,
        validate_max=True,
        absolute_max=most + 1,
    )


def _rows_of(version: RubricVersion | None) -> dict[str, list[dict[str, Any]]]:
    levels = version.levels if version else FIRST_LEVELS
    criteria = version.criteria if version else FIRST_CRITERIA
    return {
        LEVELS: [dict(level) for level in levels],
        CRITERIA: [
            {**row, **{f"says_{place}": text for place, text in enumerate(row["says"])}}
            for row in criteria
        ],
    }


def _typed(data: Data, prefix: str) -> list[dict[str, Any]]:
    """Return the rows of a set as they were typed, whatever they say."""
    total = str((data or {}).get(f"{prefix}-TOTAL_FORMS", ""))
    count = min(int(total), MOST_CRITERIA) if total.isascii() and total.isdecimal() else 0
    return [
        {
            name.removeprefix(start): value
            for name, value in (data or {}).items()
            if name.startswith(start := f"{prefix}-{place}-") and not name.endswith("-DELETE")
        }
        for place in range(count)
    ]


def _key(row: Mapping[str, Any], taken: set[str]) -> str:
    plain = re.sub(r"[^a-z0-9]+", "_", row["name"].lower()).strip("_")[:30] or "criterion"
    wanted = [row["key"], plain, *(f"{plain}_{n}" for n in range(2, MOST_CRITERIA + 3))]
    key = next(name for name in wanted if name and name not in taken)
    taken.add(key)
    return str(key)
