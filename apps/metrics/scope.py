"""Whom a report is about: everybody of a term, or a part of them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from apps.students.models import Cohort, Enrolment, Term


@dataclass(frozen=True)
class EnrolmentFact:
    """One enrolment that counts; "" where program or class year is not known."""

    cohort: int
    program: str
    class_year: str
    withdrawn_on: date | None


@dataclass(frozen=True)
class Scope:
    """One cohort, one program, one class year; each None where it does not narrow the term.

    A student is in the scope by any one enrolment that fits all of it.
    """

    cohort: int | None = None
    program: str | None = None
    class_year: str | None = None

    @property
    def is_whole_term(self) -> bool:
        return self == WHOLE_TERM

    def enrolments(self, term: Term) -> QuerySet[Enrolment]:
        """Return the enrolments of the term that count, in this scope."""
        wanted = {"cohort_id": self.cohort, "program": self.program, "class_year": self.class_year}
        narrowing = {name: value for name, value in wanted.items() if value is not None}
        return Enrolment.objects.on_census().filter(cohort__term=term, **narrowing)

    def holds(self, enrolment: EnrolmentFact) -> bool:
        return (
            self.cohort in (None, enrolment.cohort)
            and self.program in (None, enrolment.program)
            and self.class_year in (None, enrolment.class_year)
        )


WHOLE_TERM = Scope()


def parts_of(cohorts: QuerySet[Cohort]) -> tuple[list[str], list[str]]:
    """Return the programs and the class years of those who count in some cohorts, in order."""
    enrolments = Enrolment.objects.on_census().filter(cohort__in=cohorts.order_by().values("pk"))

    def named(field: str) -> list[str]:
        return list(
            enrolments.exclude(**{field: ""})
            .order_by(field)
            .values_list(field, flat=True)
            .distinct()
        )

    return named("program"), named("class_year")


@dataclass(frozen=True)
class Shown:
    """An earlier release: what it was about and which of its cells it showed."""

    scope: Scope
    cells: frozenset[str]
