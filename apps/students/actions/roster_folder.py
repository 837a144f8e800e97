"""Class lists that arrive in a folder every night."""

from datetime import datetime
from hashlib import sha256
from pathlib import Path

import structlog

from apps.common.refusals import Refusal
from apps.students.actions.roster import Outcome, import_roster_at_once
from apps.students.models import DropOutcome, RosterDrop, RosterImport, RosterSource
from apps.students.roster.folder import Dropped, dropped_files, read_path

log = structlog.get_logger(__name__)

UNPLACED = (
    "No class is called like this file. It lies in the folder of its term’s code, and is called "
    "like the class."
)


def look_into_roster_folder(*, folder: Path, now: datetime) -> int:
    """Bring in each file that has changed; return how many those were.

    Files stay where they are, and nobody is withdrawn. What came of each is written down for
    administrators; a file for a class that is not there yet is tried again the next time.
    """
    number = 0
    for dropped in dropped_files(folder, now=now):
        known = RosterDrop.objects.filter(path=dropped.place).first()
        try:
            data = read_path(dropped.path)
        except Refusal as why:
            _note(dropped, "", DropOutcome.REFUSED, _words(why), now=now)
            continue
        digest = sha256(data).hexdigest()
        if known and known.digest == digest and known.outcome != DropOutcome.UNPLACED:
            continue
        number += 1
        _bring_in(dropped, data, digest, now=now)
    return number


def _bring_in(dropped: Dropped, data: bytes, digest: str, *, now: datetime) -> None:
    cohort = dropped.cohort
    if cohort is None:
        _note(dropped, digest, DropOutcome.UNPLACED, UNPLACED, now=now)
        return
    try:
        outcome = import_roster_at_once(
            cohort=cohort,
            name=dropped.place,
            data=data,
            source=RosterSource.FOLDER,
            dry_run=False,
            withdraw_missing=False,
            now=now,
        )
    except Refusal as why:
        _note(dropped, digest, DropOutcome.REFUSED, _words(why), now=now)
        return
    state = DropOutcome.SAVED if outcome.roster else DropOutcome.UNCHANGED
    _note(dropped, digest, state, _told(outcome), roster=outcome.roster, now=now)


def _note(
    dropped: Dropped,
    digest: str,
    outcome: DropOutcome,
    words: str,
    *,
    roster: RosterImport | None = None,
    now: datetime,
) -> None:
    said = {"digest": digest, "outcome": outcome, "words": words, "looked_at": now}
    if roster:
        said["roster_import"] = roster
    drop, _ = RosterDrop.objects.update_or_create(path=dropped.place, defaults=said)
    log.info("class list in the folder", drop=drop.pk, outcome=outcome.value)


def _words(why: Refusal) -> str:
    return f"{why.problem.problem} {why.problem.remedy}"


def _told(outcome: Outcome) -> str:
    counts = outcome.counts
    told = [f"{counts['new']} new, {counts['changed']} changed, {counts['unchanged']} unchanged."]
    if counts["problems"]:
        first = outcome.plan.problems[0]
        row = f"row {first.row}: " if first.row else ""
        told.append(f"{counts['problems']} left out; {row}{first.problem}")
    if outcome.plan.leaving or outcome.plan.returning:
        told.append("Some have left or come back: bring the list in by hand to decide on them.")
    return " ".join(told)
