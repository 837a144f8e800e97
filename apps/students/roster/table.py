"""What a file of a class list is read into, and how that is kept until somebody says yes."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class Meaning(StrEnum):
    """What a column can be. A column that is none of these is left out."""

    STUDENT_ID = "student_id"
    EMAIL = "email"
    GIVEN_NAME = "given_name"
    FAMILY_NAME = "family_name"
    FULL_NAME = "full_name"
    PROGRAM = "program"
    CLASS_YEAR = "class_year"
    SECTION = "section"


WORDS: dict[str, str] = {
    Meaning.STUDENT_ID: "Student id",
    Meaning.EMAIL: "E-mail",
    Meaning.GIVEN_NAME: "Given name",
    Meaning.FAMILY_NAME: "Family name",
    Meaning.FULL_NAME: "Whole name",
    Meaning.PROGRAM: "Program of study",
    Meaning.CLASS_YEAR: "Class year",
    Meaning.SECTION: "Section or group",
}


class Kind(StrEnum):
    TABLE = "table"
    CANVAS = "canvas"
    MOODLE = "moodle"
    BLACKBOARD = "blackboard"
    ONEROSTER = "oneroster"


KIND_NAMES = {
    Kind.CANVAS: "A gradebook from Canvas",
    Kind.MOODLE: "A list from Moodle",
    Kind.BLACKBOARD: "A gradebook from Blackboard",
}

NO_SECTION = ""  # the section of people whom the file puts into none


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about a row that a person should know, and what to do about it.

    `row` counts as the spreadsheet shows it; None stands for the file as a whole.
    """

    row: int | None
    field: str
    problem: str
    remedy: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    meaning: str  # a Meaning as we guess it, "" to leave the column out


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the file, with a cell for each column. `has_left`: the file says so itself."""

    number: int
    cells: Sequence[str]
    has_left: bool = False


@dataclass(frozen=True, slots=True)
class Teacher:
    """Somebody whom the file names as a teacher of some of its sections."""

    email: str
    name: str
    sections: Sequence[str]


@dataclass(frozen=True)
class Table:
    """A class list as text.

    `dropped` names the columns that were left at the door: passwords and the like, grades, and
    nameless columns that might hold either. `is_full` says that the file itself claims to have
    everybody. `sections` are those to choose from, with `NO_SECTION` for people in none.
    """

    kind: Kind
    notice: str
    columns: Sequence[Column]
    lines: Sequence[Line]
    dropped: Sequence[str] = ()
    remarks: Sequence[Remark] = ()
    is_full: bool = False
    teachers: Sequence[Teacher] = ()
    counts: Mapping[str, int] = field(default_factory=dict)  # records read, by table (OneRoster)

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind.value,
            "notice": self.notice,
            "columns": [[one.name, one.meaning] for one in self.columns],
            "lines": [[one.number, list(one.cells), one.has_left] for one in self.lines],
            "dropped": list(self.dropped),
            "remarks": [one.as_json() for one in self.remarks],
            "is_full": self.is_full,
            "teachers": [[one.email, one.name, list(one.sections)] for one in self.teachers],
            "counts": dict(self.counts),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Table":
        return cls(
            kind=Kind(kept["kind"]),
            notice=kept["notice"],
            columns=[Column(*one) for one in kept["columns"]],
            lines=[Line(*one) for one in kept["lines"]],
            dropped=kept["dropped"],
            remarks=[Remark(**one) for one in kept["remarks"]],
            is_full=kept["is_full"],
            teachers=[Teacher(*one) for one in kept["teachers"]],
            counts=kept["counts"],
        )

    @property
    def guess(self) -> list[str]:
        return [column.meaning for column in self.columns]

    def sections(self, mapping: Sequence[str]) -> list[str]:
        """Return the sections that the lines are in, each once, in the order of the file."""
        if Meaning.SECTION not in mapping:
            return []
        at = list(mapping).index(Meaning.SECTION)
        return list(dict.fromkeys(line.cells[at] for line in self.lines))
