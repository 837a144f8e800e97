"""Whom reminders reach. Who has left hears nothing, from the same day on."""

from datetime import datetime

from django.db.models import Exists, OuterRef

from apps.common.localtime import local_date
from apps.students.models import Enrolment, institution_zone


def gone(now: datetime, *, student: str = "pk") -> Exists:
    """Return the condition on a row that its student has withdrawn and is in no other class.

    Whoever only changed the section is still here, and so is whoever finished their last term.
    """
    withdrawn = {"withdrawn_on__lte": local_date(now, institution_zone())}
    elsewhere = Enrolment.objects.filter(
        student=OuterRef("student"),
        cohort__term__starts_on__gte=OuterRef("cohort__term__starts_on"),
    ).exclude(**withdrawn)
    return Exists(
        Enrolment.objects.filter(~Exists(elsewhere), student=OuterRef(student), **withdrawn)
    )
