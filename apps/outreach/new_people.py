"""How many people a student asks for the first time in a week, against what the programme advises.

A few notes written with care bring more than many (the cohort's `most_asks_a_week`).
"""

from datetime import date, datetime, timedelta

from django.db.models import Min

from apps.common.localtime import local_date
from apps.contacts.models import Contact
from apps.outreach.models import Attempt
from apps.students.models import Enrolment

WEEK = timedelta(days=7)
DEFAULT_MOST = 10


def room(contact: Contact, *, now: datetime) -> date | None:
    """Return from which day on there is room for this contact as well; None if there is now.

    Whoever was asked before is none of the new people.
    """
    first_asks = dict(
        Attempt.objects.filter(student=contact.student_id, sent_at__lte=now)
        .order_by()
        .values("contact")
        .annotate(first=Min("sent_at"))
        .values_list("contact", "first")
    )
    latest = Enrolment.objects.filter(student=contact.student_id).order_by(
        "-cohort__term__starts_on", "-pk"
    )
    most = latest.values_list("cohort__most_asks_a_week", flat=True).first() or DEFAULT_MOST
    lately = sorted(moment for moment in first_asks.values() if moment > now - WEEK)
    if contact.pk in first_asks or len(lately) < most:
        return None
    return local_date(lately[-most] + WEEK, contact.student.zone) + timedelta(days=1)
