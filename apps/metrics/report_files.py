"""Files of the report as it stands: somebody asks, a worker makes them, a day later they go."""

from datetime import datetime, timedelta

import structlog
from django.db.models import F
from django.http import Http404

from apps.accounts.models import User
from apps.metrics import access
from apps.metrics.alone import BROKE, MOST_TRIES, alone_with
from apps.metrics.asked import Asked, current_report
from apps.metrics.beside import with_change
from apps.metrics.files import content_of, file_name
from apps.metrics.models import Audience, FileFormat, ReportFile
from apps.metrics.report import Figures
from apps.metrics.semester import checksum
from apps.students.models import Term

log = structlog.get_logger(__name__)

WORK = 8_142
"""The first half of the lock's number; the second is the file."""
KEPT_FOR = timedelta(days=1)


def ask_for_file(
    *, asked: Asked, compare_to: Term | None, format: FileFormat, by: User, now: datetime
) -> ReportFile:
    """Ask for a file of an internal report. Asking again meanwhile returns the same wish.

    Raises ValueError for a shareable one: what may leave the office is a release, for only
    releases are remembered by the next audit.
    """
    if asked.is_shareable:
        raise ValueError("Files of a shareable report come from its release.")
    file, _ = ReportFile.objects.waiting().get_or_create(
        asked_by=by,
        term=asked.term,
        cohort=asked.cohort,
        program=asked.program,
        class_year=asked.class_year,
        compare_to=compare_to,
        format=format,
        done_at=None,
        defaults={"asked_at": now},
    )
    return file


def make_file(*, file_id: int, now: datetime) -> bool:
    """Make the file that was asked for; return whether this run brought the wish to its end."""
    with alone_with(WORK, file_id) as is_ours:
        waiting = ReportFile.objects.waiting().filter(pk=file_id).order_by()
        if not is_ours or not waiting.update(tries=F("tries") + 1):
            return False
        file = waiting.select_related("asked_by").get()
        if file.tries > MOST_TRIES:
            log.info("report file not made", file=file_id, tries=file.tries)
            return bool(waiting.update(done_at=now, problem=BROKE))
        try:
            # As its owner may see it now, which need not be what they saw when they asked.
            file = access.get_report_file(file.asked_by, file_id)
        except Http404:
            return bool(waiting.update(done_at=now, problem="You no longer see this report."))
        document = _document(file, now)
        if document is None:
            words = "These figures have not been computed yet. Open the report and compute them."
            return bool(waiting.update(done_at=now, problem=words))
        made = FileFormat(file.format)
        content = content_of(document, term=file.term, waivers=[], format=made)
        name = file_name(document, made)
        return bool(waiting.update(done_at=now, content=content, name=name))


def forget_old_files(*, now: datetime) -> int:
    """Delete what somebody asked for more than a day ago; return how many."""
    deleted, _ = ReportFile.objects.filter(asked_at__lt=now - KEPT_FOR).delete()
    return deleted


def asked_of(file: ReportFile) -> Asked:
    return Asked(
        term=file.term,
        cohort=file.cohort,
        program=file.program,
        class_year=file.class_year,
        audience=Audience.INTERNAL,
    )


def _document(file: ReportFile, now: datetime) -> Figures | None:
    asked, other = asked_of(file), file.compare_to
    document = current_report(asked, now).document
    if document is None or other is None:
        return document
    document = with_change(asked, document, file.asked_by, other)
    return {**document, "checksum": checksum(document)}
