"""What makes a queued nudge still wanted, asked again just before it leaves.

This is an edge: the moment is read here. Whether the week has room is judged by `mail`.
"""

from django.utils import timezone

from apps.coaching.acts import has_acted
from apps.coaching.kinds import NUDGE
from apps.coaching.models import Nudge
from apps.common.localtime import local_date
from apps.mail.conditions import still_wanted
from apps.mail.models import OutgoingEmail
from apps.students.models import Enrolment, institution_zone


@still_wanted(NUDGE)
def is_still_quiet(email: OutgoingEmail) -> bool:
    """Return whether the student is still in the class and has done nothing since it was queued."""
    nudge = Nudge.objects.select_related("student").filter(mail=email).first()
    if nudge is None:
        return False
    now = timezone.now()
    today = local_date(now, institution_zone())
    here = Enrolment.objects.filter(student=nudge.student, cohort=nudge.cohort_id).current(today)
    return here.exists() and not has_acted(nudge.student, nudge.queued_at, now)
