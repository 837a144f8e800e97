"""Bringing class lists in, after somebody's yes, and taking them back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

import structlog
from django.db import DataError, IntegrityError, connection, transaction

from apps.accounts.models import User
from apps.common.localtime import local_date
from apps.common.plain_text import clean_line
from apps.common.refusals import Refusal
from apps.students.models import (
    Cohort,
    RosterImport,
    RosterSource,
    RosterState,
    institution_zone,
)
from apps.students.roster.choices import Choices, compare, guessed_choices
from apps.students.roster.plan import Plan
from apps.students.roster.reading import read_roster
from apps.students.roster.saving import Decisions, Saving
from apps.students.roster.table import Table
from apps.students.roster.undoing import Undone, undo

log = structlog.get_logger(__name__)

T = TypeVar("T")

# Two lists at once would plan on what the other is about to change, so the second one waits.
ONE_AT_A_TIME = "import of a class list"
UNDECIDED_FOR = timedelta(days=14)
MOST_PROBLEMS_KEPT = 500

MEANWHILE = Refusal(
    "Somebody changed the same records while they were being saved, so nothing was saved.",
    "Look at the list again, and save it once more.",
)


class PlanHasChanged(Exception):
    """The class is not any more as it was when the plan was shown."""


@dataclass(frozen=True)
class Outcome:
    """What bringing in a file did or, on a dry run, would do. No import where nothing changed."""

    table: Table
    plan: Plan
    counts: dict[str, int]
    roster: RosterImport | None = None


def read_roster_file(
    *, cohort: Cohort, name: str, data: bytes, by: User, now: datetime
) -> RosterImport:
    """Read a file, and keep what is in it until somebody decides. Raises Refusal.

    What the same person has left undecided for this class is let go.
    """
    table = read_roster(name, data)
    choices = guessed_choices(table, cohort=cohort, today=_today(now))
    with transaction.atomic():
        waiting = RosterImport.objects.filter(cohort=cohort, by=by, state=RosterState.READ)
        waiting.update(state=RosterState.DISCARDED, table={})
        roster = RosterImport.objects.create(
            cohort=cohort,
            by=by,
            file_name=clean_line(name)[-200:],
            table=table.as_json(),
            choices=choices.as_json(),
        )
    log.info("class list read", roster=roster.pk, cohort=cohort.pk, rows=len(table.lines))
    return roster


def set_columns(*, roster: RosterImport, choices: Choices) -> bool:
    """Say what the columns are; return False if the list was decided on already."""
    waiting = RosterImport.objects.filter(pk=roster.pk, state=RosterState.READ)
    return bool(waiting.update(choices=choices.as_json()))


def confirm_roster(
    *,
    roster: RosterImport,
    shown: str,
    decisions: Decisions,
    by: User,
    now: datetime,
) -> dict[str, int] | None:
    """Save a list whose plan was shown; return the counts, or None if it is decided already.

    `shown` is the digest of that plan. Raises PlanHasChanged if another one would be carried out
    by now, and Refusal if somebody got in between.
    """

    def work() -> dict[str, int] | None:
        held = RosterImport.objects.select_for_update(of=("self",)).select_related("cohort__term")
        locked = held.get(pk=roster.pk)
        if not locked.is_open:
            return None
        table, choices = Table.from_json(locked.table), Choices.from_json(locked.choices)
        plan = compare(cohort=locked.cohort, table=table, choices=choices, by=by)
        if plan.digest() != shown:
            raise PlanHasChanged
        return _carry_out(locked, plan, choices, decisions, now=now)

    return _one_at_a_time(work)


def discard_roster(*, roster: RosterImport) -> bool:
    """Forget a list; return False if it is too late for that."""
    waiting = RosterImport.objects.filter(pk=roster.pk, state=RosterState.READ)
    return bool(waiting.update(state=RosterState.DISCARDED, table={}))


def forget_undecided_rosters(*, now: datetime) -> int:
    """Let go of lists that have waited for a yes too long."""
    forgotten = RosterImport.objects.filter(
        state=RosterState.READ, created_at__lt=now - UNDECIDED_FOR
    )
    return forgotten.update(state=RosterState.DISCARDED, table={})


def undo_roster(*, roster: RosterImport, now: datetime) -> Undone | None:
    """Take a saved list back; return what was done, or None if it is not up for that."""

    def work() -> Undone | None:
        locked = RosterImport.objects.select_for_update().get(pk=roster.pk)
        if locked.state != RosterState.SAVED:
            return None
        undone = undo(locked)
        locked.state, locked.undone_at = RosterState.UNDONE, now
        locked.result = {**locked.result, "undone": undone.as_json()}
        locked.save(update_fields=["state", "undone_at", "result"])
        log.info("class list undone", roster=locked.pk, kept=len(undone.kept))
        return undone

    return _one_at_a_time(work)


def import_roster_at_once(
    *,
    cohort: Cohort,
    name: str,
    data: bytes,
    source: RosterSource,
    dry_run: bool,
    withdraw_missing: bool,
    now: datetime,
) -> Outcome:
    """Bring in a whole file without asking, as the operator. Raises Refusal.

    Only `withdraw_missing` ends anybody's enrollment, and nothing takes one up again: both are
    for a person to say.
    """
    table = read_roster(name, data)
    guess = guessed_choices(table, cohort=cohort, today=_today(now))
    choices = Choices(guess.mapping, guess.sections, withdraw_missing, guess.since)

    def work() -> Outcome:
        plan = compare(cohort=cohort, table=table, choices=choices, by=None)
        if dry_run or not (plan.does_something or (withdraw_missing and plan.leaving)):
            return Outcome(table, plan, plan.counts())
        roster = RosterImport.objects.create(
            cohort=cohort, source=source, file_name=clean_line(name)[-200:]
        )
        leaving = [one.key for one in plan.leaving] if withdraw_missing else []
        decisions = Decisions(withdraw=leaving)
        counts = _carry_out(roster, plan, choices, decisions, now=now)
        return Outcome(table, plan, counts, roster)

    return _one_at_a_time(work)


def _carry_out(
    roster: RosterImport, plan: Plan, choices: Choices, decisions: Decisions, *, now: datetime
) -> dict[str, int]:
    counts = Saving(roster, since=choices.since, today=_today(now)).save(plan, decisions)
    roster.state, roster.saved_at, roster.table = RosterState.SAVED, now, {}
    roster.result = {
        "counts": counts,
        "problems": [one.as_json() for one in plan.problems[:MOST_PROBLEMS_KEPT]],
    }
    roster.save(update_fields=["state", "saved_at", "table", "result"])
    log.info("class list saved", roster=roster.pk, cohort=roster.cohort_id, **counts)
    return counts


def _one_at_a_time(work: Callable[[], T]) -> T:
    """Do the work in a transaction of its own, after all others of its kind. Raises Refusal."""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [ONE_AT_A_TIME])
            return work()
    except (IntegrityError, DataError) as error:
        # The message of the database quotes the row; the name of the constraint says enough.
        constraint = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        log.warning("class list met a change that was made meanwhile", constraint=constraint)
        raise MEANWHILE from None


def _today(now: datetime) -> date:
    return local_date(now, institution_zone())
