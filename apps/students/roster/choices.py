"""How a class list is to be understood: what its columns are, which sections, from which day."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from apps.accounts.models import User
from apps.students.models import Cohort, Enrolment
from apps.students.roster.known import Known
from apps.students.roster.people import read_people
from apps.students.roster.plan import Plan, make_plan
from apps.students.roster.table import NO_SECTION, Kind, Table


@dataclass(frozen=True)
class Choices:
    """`sections` is None for all of them; `since` is the first day of those who come in."""

    mapping: Sequence[str]
    sections: Collection[str] | None
    is_full: bool
    since: date

    def as_json(self) -> dict[str, Any]:
        return {
            "mapping": list(self.mapping),
            "sections": None if self.sections is None else sorted(self.sections),
            "is_full": self.is_full,
            "since": self.since.isoformat(),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Choices":
        return cls(**{**kept, "since": date.fromisoformat(kept["since"])})


def guessed_choices(table: Table, *, cohort: Cohort, today: date) -> Choices:
    """Return what we would choose: everybody, but of OneRoster only those who are in a class.

    A class that is empty so far begins with its term. Whoever comes later comes today.
    """
    sections = set(table.sections(table.guess))
    if table.kind != Kind.ONEROSTER or sections <= {NO_SECTION}:
        chosen = None
    else:
        chosen = sections - {NO_SECTION}
    term = cohort.term
    has_people = Enrolment.objects.filter(cohort=cohort).exists()
    since = min(max(term.starts_on, today), term.closes_on) if has_people else term.starts_on
    return Choices(table.guess, chosen, is_full=False, since=since)


def compare(*, cohort: Cohort, table: Table, choices: Choices, by: User | None) -> Plan:
    """Return what the class list would do, by the rights of `by` (None: the operator)."""
    people = read_people(table, choices.mapping, choices.sections)
    known = Known(cohort, people, table.teachers, by)
    return make_plan(people=people, teachers=table.teachers, is_full=choices.is_full, known=known)
