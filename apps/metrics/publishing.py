"""Publishing a report, and checking later that it is still the one that was published."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.conf import settings
from django.db import connection, transaction

from apps.accounts.models import User
from apps.metrics.facts import one_instant, read_term
from apps.metrics.files import content_of
from apps.metrics.findings import Finding, findings
from apps.metrics.frozen import Counted, RowChange, changes, counted_rows, fingerprint
from apps.metrics.models import Audience, FileFormat, Release, ReleaseFile, Waiver
from apps.metrics.report import DEFINITIONS
from apps.metrics.scope import Scope
from apps.metrics.semester import checksum, semester_report, shown_cells
from apps.students.models import Term

log = structlog.get_logger(__name__)

PUBLISHING = 8_140
"""The first half of the lock's number; the second is the term."""


class NotReady(Exception):
    """The term has findings that nobody has fixed or waived."""

    def __init__(self, open_findings: list[Finding]) -> None:
        super().__init__(f"{len(open_findings)} findings are open.")
        self.findings = open_findings


@dataclass(frozen=True)
class Verification:
    """What became of a release: the parts whose bytes are no longer what was published."""

    release: Release
    damaged: list[str]

    @property
    def is_sound(self) -> bool:
        return not self.damaged


def publish_report(
    *,
    term: Term,
    scope: Scope,
    audience: Audience,
    compare_to: Term | None = None,
    by: User | None,
    now: datetime,
) -> Release:
    """Freeze a report with its files. Raises NotReady while a finding is neither fixed nor waived.

    Releases of a term are made one after the other, so that each is judged by those before it.
    """
    with one_at_a_time(term), one_instant(writes=True):
        found = findings(term, now)
        if open_findings := [finding for finding in found if not finding.is_waived]:
            raise NotReady(open_findings)
        facts = read_term(term)
        shown = sorted(shown_cells(term, facts, scope)) if audience == Audience.SHAREABLE else []
        document = semester_report(
            term=term, scope=scope, audience=audience, compare_to=compare_to, now=now
        )
        counted = counted_rows(facts.within(scope))
        names = audience == Audience.INTERNAL
        waivers = [{"finding": f.words if names else f.kind, "reason": f.reason} for f in found]
        release = Release.objects.create(
            term=term,
            cohort_id=scope.cohort,
            program=scope.program,
            class_year=scope.class_year,
            audience=audience,
            definitions=DEFINITIONS,
            threshold=settings.DISCLOSURE_THRESHOLD,
            document=document,
            shown=shown,
            counted=counted,
            inputs=fingerprint(counted),
            waivers=waivers,
            published_at=now,
            published_by=by,
        )
        for file_format in FileFormat:
            content = content_of(document, waivers=release.waivers, term=term, format=file_format)
            ReleaseFile.objects.create(
                release=release,
                format=file_format,
                content=content,
                sha256=hashlib.sha256(content).hexdigest(),
            )
    log.info("report published", release=release.pk, term=term.pk, audience=audience)
    return release


def verify(release: Release) -> Verification:
    """Compute the checksums of a release again."""
    damaged = []
    if checksum(release.document) != release.document["checksum"]:
        damaged.append("document")
    if fingerprint(release.counted) != release.inputs:
        damaged.append("counted rows")
    for file in release.files.order_by("format"):
        if hashlib.sha256(bytes(file.content)).hexdigest() != file.sha256:
            damaged.append(file.format)
    return Verification(release, damaged)


def changed_since(release: Release) -> list[RowChange]:
    """Return the rows that are counted otherwise now than in the release."""
    return changes(release.counted, live_rows(release))


def live_rows(release: Release) -> Counted:
    """Return the rows that the same report would count now."""
    return counted_rows(read_term(release.term, release.scope))


@transaction.atomic
def withdraw(*, release: Release, reason: str, by: User | None, now: datetime) -> Release:
    """Say that a release no longer stands, and why. It stays readable. Twice is once."""
    locked = Release.objects.select_for_update().get(pk=release.pk)
    if locked.withdrawn_at is None:
        locked.withdrawn_at, locked.withdrawn_by, locked.withdrawn_reason = now, by, reason
        locked.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
        log.info("report withdrawn", release=locked.pk)
    return locked


def waive(*, term: Term, finding: str, reason: str, by: User | None, now: datetime) -> Waiver:
    """Let a finding stand for a reason, which is printed with the report."""
    waiver, _ = Waiver.objects.update_or_create(
        term=term,
        finding=finding,
        defaults={"reason": reason, "waived_by": by, "waived_at": now},
    )
    log.info("finding waived", term=term.pk, finding=finding)
    return waiver


@contextmanager
def one_at_a_time(term: Term) -> Iterator[None]:
    """Hold a lock of the session: one of the transaction would be taken after its snapshot."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [PUBLISHING, term.pk])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [PUBLISHING, term.pk])
