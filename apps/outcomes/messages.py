from datetime import datetime, time, timedelta

from apps.accounts.models import User
from apps.common.localtime import local_date, local_moment
from apps.mail import actions as mail
from apps.outcomes.kinds import CLOSE_OUT
from apps.students.models import Enrolment

MOST_TIMES = 3
APART = timedelta(days=7)
OF_USE = timedelta(days=3)
DAY_BEGINS, DAY_ENDS = time(9), time(18)


def close_out_keys(place: Enrolment) -> list[str]:
    """Return the keys of all the mails there can be: for one person and term, in turn."""
    about = f"{CLOSE_OUT}:{place.student.user_id}:{place.cohort.term_id}"
    return [f"{about}:{turn}" for turn in range(1, MOST_TIMES + 1)]


def close_out(place: Enrolment, key: str, *, now: datetime) -> mail.Draft:
    """Write the question what a term brought; it comes by day on the student's clock."""
    user = place.student.user
    assert user is not None
    due_at = by_day(user, now)
    return mail.draft(
        kind=CLOSE_OUT,
        to=user,
        template="outcomes/emails/close_out",
        context={
            "place": place,
            "term": place.cohort.term,
            "is_last": key.endswith(f":{MOST_TIMES}"),
        },
        occurrence_key=key,
        due_at=due_at,
        expires_at=due_at + OF_USE,
        subject_ref=f"enrolment:{place.pk}",
    )


def by_day(user: User, now: datetime) -> datetime:
    """Return the first moment from now on at which it is day where the student is."""
    today = local_date(now, user.zone)
    if now < local_moment(today, DAY_ENDS, user.zone):
        return max(now, local_moment(today, DAY_BEGINS, user.zone))
    return local_moment(today + timedelta(days=1), DAY_BEGINS, user.zone)
