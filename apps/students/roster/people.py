"""Lines of a table, as its columns are understood → people, and what is wrong with some."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from apps.common.plain_text import is_visible
from apps.students.models import Enrolment, Student
from apps.students.roster.table import WORDS, Line, Meaning, Remark, Table

IN_BRACKETS = re.compile(r"[^<>]*<([^<>]+)>")  # Ana Lee <ana@…>
BROKEN = "\N{REPLACEMENT CHARACTER}"
LENGTHS: dict[str, int] = {
    name: getattr(table._meta.get_field(name), "max_length", 0)
    for table, names in (
        (Student, ("student_id", "email", "given_name", "family_name")),
        (Enrolment, ("program", "class_year")),
    )
    for name in names
}
"""How long each field may be."""


@dataclass(frozen=True, slots=True)
class Person:
    """A student as a row says; what the row leaves open is empty, and e-mail in lower case."""

    row: int
    student_id: str
    email: str
    given_name: str
    family_name: str
    program: str
    class_year: str
    section: str
    has_left: bool

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    def says_the_same(self, other: "Person") -> bool:
        return all(getattr(self, name) == getattr(other, name) for name in LENGTHS)


@dataclass(frozen=True)
class People:
    """`mentioned` are the ids and addresses of rows that were left out: these people are there."""

    people: list[Person]
    problems: list[Remark]
    remarks: list[Remark]
    mentioned: set[str]


def read_people(
    table: Table, mapping: Sequence[str], sections: Collection[str] | None = None
) -> People:
    """Return the people of the chosen `sections`, or of all."""
    found = People([], [], [], set())
    for line in table.lines:
        values = {meaning: line.cells[at] for at, meaning in enumerate(mapping) if meaning in WORDS}
        section = values.get(Meaning.SECTION, "")
        if sections is None or section in sections or Meaning.SECTION not in values:
            _take(line, values, found)
    return found


def _take(line: Line, values: dict[str, str], found: People) -> None:
    if not any(value for meaning, value in values.items() if meaning != Meaning.SECTION):
        return
    given, family = _names(values)
    person = Person(
        row=line.number,
        student_id=values.get(Meaning.STUDENT_ID, "").removeprefix("#"),  # as Brightspace writes it
        email=_email(line, values, found),
        given_name=given,
        family_name=family,
        program=values.get(Meaning.PROGRAM, ""),
        class_year=values.get(Meaning.CLASS_YEAR, ""),
        section=values.get(Meaning.SECTION, ""),
        has_left=line.has_left,
    )
    problem = _problem_with(person)
    if problem:
        found.problems.append(problem)
        found.mentioned.update(filter(None, (person.student_id, person.email)))
    else:
        found.people.append(person)


def _names(values: dict[str, str]) -> tuple[str, str]:
    """Return given and family name. “Lee, Ana” is turned round; one word alone is a given name."""
    given, family = values.get(Meaning.GIVEN_NAME, ""), values.get(Meaning.FAMILY_NAME, "")
    whole = values.get(Meaning.FULL_NAME, "")
    if whole and not (given or family):
        last, comma, first = whole.partition(",")
        if comma:
            given, family = first.strip(), last.strip()
        else:
            given, _, family = whole.rpartition(" ")
            given, family = (given.strip(), family) if given else (family, "")
    return (given if is_visible(given) else ""), (family if is_visible(family) else "")


def _email(line: Line, values: dict[str, str], found: People) -> str:
    text = values.get(Meaning.EMAIL, "").lower()
    named = IN_BRACKETS.fullmatch(text)
    text = (named[1] if named else text).removeprefix("mailto:").strip()
    if not text:
        return ""
    try:
        if BROKEN in text or len(text) > LENGTHS["email"]:
            raise ValidationError("no address")
        validate_email(text)
    except ValidationError:
        words = "This is no e-mail address."
        remedy = "The student is taken without it. Put it right in the file, and import again."
        found.remarks.append(Remark(line.number, WORDS[Meaning.EMAIL], words, remedy))
        return ""
    return text


def _problem_with(person: Person) -> Remark | None:
    for name, most in LENGTHS.items():
        if len(getattr(person, name)) > most:
            words = f"This is longer than {most} characters."
            remedy = "Look whether the right column was chosen, or shorten it in the file."
            return Remark(person.row, WORDS[name], words, remedy)
    if not (person.student_id or person.email):
        return Remark(
            person.row,
            WORDS[Meaning.STUDENT_ID],
            "There is neither a student id nor an e-mail address in this row.",
            "Add one of them, so that the student is known again.",
        )
    if not person.student_id and len(person.email) > LENGTHS["student_id"]:
        return Remark(
            person.row,
            WORDS[Meaning.STUDENT_ID],
            "There is no student id, and the address is too long to stand for one.",
            "Add the student id to the file.",
        )
    return None
