from datetime import datetime, timedelta

from apps.accounts.models import User
from apps.mail import actions as mail
from apps.mail.models import OutgoingEmail
from apps.metrics.kinds import REPORT_READY
from apps.students.models import Term

STILL_NEWS = timedelta(days=7)


def tell_of_closed_term(term: Term, user: User, *, now: datetime) -> OutgoingEmail | None:
    """Queue the link to the report of a closed term: once for a person and a term."""
    return mail.queue(
        kind=REPORT_READY,
        to=user,
        template="metrics/emails/report_ready",
        context={"term": term},
        occurrence_key=f"{REPORT_READY}:{user.pk}:{term.pk}",
        due_at=now,
        expires_at=now + STILL_NEWS,
        subject_ref=f"term:{term.pk}",
    )
