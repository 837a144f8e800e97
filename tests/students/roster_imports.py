"""Bringing a list in without the pages, as tests need it again and again."""

from datetime import datetime
from typing import Any

from django.apps import apps

from apps.accounts.models import User
from apps.students.actions.roster import confirm_roster, read_roster_file
from apps.students.models import Cohort, RosterImport
from apps.students.roster.choices import Choices, compare
from apps.students.roster.plan import Plan
from apps.students.roster.saving import Decisions
from apps.students.roster.table import Table
from tests.clock import NOW

TABLES = ("students.Student", "students.Enrolment", "accounts.User")


def read_in(cohort: Cohort, data: bytes, by: User, **choices: Any) -> tuple[RosterImport, Plan]:
    """Read a list, and return it with what it would do. `choices` differ from the guess."""
    roster = read_roster_file(cohort=cohort, name="list.csv", data=data, by=by, now=NOW)
    roster.choices = {**roster.choices, **choices}
    roster.save(update_fields=["choices"])
    return roster, plan_of(roster, by)


def plan_of(roster: RosterImport, by: User | None) -> Plan:
    return compare(
        cohort=roster.cohort,
        table=Table.from_json(roster.table),
        choices=Choices.from_json(roster.choices),
        by=by,
    )


def bring_in(
    cohort: Cohort,
    data: bytes,
    by: User,
    decisions: Decisions | None = None,
    now: datetime = NOW,
    **choices: Any,
) -> RosterImport:
    """Read a list and say yes to what it would do."""
    roster, plan = read_in(cohort, data, by, **choices)
    confirm_roster(
        roster=roster, shown=plan.digest(), decisions=decisions or Decisions(), by=by, now=now
    )
    roster.refresh_from_db()
    return roster


def everything() -> dict[str, list[dict[str, Any]]]:
    """Return the rows of the tables that a class list may touch."""
    return {label: list(apps.get_model(label).objects.order_by("pk").values()) for label in TABLES}


def everywhere() -> str:
    """Return all that stands in any table of ours, to look for what must be nowhere."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("apps.")]
    return repr([list(model._default_manager.order_by("pk").values()) for model in ours])
