"""Bringing a semester workbook into the database, at once or in steps that a worker takes."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import structlog
from django.conf import settings
from django.db import DataError, IntegrityError, connection, transaction
from django.db.models.functions import Now

from apps.accounts.models import User
from apps.common.refusals import Problem
from apps.exchange.destinations import Preview, read_destinations
from apps.exchange.models import FINISHED, LEASE, MOST_TRIES, ImportRun, ImportRunQuerySet, State
from apps.exchange.progress import Progress, Report
from apps.exchange.run_report import RunReport
from apps.exchange.saving.plan import COMPARING_STEPS, WRITING_STEPS, Plan
from apps.exchange.workbook import loading
from apps.exchange.workbook.loading import Limits, load_workbook
from apps.exchange.workbook.problems import Problems
from apps.exchange.workbook.reading import Upload
from apps.exchange.workbook.tables import TABLES
from apps.metrics.actions import request_reports
from apps.outcomes.actions import save_destination
from apps.outcomes.models import Source
from apps.students.models import Term

log = structlog.get_logger(__name__)

# Two imports at once would plan on what the other is about to change, so the second one waits.
ONE_AT_A_TIME = "import of a semester workbook"

MEANWHILE = Problem(
    "Somebody changed the same records while they were being saved.",
    "Nothing was saved. Import the workbook once more.",
)


@dataclass(frozen=True)
class ImportResult:
    """What an import did or, on a dry run, would do.

    `problems` are in reading order and may be cut off; `problem_count` counts them all.
    """

    is_dry_run: bool
    term: Term | None = None
    term_code: str | None = None
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    problem_count: int = 0

    @property
    def is_refused(self) -> bool:
        return self.problem_count > 0

    @property
    def is_saved(self) -> bool:
        return not self.is_refused and not self.is_dry_run

    def as_json(self) -> dict[str, Any]:
        return {
            "saved": self.is_saved,
            "dry_run": self.is_dry_run,
            "term": self.term_code,
            "tables": self.counts,
            "problems": [problem.as_json() for problem in self.problems],
        }


def import_workbook(
    *,
    source: Path | Upload,
    dry_run: bool,
    now: datetime,
    by: User | None = None,
    report: Report = lambda words, done, total: None,
) -> ImportResult:
    """Save a workbook, all of it or nothing; on a dry run find out what saving would do.

    Whatever is wrong with the file or its contents is in the result and never raised.
    """
    problems = Problems()
    steps = loading.STEPS + COMPARING_STEPS + (0 if dry_run else WRITING_STEPS)
    progress = Progress(report, steps)
    limits = Limits(settings.IMPORT_MAX_ROWS, settings.IMPORT_MAX_BYTES)
    rows = load_workbook(source, limits=limits, now=now, problems=problems, progress=progress)
    term: Term | None = None
    counts: dict[str, dict[str, int]] = {}
    if not problems:
        try:
            with transaction.atomic():
                term, counts = _plan_and_write(rows, dry_run, problems, progress)
                if term and any(c["new"] or c["changed"] for c in counts.values()):
                    request_reports(term=term, now=now)
        except (IntegrityError, DataError) as error:
            # The message of the database quotes the row; the name of the constraint says enough.
            constraint = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
            log.warning("import met a change that was made meanwhile", constraint=constraint)
            problems.add(MEANWHILE)
    result = ImportResult(
        is_dry_run=dry_run,
        term=None if problems else term,
        term_code=next((row.term for row in rows.get("term", [])), None),
        counts={} if problems else counts,
        problems=problems.in_order(list(TABLES)),
        problem_count=problems.count,
    )
    log.info(
        "workbook read",
        saved=result.is_saved,
        dry_run=dry_run,
        by=by and by.pk,
        problems=problems.count,
        **{f"{name}_{kind}": n for name, c in result.counts.items() for kind, n in c.items() if n},
    )
    return result


def _plan_and_write(
    rows: dict[str, list[Any]], dry_run: bool, problems: Problems, progress: Progress
) -> tuple[Term | None, dict[str, dict[str, int]]]:
    if not dry_run:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [ONE_AT_A_TIME])
    plan = Plan(rows, problems=problems, progress=progress)
    if problems or dry_run:
        return None, plan.counts()
    return plan.write(progress), plan.counts()


def start_import(*, upload: Upload, by: User) -> ImportRun:
    """Keep an uploaded workbook until a worker checks it."""
    return ImportRun.objects.create(
        created_by=by,
        file_name=upload.name[:255],
        size=len(upload.content),
        content=upload.content,
    )


def confirm_import(*, run: ImportRun, by: User) -> bool:
    """Have a checked workbook saved; return False if it is not (or no longer) up for that."""
    return bool(
        ImportRun.objects.filter(pk=run.pk, state=State.CHECKED).update(
            state=State.WAITING_SAVE, decided_by=by, tries=0, step="", steps_done=0
        )
    )


def discard_import(*, run: ImportRun, by: User) -> bool:
    """Forget a workbook, also while a worker is at it; return False if it is too late for that."""
    still_open = set(State) - set(FINISHED) | {State.REFUSED}
    runs = ImportRun.objects.filter(pk=run.pk, state__in=still_open)
    return bool(_discard(runs, decided_by=by))


def discard_forgotten_imports(*, now: datetime) -> int:
    """Forget what nobody has come back to for long; return how many that were."""
    return _discard(ImportRun.objects.forgotten(now))


@transaction.atomic
def claim_import() -> ImportRun | None:
    """Take up the oldest run that waits, or that another worker left lying."""
    run = ImportRun.objects.claimable().select_for_update(skip_locked=True).first()
    if run is None:
        return None
    if run.tries >= MOST_TRIES:
        log.error("import given up", run=run.pk, tries=run.tries)
        ImportRun.objects.filter(pk=run.pk).finish(State.FAILED)
        return None
    run.state = State.SAVING if run.is_saving else State.CHECKING
    run.claim = uuid4()
    run.claimed_until = Now() + LEASE
    run.tries += 1
    run.save(update_fields=["state", "claim", "claimed_until", "tries"])
    return run


def work_on_import(*, run: ImportRun, now: datetime) -> None:
    """Check or save a claimed run. It does no harm twice, nor half done by a worker that died."""
    try:
        with RunReport(run) as report:
            if run.state == State.CHECKING:
                check_import(run=run, now=now, report=report)
            else:
                save_import(run=run, now=now, report=report)
    except Exception:
        _held(run).update(claimed_until=Now())  # so that the next try need not wait
        raise


def check_import(*, run: ImportRun, now: datetime, report: Report) -> None:
    """Find out what saving the workbook would do, and write that down in the run."""
    result = import_workbook(
        source=_upload(run), dry_run=True, now=now, by=run.created_by, report=report
    )
    if result.is_refused:
        kept = _held(run).finish(State.REFUSED, **_told(result))
    else:
        kept = _held(run).update(
            state=State.CHECKED, claim=None, claimed_until=None, **_told(result)
        )
    if not kept:
        log.warning("import check came too late", run=run.pk)


def save_import(*, run: ImportRun, now: datetime, report: Report) -> None:
    """Save the workbook and end the run, both or neither."""
    try:
        with transaction.atomic():
            result = import_workbook(
                source=_upload(run), dry_run=False, now=now, by=run.decided_by, report=report
            )
            # The last write: whoever reports on this row from outside would wait for us for ever.
            if result.is_refused:
                kept = _held(run).finish(State.REFUSED, **_told(result))
            else:
                kept = _held(run).finish(State.SAVED, term=result.term, **_told(result))
            if not kept:
                raise ClaimLost
    except ClaimLost:
        log.warning("import was taken out of our hands", run=run.pk)


class ClaimLost(Exception):
    """The run was discarded, or given to another worker, while this one was at it."""


def _discard(runs: ImportRunQuerySet, **also: Any) -> int:
    return runs.finish(State.DISCARDED, problems=[], problem_count=0, **also)


def _held(run: ImportRun) -> ImportRunQuerySet:
    return ImportRun.objects.filter(pk=run.pk, claim=run.claim)


def _upload(run: ImportRun) -> Upload:
    return Upload(run.file_name, bytes(run.content or b""))


def _told(result: ImportResult) -> dict[str, Any]:
    return {
        "term_code": (result.term_code or "")[:100],
        "counts": result.counts,
        "problems": [problem.as_json() for problem in result.problems],
        "problem_count": result.problem_count,
    }


@transaction.atomic
def save_destinations(*, term: Term, data: bytes, by: User, now: datetime) -> Preview:
    """Save what an earlier file says of a term's graduates: all of it, or nothing.

    Nothing is saved if there is a problem by now. The same file twice changes nothing.
    """
    preview = read_destinations(data, term)
    if preview.is_good:
        # In one order, so that two who save the same students cannot block one another.
        for said in sorted([*preview.new, *preview.changed], key=lambda said: said.student.pk):
            save_destination(
                student=said.student,
                term=term,
                source=Source.FILE,
                details=said.details,
                by=by,
                now=now,
            )
        log.info(
            "destinations saved", term=term.pk, new=len(preview.new), changed=len(preview.changed)
        )
    return preview
