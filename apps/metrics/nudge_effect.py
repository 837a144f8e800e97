"""Whether students do something within three days of a nudge, beside those who got none.

The unit is a nudge that was delivered, three days ago or longer; a student may count in several
weeks. They acted if a row of theirs was written or changed within the three days. Beside them
stand the students of the same class, week by week: whoever was enrolled, and was nudged neither
in the seven days before nor in the three after the middle one of that week's nudges, is looked at
from that moment on. Both sides are compared among those only who had been quiet for the seven
days before. Counselors choose whom they nudge, so the difference is no effect of the nudge.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from apps.coaching.acts import acts
from apps.coaching.models import Nudge
from apps.common.localtime import local_date
from apps.mail.models import Reason, State
from apps.metrics.statistics import Difference, Proportion, difference, proportion
from apps.students.models import Cohort, Enrolment, institution_zone

WITHIN = timedelta(days=3)
QUIET = timedelta(days=7)

FATES: dict[str, str] = {
    Reason.NO_NEED: "not sent, as the student acted first or had left",
    Reason.WEEK_IS_FULL: "not sent, as the week had mails enough",
    Reason.REFUSED: "not sent, as the student wants none",
}
OTHER_FATE = "not delivered"


@dataclass(frozen=True)
class NudgeEffect:
    """`nudged` are all delivered nudges; `quiet` and `others` the two sides of the comparison.

    `running` were delivered less than three days ago, `waiting` have not left. `fates` say what
    became of those that were not delivered.
    """

    nudged: Proportion
    quiet: Proportion
    others: Proportion
    change: Difference | None
    weeks: int
    running: int
    waiting: int
    fates: list[tuple[str, int]]


@dataclass(frozen=True)
class _Delivered:
    student: int
    at: datetime


def nudge_effect(cohort: Cohort, now: datetime) -> NudgeEffect:
    """Return the figures of a class as of `now`, in four queries."""
    rows = Nudge.objects.filter(cohort=cohort, mail__isnull=False).order_by("mail__sent_at", "pk")
    ended: Counter[str] = Counter()
    waiting, delivered = 0, []
    for student, state, reason, at in rows.values_list(
        "student_id", "mail__state", "mail__reason", "mail__sent_at"
    ):
        if state == State.SENT and at is not None:
            delivered.append(_Delivered(student, at))
        elif state in (State.PENDING, State.SENDING):
            waiting += 1
        else:
            ended[FATES.get(reason, OTHER_FATE)] += 1
    counted = [nudge for nudge in delivered if nudge.at + WITHIN <= now]
    looked_at = _looked_at(cohort, counted)
    moments = _moments([*counted, *looked_at], now)
    quiet = _share(moments, (n for n in counted if _is_quiet(moments, n)))
    others = _share(moments, (n for n in looked_at if _is_quiet(moments, n)))
    return NudgeEffect(
        nudged=_share(moments, counted),
        quiet=quiet,
        others=others,
        change=difference(quiet, others),
        weeks=len(_by_week(counted)),
        running=len(delivered) - len(counted),
        waiting=waiting,
        fates=sorted(ended.items()),
    )


def _looked_at(cohort: Cohort, counted: list[_Delivered]) -> list[_Delivered]:
    """Return who of the class was not nudged in the same weeks, from which moment on."""
    enrolments = list(
        Enrolment.objects.filter(cohort=cohort)
        .order_by()
        .values_list("student_id", "enrolled_on", "withdrawn_on")
    )
    nudged: dict[int, list[datetime]] = defaultdict(list)
    of_class = Nudge.objects.filter(student__in=[row[0] for row in enrolments])
    sent = of_class.filter(mail__sent_at__isnull=False).order_by()
    for student, at in sent.values_list("student_id", "mail__sent_at"):
        assert at is not None
        nudged[student].append(at)
    found = []
    for week in _by_week(counted).values():
        middle = week[len(week) // 2].at
        day = local_date(middle, institution_zone())
        for student, enrolled_on, withdrawn_on in enrolments:
            is_here = enrolled_on <= day and (withdrawn_on is None or withdrawn_on > day)
            is_apart = not any(middle - QUIET < at <= middle + WITHIN for at in nudged[student])
            if is_here and is_apart:
                found.append(_Delivered(student, middle))
    return found


def _by_week(counted: Iterable[_Delivered]) -> dict[date, list[_Delivered]]:
    """Return the nudges by the Monday of their week, earliest first in each."""
    weeks: dict[date, list[_Delivered]] = defaultdict(list)
    for nudge in counted:
        day = local_date(nudge.at, institution_zone())
        weeks[day - timedelta(days=day.weekday())].append(nudge)
    return weeks


def _moments(looked_at: list[_Delivered], now: datetime) -> dict[int, list[datetime]]:
    if not looked_at:
        return {}
    since = min(nudge.at for nudge in looked_at) - QUIET
    found = defaultdict(list)
    for student, moment in acts({nudge.student for nudge in looked_at}, since, now):
        found[student].append(moment)
    return {student: sorted(moments) for student, moments in found.items()}


def _did(moments: list[datetime], begin: datetime, end: datetime) -> bool:
    """Return whether one of the sorted moments lies after `begin`, up to `end`."""
    return bisect_right(moments, end) > bisect_right(moments, begin)


def _is_quiet(moments: dict[int, list[datetime]], nudge: _Delivered) -> bool:
    return not _did(moments.get(nudge.student, []), nudge.at - QUIET, nudge.at)


def _share(moments: dict[int, list[datetime]], looked_at: Iterable[_Delivered]) -> Proportion:
    acted = [
        _did(moments.get(nudge.student, []), nudge.at, nudge.at + WITHIN) for nudge in looked_at
    ]
    return proportion(sum(acted), len(acted))
