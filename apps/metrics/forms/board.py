from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms

from apps.metrics.attention import GRAVITY
from apps.metrics.class_board import Board, BoardRow
from apps.metrics.forms.scope import LARGEST_KEY

Key = Callable[[BoardRow], Any]


@dataclass(frozen=True)
class Column:
    """A column to sort by; what begins with the largest is asked for with a minus."""

    name: str
    label: str
    key: Key
    largest_first: bool = False
    n: bool = False  # a number, which stands at the right


COLUMNS = [
    Column("name", "Student", lambda row: row.name.casefold()),
    Column("step", "Step", lambda row: row.step),
    Column("held", "Held", lambda row: row.held, largest_first=True),
    Column("activity", "Last activity", lambda row: _quiet(row), largest_first=True),
    Column("overdue", "Overdue", lambda row: row.overdue, largest_first=True, n=True),
    Column("thanked", "Thanked on time", lambda row: _share(row, row.at.thanked_on_time), n=True),
    Column("ready", "Ready beforehand", lambda row: _share(row, row.at.ready), n=True),
    Column("feedback", "Feedback waiting", lambda row: row.waiting, largest_first=True, n=True),
]

FILTERS: dict[str, tuple[str, Callable[[BoardRow], bool]]] = {
    "": ("All", lambda row: True),
    "word": ("Needs a word", lambda row: row.needs is not None),
    "overdue": ("Overdue", lambda row: row.overdue > 0),
    "feedback": ("Feedback waiting", lambda row: row.waiting > 0),
    "behind": ("Behind plan", lambda row: row.ahead < 0),
}
WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Head:
    """A column's head: where it leads, and how it is sorted now (`ascending`, or empty)."""

    label: str
    query: str
    sorted: str
    is_number: bool


@dataclass(frozen=True)
class Chip:
    label: str
    count: int
    query: str
    is_current: bool


class BoardForm(forms.Form):
    """Which rows of the board, in which order. Nothing chosen, or nonsense: all of them by name."""

    show = forms.ChoiceField(
        required=False, choices=[(name, name) for name in [*FILTERS, WITHDRAWN] if name]
    )
    sort = forms.ChoiceField(
        required=False,
        choices=[(sign + column.name, "") for column in COLUMNS for sign in ("", "-")],
    )

    @property
    def chosen(self) -> dict[str, str]:
        self.is_valid()
        return {name: str(self.cleaned_data.get(name, "")) for name in ("show", "sort")}

    def rows(self, board: Board) -> list[BoardRow]:
        show, sort = self.chosen["show"], self.chosen["sort"]
        if show == WITHDRAWN:
            rows = board.withdrawn
        else:
            rows = [row for row in board.rows if FILTERS[show][1](row)]
        name = sort.removeprefix("-")
        keys = [column.key for column in COLUMNS if column.name == name]
        return sorted(rows, key=keys[0], reverse=sort.startswith("-")) if keys else rows

    def heads(self) -> list[Head]:
        """Return the heads of the columns; a press on the one that sorts turns it around."""
        now = self.chosen["sort"] or "name"
        heads = []
        for column in COLUMNS:
            first, other = column.name, f"-{column.name}"
            if column.largest_first:
                first, other = other, first
            words = {column.name: "ascending", f"-{column.name}": "descending"}
            query = self._query(sort=other if now == first else first)
            heads.append(Head(column.label, query, words.get(now, ""), column.n))
        return heads

    def chips(self, board: Board) -> list[Chip]:
        counts = {name: sum(map(test, board.rows)) for name, (_, test) in FILTERS.items()}
        labels = {name: label for name, (label, _) in FILTERS.items()}
        if board.withdrawn:
            counts[WITHDRAWN], labels[WITHDRAWN] = len(board.withdrawn), "Withdrawn"
        show = self.chosen["show"]
        return [
            Chip(labels[name], count, self._query(show=name), is_current=name == show)
            for name, count in counts.items()
        ]

    def _query(self, **changed: str) -> str:
        query = {name: value for name, value in (self.chosen | changed).items() if value}
        return f"?{urlencode(query)}" if query else "?"


class StudentForm(forms.Form):
    """Which student of the class."""

    student = forms.IntegerField(min_value=1, max_value=LARGEST_KEY)


class SpokenForm(StudentForm):
    """With whom a counselor has spoken, and about which of the flags that they were shown."""

    reasons = forms.MultipleChoiceField(choices=[(flag.value, flag.value) for flag in GRAVITY])


def _quiet(row: BoardRow) -> int:
    """Sort those of whom nothing is known as the longest quiet."""
    return LARGEST_KEY if row.quiet_days is None else row.quiet_days


def _share(row: BoardRow, count: int) -> float:
    """Sort those who have held none after everybody else."""
    return count / row.held if row.held else 2
