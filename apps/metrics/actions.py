from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Q

from apps.metrics.models import Audience, ReportSnapshot
from apps.metrics.report import DEFINITIONS
from apps.metrics.scope import WHOLE_TERM, Scope
from apps.metrics.semester import same_scope, semester_report
from apps.students.models import Cohort, Term

COMPUTING = 8_141
"""The first half of the lock's number; the second is the report."""


def request_report(
    *,
    term: Term,
    scope: Scope = WHOLE_TERM,
    audience: Audience = Audience.INTERNAL,
    now: datetime,
) -> ReportSnapshot:
    """Ask for a fresh report. The sweep computes it within seconds; asking twice is harmless."""
    part: dict[str, Any] = {"cohort_id": scope.cohort, "program": scope.program}
    snapshot, _ = ReportSnapshot.objects.update_or_create(
        **part,
        term=term,
        class_year=scope.class_year,
        audience=audience,
        definitions=DEFINITIONS,
        defaults={"requested_at": now},
    )
    return snapshot


def request_reports(*, term: Term, now: datetime) -> None:
    """Ask for the reports of a term: for both audiences, of each cohort, and all asked for ever."""
    for audience in Audience:
        request_report(term=term, audience=audience, now=now)
    for cohort in term.cohorts.all():
        request_report(term=term, scope=Scope(cohort.pk), now=now)
    ReportSnapshot.objects.filter(term=term, definitions=DEFINITIONS).update(requested_at=now)


def request_beside(
    *, terms: list[Term], scope: Scope, audience: Audience, now: datetime
) -> list[ReportSnapshot]:
    """Ask for the same part of other terms; one that has no such cohort is passed over."""
    asked = []
    for term in terms:
        try:
            there = same_scope(term, scope)
        except Cohort.DoesNotExist:
            continue
        asked.append(request_report(term=term, scope=there, audience=audience, now=now))
    return asked


def compute_report(*, snapshot_id: int, now: datetime) -> bool:
    """Compute and store one report; return whether this run's result was the one kept.

    Safe to run twice, also at the same time: who comes second leaves it to the first, and the
    result with the later `now` stays.
    """
    with _one_at_a_time(snapshot_id) as is_mine:
        if not is_mine:
            return False
        snapshot = ReportSnapshot.objects.select_related("term").get(pk=snapshot_id)
        document = semester_report(
            term=snapshot.term,
            scope=snapshot.scope,
            audience=Audience(snapshot.audience),
            now=now,
        )
        kept = ReportSnapshot.objects.filter(
            Q(computed_at__isnull=True) | Q(computed_at__lt=now), pk=snapshot_id
        ).update(computed_at=now, report=document)
    return bool(kept)


@contextmanager
def _one_at_a_time(snapshot_id: int) -> Iterator[bool]:
    """Say whether nobody else computes this report. The lock ends with a worker that is killed."""
    key = [COMPUTING, snapshot_id % 2**31]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", key)
        is_mine = bool(cursor.fetchone()[0])
        try:
            yield is_mine
        finally:
            if is_mine:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", key)
