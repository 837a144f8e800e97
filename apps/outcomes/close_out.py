"""Of whom it is not known, after a term's end, whether it brought an offer."""

from datetime import datetime

from django.db.models import DateField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Value

from apps.outcomes.models import NoOfferConfirmation, Offer
from apps.students.calendar import today_of_student
from apps.students.models import Enrolment
from apps.students.next_steps import Students

ASKED_UNTIL = 60
"""Days after a term has closed: its report is read by then, and nobody is asked any more."""


def unanswered(students: Students | None, now: datetime) -> QuerySet[Enrolment]:
    """Return one place a student and term that has ended, while nobody has said what it brought.

    Left out is who does not count in the term's figures, or has left the class since. `students`
    None means everybody. Each row has its student's `today`.
    """
    still_there = Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=F("today"))
    offers = Offer.objects.filter(
        student=OuterRef("student"),
        received_on__gte=OuterRef("cohort__term__starts_on"),
        received_on__lte=OuterRef("cohort__term__closes_on"),
    )
    none = NoOfferConfirmation.objects.filter(
        student=OuterRef("student"), term=OuterRef("cohort__term")
    )
    rather = Enrolment.objects.on_census().filter(
        Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=OuterRef("today")),
        student=OuterRef("student"),
        cohort__term=OuterRef("cohort__term"),
        pk__lt=OuterRef("pk"),
    )
    asked_from = ExpressionWrapper(F("today") - Value(ASKED_UNTIL), output_field=DateField())
    places = Enrolment.objects.on_census().annotate(today=today_of_student(now))
    if students is not None:
        places = places.filter(student__in=students)
    return places.filter(
        still_there,
        ~Exists(offers),
        ~Exists(none),
        ~Exists(rather),
        cohort__term__ends_on__lte=F("today"),
        cohort__term__closes_on__gte=asked_from,
    )
