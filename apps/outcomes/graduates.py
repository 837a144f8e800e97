"""Who graduated in a term, and what is known of what each does first."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from apps.accounts.models import User
from apps.outcomes.destination_rates import DestinationRates, destination_rates
from apps.outcomes.models import Destination, FirstDestination
from apps.students.models import Enrolment, Student, Term
from apps.students.models.student import StudentQuerySet


@dataclass(frozen=True)
class Graduate:
    """One graduate, their programs of study in that term, and the primary word if there is any."""

    student: Student
    programs: list[str]
    primary: FirstDestination | None

    @property
    def destination(self) -> Destination:
        known = self.primary.destination if self.primary else Destination.NO_INFORMATION
        return Destination(known)


def graduates_of(term: Term, user: User) -> StudentQuerySet:
    """Return the graduates of a term whom the user may see, never themselves.

    These are students on the census date whose class year is the year in which the term ends, and
    whoever is said to have graduated.
    """
    here = Enrolment.objects.on_census().filter(
        student=OuterRef("pk"), cohort__term=term, class_year=str(term.ends_on.year)
    )
    said = FirstDestination.objects.filter(student=OuterRef("pk"), term=term)
    students = Student.objects.visible_to(user).filter(Q(Exists(here)) | Q(Exists(said)))
    return students.exclude(user=user)


def graduates(term: Term, user: User) -> list[Graduate]:
    """Return the graduates by name, in three queries."""
    students = list(graduates_of(term, user).by_name())
    primary = {
        row.student_id: row
        for row in FirstDestination.objects.primary().filter(term=term, student__in=students)
    }
    programs: dict[int, list[str]] = {}
    places = Enrolment.objects.filter(cohort__term=term, student__in=students).exclude(program="")
    for student, program in places.order_by("program").values_list("student_id", "program"):
        if program not in programs.setdefault(student, []):
            programs[student].append(program)
    return [Graduate(s, programs.get(s.pk, []), primary.get(s.pk)) for s in students]


def rates_of(graduates: list[Graduate]) -> DestinationRates:
    return destination_rates(graduate.destination for graduate in graduates)
