from datetime import datetime

import structlog

from apps.accounts.models import User
from apps.students.models import RecordVisit, Student

log = structlog.get_logger(__name__)


def record_visit(*, student: Student, viewer: User, reason: str, now: datetime) -> RecordVisit:
    """Keep who opens a student's record, when and why. The student reads it."""
    visit = RecordVisit.objects.create(
        student=student, viewer=viewer, reason=reason, visited_at=now
    )
    log.info("record opened", student=student.pk, viewer=viewer.pk, reason=reason)
    return visit
