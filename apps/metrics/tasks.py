import structlog
from celery import shared_task
from django.utils import timezone

from apps.metrics import actions, orders, publications, report_files
from apps.metrics.models import Publication, ReportFile, ReportSnapshot
from apps.students.models import Term

log = structlog.get_logger(__name__)


@shared_task
def compute_report(snapshot_id: int) -> None:
    """Compute one report. Twice, or twice at once, gives the same as once."""
    actions.compute_report(snapshot_id=snapshot_id, now=timezone.now())


@shared_task
def compute_requested_reports() -> None:
    """Compute what has been asked for since it was last computed.

    Runs overlap, as reports of large terms take longer than from tick to tick: each looks again
    before it begins with the next.
    """
    waiting = ReportSnapshot.objects.waiting()
    for snapshot_id in list(waiting.in_turn().values_list("pk", flat=True)):
        try:
            if waiting.filter(pk=snapshot_id).exists():
                compute_report(snapshot_id)
        except Exception:  # one report that cannot be computed must not keep the others waiting
            log.exception("report not computed", snapshot=snapshot_id)


@shared_task
def request_nightly_reports() -> None:
    """Ask for the report of every term, so that no figure is more than a night old."""
    for term in Term.objects.all():
        actions.request_reports(term=term, now=timezone.now())


@shared_task
def publish_requested_reports() -> None:
    """Publish what somebody has asked to publish."""
    for publication_id in list(Publication.objects.waiting().values_list("pk", flat=True)):
        try:
            publications.publish_what_was_asked(publication_id=publication_id, now=timezone.now())
        except Exception:  # as above; it is tried again, but not for ever
            log.exception("report not published", publication=publication_id)


@shared_task
def make_requested_report_files() -> None:
    """Make the files that somebody has asked for."""
    for file_id in list(ReportFile.objects.waiting().values_list("pk", flat=True)):
        try:
            report_files.make_file(file_id=file_id, now=timezone.now())
        except Exception:  # as above
            log.exception("report file not made", file=file_id)


@shared_task
def forget_old_report_files() -> None:
    report_files.forget_old_files(now=timezone.now())


@shared_task
def mail_report_links() -> None:
    """Tell of terms that have closed; a missed tick only delays it."""
    orders.mail_report_links(now=timezone.now())
