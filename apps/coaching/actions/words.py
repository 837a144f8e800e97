from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog

from apps.accounts.models import User
from apps.coaching.models import WordSpoken
from apps.common.localtime import local_date
from apps.students.models import Cohort, Student, institution_zone

log = structlog.get_logger(__name__)

RESTS = timedelta(days=7)


def note_word_spoken(
    *, student: Student, cohort: Cohort, reasons: Sequence[str], by: User, now: datetime
) -> WordSpoken:
    """Keep that a counselor spoke with a student: the flags they answer rest for a week."""
    word = WordSpoken.objects.create(
        student=student,
        cohort=cohort,
        by=by,
        reasons=list(reasons),
        spoken_at=now,
        rests_until=local_date(now, institution_zone()) + RESTS,
    )
    log.info("word spoken", student=student.pk, cohort=cohort.pk, by=by.pk, reasons=word.reasons)
    return word
