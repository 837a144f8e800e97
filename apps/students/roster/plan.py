"""What bringing in a class list would do. Made by reading only; `saving` carries it out."""

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any

from apps.students.models import Enrolment, Student
from apps.students.roster.known import Known
from apps.students.roster.limits import MAX_PEOPLE
from apps.students.roster.matching import Match, Matching
from apps.students.roster.people import People
from apps.students.roster.table import WORDS, Remark, Teacher

NOT_IN_FILE = "Not in the file"
SAID_TO_HAVE_LEFT = "The file says so"
OF_PERSON = ("student_id", "given_name", "family_name", "email")
OF_ENROLMENT = ("program", "class_year")


@dataclass(frozen=True, slots=True)
class Change:
    field: str
    before: str
    after: str

    @property
    def words(self) -> str:
        return WORDS[self.field]


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody who comes into the class or changes in it; `enrolment` is None for the former."""

    match: Match
    enrolment: Enrolment | None
    changes: Sequence[Change] = ()

    @property
    def name(self) -> str:
        """As the list has it; a list may name somebody by id alone."""
        student = self.match.student
        return self.match.person.name or (student.name if student else "")

    @property
    def of_person(self) -> list[Change]:
        return [one for one in self.changes if one.field in OF_PERSON]

    @property
    def of_enrolment(self) -> list[Change]:
        return [one for one in self.changes if one.field in OF_ENROLMENT]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something that is done only if somebody asks for it by name."""

    key: int  # of an enrollment, or of a counselor's account
    name: str
    why: str
    student_id: str = ""


@dataclass
class Plan:
    """Every person of the file is in new, changed, unchanged, leaving, returning or problems."""

    new: list[Entry] = field(default_factory=list)
    changed: list[Entry] = field(default_factory=list)
    unchanged: int = 0
    leaving: list[Proposal] = field(default_factory=list)
    returning: list[Proposal] = field(default_factory=list)
    teachers: list[Proposal] = field(default_factory=list)
    problems: list[Remark] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    @property
    def does_something(self) -> bool:
        return bool(self.new or self.changed)

    @property
    def asks_something(self) -> bool:
        return bool(self.leaving or self.returning or self.teachers)

    def counts(self) -> dict[str, int]:
        return {
            "new": len(self.new),
            "changed": len(self.changed),
            "unchanged": self.unchanged,
            "would_withdraw": len(self.leaving),
            "problems": len(self.problems),
        }

    def digest(self) -> str:
        """Return what stands for this plan: another one has another digest."""
        told: list[Any] = [
            [(entry.match.person.row, entry.match.student_key) for entry in self.new],
            [
                (
                    entry.match.person.row,
                    entry.match.student_key,
                    [asdict(c) for c in entry.changes],
                )
                for entry in self.changed
            ],
            *([asdict(one) for one in group] for group in (self.leaving, self.returning)),
            [asdict(one) for one in self.teachers],
        ]
        return sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def make_plan(
    *,
    people: People,
    teachers: Sequence[Teacher],
    is_full: bool,
    known: Known,
) -> Plan:
    """Compare the people with the class."""
    plan = Plan(problems=[*people.problems], remarks=[*people.remarks])
    matching = Matching(known)
    active = [person for person in people.people if not person.has_left]
    matches = [found for person in active if (found := matching.match(person))]
    plan.problems += matching.problems
    plan.remarks += matching.remarks
    if len(matches) > MAX_PEOPLE:
        words = f"These are {len(matches):,} people; a class has {MAX_PEOPLE:,} at most."
        remedy = "Choose fewer sections, or a file with one class."
        return Plan(problems=[Remark(None, "", words, remedy)])
    present: set[int] = set()
    for match in matches:
        _place(match, known.enrolments.get(match.student_key), plan, present)
    _say_who_leaves(people, known, plan, present, is_full=is_full)
    plan.teachers = _teachers(teachers, known, {person.section for person in active})
    plan.problems.sort(key=lambda one: one.row or 0)
    plan.remarks.sort(key=lambda one: one.row or 0)
    return plan


def _place(match: Match, enrolment: Enrolment | None, plan: Plan, present: set[int]) -> None:
    if match.student is not None:
        present.add(match.student.pk)
    changes = [
        Change(name, getattr(match.student, name), after)
        for name, after in match.news.items()
        if match.student is not None
    ]
    if enrolment is None:
        plan.new.append(Entry(match, None, changes))
        return
    for name in OF_ENROLMENT:
        before, after = getattr(enrolment, name), getattr(match.person, name)
        if after and after != before:
            changes.append(Change(name, before, after))
    if enrolment.withdrawn_on is not None:
        why = f"Withdrawn on {enrolment.withdrawn_on:%B %-d, %Y}, and in the file"
        plan.returning.append(_proposal(enrolment, why))
    if changes:
        plan.changed.append(Entry(match, enrolment, changes))
    elif enrolment.withdrawn_on is None:
        plan.unchanged += 1


def _say_who_leaves(
    people: People, known: Known, plan: Plan, present: set[int], *, is_full: bool
) -> None:
    gone = {person.student_id for person in people.people if person.has_left}
    for enrolment in known.enrolments.values():
        student = enrolment.student
        if enrolment.withdrawn_on is not None or student.pk in present:
            continue
        if student.student_id in gone:
            plan.leaving.append(_proposal(enrolment, SAID_TO_HAVE_LEFT))
        elif is_full and not _is_mentioned(student, people.mentioned, plan.problems):
            plan.leaving.append(_proposal(enrolment, NOT_IN_FILE))
    plan.leaving.sort(key=lambda one: (one.name.casefold(), one.key))
    plan.returning.sort(key=lambda one: (one.name.casefold(), one.key))


def _is_mentioned(student: Student, mentioned: Collection[str], problems: list[Remark]) -> bool:
    """Whoever stands in a row that is left out is there all the same."""
    return student.student_id in mentioned or (student.email or "?").lower() in mentioned


def _proposal(enrolment: Enrolment, why: str) -> Proposal:
    student = enrolment.student
    return Proposal(enrolment.pk, student.name, why, student.student_id)


def _teachers(teachers: Sequence[Teacher], known: Known, sections: set[str]) -> list[Proposal]:
    """Return the teachers of these sections who are counselors already, though not of the class."""
    found = []
    for teacher in teachers:
        user = known.counselor_accounts.get(teacher.email)
        taught = [section for section in teacher.sections if section in sections]
        if user is not None and taught:
            found.append(Proposal(user.pk, user.name, f"Teaches {', '.join(taught)}"))
    return found
