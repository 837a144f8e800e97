from datetime import datetime

from django.db.models import Q

from apps.metrics.models import ReportSnapshot
from apps.metrics.report import DEFINITIONS
from apps.metrics.scope import Scope
from apps.metrics.semester import semester_report
from apps.students.models import Cohort, Term


def request_report(*, term: Term, cohort: Cohort | None = None, now: datetime) -> ReportSnapshot:
    """Ask for a fresh report. The sweep computes it within seconds; asking twice is harmless."""
    snapshot, _ = ReportSnapshot.objects.update_or_create(
        term=term, cohort=cohort, definitions=DEFINITIONS, defaults={"requested_at": now}
    )
    return snapshot


def request_reports(*, term: Term, now: datetime) -> None:
    """Ask for the report of a term and of each of its cohorts."""
    request_report(term=term, now=now)
    for cohort in term.cohorts.all():
        request_report(term=term, cohort=cohort, now=now)


def compute_report(*, snapshot_id: int, now: datetime) -> bool:
    """Compute and store one report; return whether this run's result was the one kept.

    Safe to run twice, also at the same time: the result with the later `now` stays.
    """
    snapshot = ReportSnapshot.objects.select_related("term", "cohort").get(pk=snapshot_id)
    document = semester_report(term=snapshot.term, scope=Scope(snapshot.cohort_id), now=now)
    kept = ReportSnapshot.objects.filter(
        Q(computed_at__isnull=True) | Q(computed_at__lt=now), pk=snapshot_id
    ).update(computed_at=now, report=document)
    return bool(kept)
