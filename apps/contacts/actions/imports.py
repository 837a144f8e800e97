"""Bringing a file of contacts onto a student's list, in steps that a worker can take, and back."""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import structlog
from django.db import DataError, IntegrityError, transaction
from django.db.models.functions import Now

from apps.common.plain_text import clean_line
from apps.contacts.files.archive import is_zip
from apps.contacts.files.person import ContactFile, UnreadableFile
from apps.contacts.files.reading import read_contacts
from apps.contacts.importing.matching import Choices
from apps.contacts.importing.plan import Plan, as_of, make_plan
from apps.contacts.importing.preview import preview_of, result_of
from apps.contacts.importing.progress import BatchReport, Report, silent
from apps.contacts.importing.saving import save
from apps.contacts.importing.undoing import Undone, undo
from apps.contacts.models import BatchState, ImportBatch
from apps.contacts.models.batch import LEASE, MOST_TRIES, OPEN, ImportBatchQuerySet
from apps.students.models import Student

log = structlog.get_logger(__name__)

# What is read and saved at once, while its owner waits. The rest is a worker's.
SMALL = 96 * 1024  # octets: some five hundred rows
FEW = 500  # rows

UNDECIDED_FOR = timedelta(days=14)

MEANWHILE = (
    "Somebody changed the same people while they were being saved, so nothing was saved."
    " Please choose the file again."
)


class ClaimLost(Exception):
    """The batch was discarded, or given to another worker, while this one was at it."""


def start_import(*, student: Student, name: str, data: bytes, now: datetime) -> ImportBatch:
    """Keep a file until it is checked; a small one is checked at once.

    Files that wait for a yes are let go: whoever chooses another one has changed their mind.
    """
    with transaction.atomic():
        waiting = ImportBatch.objects.filter(student=student, state=BatchState.CHECKED)
        waiting.finish(BatchState.DISCARDED, preview={})
        batch = _new_batch(student, name, data)
    _work_if_small(batch, now, is_small=len(data) <= SMALL and not is_zip(data))
    return batch


def confirm_import(*, batch: ImportBatch, choices: Mapping[str, Any], now: datetime) -> bool:
    """Have a checked file saved; return False if it is not (or no longer) up for that.

    `choices`: "left_out" and "two" are lists of rows, "same" is a list of row, contact, face.
    """
    is_up = ImportBatch.objects.filter(pk=batch.pk, state=BatchState.CHECKED).update(
        state=BatchState.WAITING_SAVE, choices=choices, tries=0, done=0
    )
    if is_up:
        _work_if_small(batch, now, is_small=batch.preview["rows"] <= FEW)
    return bool(is_up)


def discard_import(*, batch: ImportBatch) -> bool:
    """Forget a file, also while a worker is at it; return False if it is too late for that."""
    batches = ImportBatch.objects.filter(pk=batch.pk, state__in=OPEN)
    return bool(batches.finish(BatchState.DISCARDED, preview={}, choices={}))


def forget_undecided(*, now: datetime) -> int:
    """Let go of files that have waited for a yes too long; they are other people's data."""
    forgotten = ImportBatch.objects.filter(
        state=BatchState.CHECKED, created_at__lt=now - UNDECIDED_FOR
    )
    return forgotten.finish(BatchState.DISCARDED, preview={}, choices={})


@transaction.atomic
def undo_import(*, batch: ImportBatch, now: datetime) -> Undone | None:
    """Take a saved import back; return what was done, or None if it is not up for that."""
    held = ImportBatch.objects.without_file().select_for_update().get(pk=batch.pk)
    if held.state != BatchState.SAVED:
        return None
    _lock_list(held.student)
    undone = undo(held, now=now)
    ImportBatch.objects.filter(pk=held.pk).update(
        state=BatchState.UNDONE, undone_at=now, choices={}, preview={"undone": asdict(undone)}
    )
    log.info("import undone", batch=held.pk, removed=undone.removed, restored=undone.restored)
    return undone


def plan_import(*, student: Student, name: str, data: bytes, now: datetime) -> Plan:
    """Return what importing a file would do, and save nothing. Raises UnreadableFile."""
    file = read_contacts(name, data)
    return make_plan(student=student, file=file, dated_at=as_of(file, student, now))


@transaction.atomic
def import_at_once(
    *, student: Student, name: str, data: bytes, now: datetime
) -> tuple[ImportBatch | None, Plan]:
    """Import a whole file without asking; there is no batch if it changes nothing.

    Possible duplicates become two people unless they look the same. Raises UnreadableFile.
    """
    file = read_contacts(name, data)
    batch = _new_batch(student, name, b"")
    batch.kind = file.kind
    batch.dated_at = as_of(file, student, batch.created_at)
    plan = _save(batch, file, Choices(), now, silent)
    if not plan.does_something:
        batch.delete()
        return None, plan
    ImportBatch.objects.filter(pk=batch.pk).finish(
        BatchState.SAVED, kind=batch.kind, dated_at=batch.dated_at, **_saved(plan, now)
    )
    return batch, plan


@transaction.atomic
def claim_import(*, pk: int | None = None) -> ImportBatch | None:
    """Take up the oldest batch that waits (or just this one), or that a worker left lying."""
    claimable = ImportBatch.objects.claimable()
    if pk is not None:
        claimable = claimable.filter(pk=pk)
    batch = claimable.select_for_update(skip_locked=True).first()
    if batch is None:
        return None
    if batch.tries >= MOST_TRIES:
        log.error("import given up", batch=batch.pk, tries=batch.tries)
        ImportBatch.objects.filter(pk=batch.pk).finish(BatchState.STOPPED, preview={}, choices={})
        return None
    batch.claim = uuid4()
    batch.claimed_until = Now() + LEASE
    batch.tries += 1
    batch.save(update_fields=["claim", "claimed_until", "tries"])
    return batch


def work_on_import(*, batch: ImportBatch, now: datetime) -> None:
    """Check or save a claimed batch. It does no harm twice, nor half done by a dead worker."""
    try:
        with closing(BatchReport(batch)) as report:
            if batch.is_saving:
                _save_claimed(batch, now, report)
            else:
                _check(batch, now, report)
    except UnreadableFile as reason:
        _held(batch).finish(BatchState.REFUSED, refusal=str(reason))
    except (IntegrityError, DataError) as error:
        # The message of the database quotes the row; the name of the constraint says enough.
        constraint = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        log.warning("import met a change that was made meanwhile", constraint=constraint)
        _held(batch).finish(BatchState.REFUSED, refusal=MEANWHILE, preview={}, choices={})
    except ClaimLost:
        log.warning("import was taken out of our hands", batch=batch.pk)
    except Exception:
        _held(batch).update(claimed_until=Now())  # so that the next try need not wait
        raise


def _check(batch: ImportBatch, now: datetime, report: Report) -> None:
    file = read_contacts(batch.file_name, bytes(batch.data))
    dated_at = as_of(file, batch.student, batch.created_at)
    plan = make_plan(student=batch.student, file=file, dated_at=dated_at, report=report)
    kept = _held(batch).update(
        state=BatchState.CHECKED,
        claim=None,
        claimed_until=None,
        kind=file.kind,
        dated_at=dated_at,
        preview=preview_of(plan, file),
    )
    if not kept:
        raise ClaimLost
    log.info("import checked", batch=batch.pk, **plan.counts())


def _save_claimed(batch: ImportBatch, now: datetime, report: Report) -> None:
    """Save the people and end the import, both or neither."""
    with transaction.atomic():
        file = read_contacts(batch.file_name, bytes(batch.data))
        plan = _save(batch, file, _decided(batch.choices), now, report)
        # The last write: whoever reports on this row from outside would wait for us for ever.
        if not _held(batch).finish(BatchState.SAVED, **_saved(plan, now)):
            raise ClaimLost
    log.info("import saved", batch=batch.pk, **plan.counts())


def _save(
    batch: ImportBatch, file: ContactFile, choices: Choices, now: datetime, report: Report
) -> Plan:
    """Compare once more, for the list may have changed since the check, and save."""
    _lock_list(batch.student)
    plan = make_plan(
        student=batch.student,
        file=file,
        dated_at=batch.dated_at or now,
        choices=choices,
        is_for_saving=True,
    )
    save(plan, batch=batch, now=now, report=report)
    return plan


def _lock_list(student: Student) -> None:
    """Have imports of one list wait for each other: each plans on what the other would change."""
    Student.objects.select_for_update(no_key=True).get(pk=student.pk)


def _new_batch(student: Student, name: str, data: bytes) -> ImportBatch:
    return ImportBatch.objects.create(student=student, file_name=clean_line(name)[-200:], data=data)


def _saved(plan: Plan, now: datetime) -> dict[str, Any]:
    return {"saved_at": now, "preview": result_of(plan)}


def _decided(choices: Mapping[str, Any]) -> Choices:
    return Choices(
        left_out=frozenset(choices.get("left_out", ())),
        same={one["row"]: one["contact"] for one in choices.get("same", ())},
        two=frozenset(choices.get("two", ())),
    )


def _work_if_small(batch: ImportBatch, now: datetime, *, is_small: bool) -> None:
    claimed = claim_import(pk=batch.pk) if is_small else None
    if claimed:
        work_on_import(batch=claimed, now=now)


def _held(batch: ImportBatch) -> ImportBatchQuerySet:
    return ImportBatch.objects.filter(pk=batch.pk, claim=batch.claim)
