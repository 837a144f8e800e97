"""What a term brought to the students of one class, and of whom nothing is known yet."""

from dataclasses import dataclass, field

from apps.accounts.models import User
from apps.outcomes.models import NoOfferConfirmation, Offer
from apps.students.models import Cohort, Enrolment, Student


@dataclass
class OfRow:
    """One student: their offers in the window, or the word that there was none."""

    student: Student
    offers: list[Offer] = field(default_factory=list)
    has_none: bool = False

    @property
    def is_known(self) -> bool:
        return bool(self.offers) or self.has_none


def class_offers(cohort: Cohort, *, without: User) -> list[OfRow]:
    """Return a row for each student on the census date, by name, in three queries."""
    places = Enrolment.objects.on_census().filter(cohort=cohort).order_by().values("student")
    students = Student.objects.filter(pk__in=places).exclude(user=without).by_name()
    rows = {student.pk: OfRow(student) for student in students}
    offers = Offer.objects.filter(student__in=rows).received_in(cohort.term)
    for offer in offers.select_related("contact").order_by("received_on", "pk"):
        rows[offer.student_id].offers.append(offer)
    none = NoOfferConfirmation.objects.filter(student__in=rows, term=cohort.term)
    for student in none.order_by().values_list("student_id", flat=True):
        rows[student].has_none = True
    return [*rows.values()]
